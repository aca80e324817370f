import { fail, type Problem } from '../../../shared/outcome.ts'
import { terminalStates } from '../../../shared/domain/take.ts'
import type { Journal } from '../journal/journal.ts'
import type { KeptTake } from '../record.ts'
import { fromFolder } from './believed.ts'
import { bringBack } from './restore.ts'
import { readFolders } from './read-folders.ts'

/** What may have been paid for and is not at rest has to be followed; anything else can wait for the user. */
function isOpen({ attempts }: KeptTake): boolean {
  const newest = attempts.at(-1)
  if (!newest || newest.state === 'DRAFT' || newest.state === 'VERIFIED') return false
  return !terminalStates.has(newest.state)
}

const folders = (many: number) =>
  many === 1 ? 'The folder of 1 take is' : `The folders of ${String(many)} takes are`
const takes = (many: number) => (many === 1 ? '1 take was' : `${String(many)} takes were`)

function noticeOf(back: readonly string[], left: readonly string[]): Problem | null {
  const told = [
    back.length > 0 &&
      `${takes(back.length)} missing from the list and brought back from the library folder.`,
    left.length > 0 && `${folders(left.length)} in the library and not in the list.`,
  ].filter((sentence) => sentence !== false)
  if (told.length === 0) return null
  return fail('library-damaged', told.join(' '), {
    advice:
      left.length > 0
        ? '`understudy takes rebuild` brings back what the folders tell of.'
        : 'Tasks are followed, or looked for at their providers first; nothing is sent again by itself.',
    detail: [...back, ...left].join('\n'),
  }).problem
}

/** A list that was put back from a backup does not know the takes that were made after it; their folders do. */
export function bringMissing(
  journal: Journal,
  library: string,
  { records, unreadable }: ReturnType<Journal['load']>,
): Problem | null {
  if (journal.readOnly !== null) return null
  const known = new Set([...records.map(({ order }) => order.id), ...unreadable])
  const found = readFolders(library, known)
  const rebuilt = found.takes.map(fromFolder)
  const { back, lost: misfits } = bringBack(journal, library, rebuilt.filter(isOpen))
  const named = [...found.lost, ...misfits].filter(({ taskId }) => taskId !== null)
  return noticeOf(
    back.map(({ order }) => order.id),
    [
      ...rebuilt.filter((take) => !isOpen(take)).map(({ order }) => order.id),
      ...named.map(({ id, taskId }) => `${id}: task ${String(taskId)}`),
    ],
  )
}
