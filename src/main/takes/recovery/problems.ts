import { fail, type Problem } from '../../../shared/outcome.ts'

const asksFirst =
  'Understudy first asks the providers about takes that were being submitted. It sends nothing again automatically.'

// A list of takes that was rebuilt

const areBack = (count: number) => {
  if (count === 0) return 'no take could be brought back'
  return count === 1 ? '1 take is back' : `${String(count)} takes are back`
}

function adviceOnLost(lost: number): string {
  if (lost === 0) return asksFirst
  return lost === 1
    ? '1 couldn’t be brought back, because its folder (named here) doesn’t contain enough. Look for its task on the provider’s website.'
    : `${String(lost)} couldn’t be brought back, because their folders (named here) don’t contain enough. Look for their tasks on the provider’s website.`
}

export const listWasDamaged = 'The list of takes was damaged'
export const listWasMissing = 'The list of takes was missing'

/** `backup`: the name under which the damaged file is kept. */
export function listRebuilt(
  what: string,
  { back, lost, backup }: { back: number; lost: readonly string[]; backup: string | null },
): Problem {
  const lines = [...(backup === null ? [] : [`The damaged file is kept as ${backup}.`]), ...lost]
  return fail('library-damaged', `${what}, so it was rebuilt: ${areBack(back)}.`, {
    advice: adviceOnLost(lost.length),
    ...(lines.length > 0 && { detail: lines.join('\n') }),
  }).problem
}

export const repairedElsewhere = fail('library-in-use', 'Another Understudy is repairing this library.')

export const notRebuilt = (path: string, detail: string) =>
  fail('library-damaged', `The list of takes at ${path} is damaged and couldn’t be rebuilt.`, {
    advice: 'Check that the folder is writable and that the disk has space, then restart Understudy.',
    detail,
  })

// A list of takes that was older than the takes

export const listWasOlder = (ids: readonly string[]): Problem =>
  fail('library-damaged', 'The list of takes was older than the takes themselves, so it was updated.', {
    advice: asksFirst,
    detail: ids.join(', '),
  }).problem

const takesWere = (count: number) => (count === 1 ? '1 take was' : `${String(count)} takes were`)
const foldersAre = (count: number) =>
  count === 1 ? 'The folder of 1 take is' : `The folders of ${String(count)} takes are`

/** `back`: takes that are in the list again; `left`: those that are still only in the folder. Null for neither. */
export function takesWereMissing(back: readonly string[], left: readonly string[]): Problem | null {
  const sentences = [
    back.length > 0 &&
      `${takesWere(back.length)} missing from the list and brought back from the library folder.`,
    left.length > 0 && `${foldersAre(left.length)} in the library and not in the list.`,
  ].filter((sentence) => sentence !== false)
  if (sentences.length === 0) return null
  return fail('library-damaged', sentences.join(' '), {
    advice:
      left.length > 0
        ? '`understudy takes rebuild` brings back what the folders contain.'
        : 'Understudy follows known tasks and asks the providers about the others. It sends nothing again automatically.',
    detail: [...back, ...left].join('\n'),
  }).problem
}

// One take that was rebuilt

export const possiblySent: Problem = {
  code: 'outcome-unknown',
  message:
    'The list of takes was lost while this take was being submitted, so Understudy doesn’t know whether it started.',
  advice: 'Nothing is sent again automatically. Understudy asks the provider first.',
}

export const notSent: Problem = {
  code: 'consent-needed',
  message: 'The list of takes was lost before this take was submitted. Nothing was sent from here.',
  advice: 'Start it again if you still want it.',
}

/** `places`: files that are still in the user’s bucket. */
export const addressOnlyInFolder = (address: string, places: readonly string[]): Problem =>
  fail(
    'consent-needed',
    `Only the take’s folder says that it was sent to ${address}. Understudy therefore sends no key there and doesn’t follow the take.`,
    {
      advice:
        'Look for its task on that provider’s website. If you know the address, set it as the address of this take’s account and enter the task id again.',
      ...(places.length > 0 && { detail: `Still in your bucket: ${places.join(', ')}` }),
    },
  ).problem

/** Why a rebuilt take has no watermarked version. */
export const notDownloadedYet = 'It hasn’t been downloaded yet.'
