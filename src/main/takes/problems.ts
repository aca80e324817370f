import { fail, type Problem } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'
import { labelOf } from '../../shared/text/take-status.ts'
import type { TakeRecord } from './record.ts'
import type { TakeEvent } from './take-event.ts'
import type { LibraryNotice } from '../../shared/domain/views.ts'

export const unknownTake = (id: string) =>
  fail('not-found', `There is no take ${id} in this library.`, { advice: 'List the takes to see their ids.' })

export const unreadableTake = (id: string) =>
  fail('library-damaged', `Take ${id} is in this library, but its saved data can’t be read.`, {
    advice: '`understudy takes rebuild` restores it from its folder. This doesn’t send it again.',
  })

/** Takes that cannot be read are said to be there: one of them may have been paid for. */
export function unreadableProblem(ids: readonly string[]): Problem | null {
  if (ids.length === 0) return null
  const takes = ids.length === 1 ? 'One take' : `${String(ids.length)} takes`
  return fail('library-damaged', `${takes} in this library can’t be read. The others aren’t affected.`, {
    advice:
      '`understudy takes rebuild` restores them from their folders in the library. This doesn’t send anything again.',
    detail: ids.join(', '),
  }).problem
}

export const notNow = (take: Take, what: string) =>
  fail('usage', `The take of ${take.clipName} can’t be ${what} now. Its state: ${labelOf(take)}.`, {
    advice: 'It may have changed. Check it again.',
  })

/** What could not be noted down about a take: the screen is then the only place that knows it. */
export function unwritten({ order, attempt }: TakeRecord, event: TakeEvent, why: Problem): Problem {
  const taskId = 'taskId' in event ? event.taskId : attempt.taskId
  if (taskId === null) return why
  const detail = `Task ${taskId}${why.detail === undefined ? '' : `\n${why.detail}`}`
  if (event.type !== 'accepted') return { ...why, detail }
  const advice = `Copy the task id. ${why.advice ?? ''}`.trimEnd()
  return { ...why, message: `The take of ${order.clipName} has started. ${why.message}`, advice, detail }
}

/** The result of a take is there, and only its marked version is not. */
export const markMissed = (clipName: string, why: string): Problem =>
  fail('result-unusable', `The watermarked version of ${clipName} couldn’t be downloaded.`, {
    advice: 'The result is complete. Press Download watermarked version to try again for free.',
    detail: why,
  }).problem

type Troubles = {
  /** Nothing can be noted down any more, or takes cannot be read. */
  readonly broken: Problem | null
  /** What happened when the library was opened. */
  readonly opened: Problem | null
  /** Unsent takes of a library that was copied or put back. */
  readonly displaced?: Problem | null
  /** Files that stay in a bucket. */
  readonly left: Problem | null
  /** The clock of this computer is wrong. */
  readonly clock: Problem | null
  /** Settings that could not be read. */
  readonly settings: Problem | null
  /** The queue of preparations could not be read. */
  readonly queue?: Problem | null
}

/** A take or a task that is named may have been paid for. */
const namesAny = ({ detail }: Problem) => /\b[0-9A-HJKMNP-TV-Z]{26}\b|\btask /.test(detail ?? '')

/** What is wrong with a library as a whole, the gravest first. */
export function libraryNotices({
  broken,
  opened,
  displaced,
  left,
  clock,
  settings,
  queue,
}: Troubles): readonly LibraryNotice[] {
  return [
    ...(broken ? [{ problem: broken, stays: true }] : []),
    ...(opened ? [{ problem: opened, stays: namesAny(opened) }] : []),
    ...(displaced ? [{ problem: displaced, stays: false }] : []),
    ...(settings ? [{ problem: settings, stays: false }] : []),
    ...(queue ? [{ problem: queue, stays: false }] : []),
    ...(left ? [{ problem: left, stays: false }] : []),
    ...(clock ? [{ problem: clock, stays: false }] : []),
  ]
}
