import { fail, type Problem } from '../../../shared/outcome.ts'
import { terminalStates } from '../../../shared/take.ts'
import type { Attempt } from '../attempt.ts'
import type { Journal, TakeRecord } from '../journal/journal.ts'
import type { TakeEvent } from '../machine.ts'
import { readFolder } from './read-folders.ts'
import { possiblySent, rebuiltAttempt } from './rebuild.ts'

/** Whether the folder tells of a payment that the list does not know of. */
function paidSince(listed: Attempt, told: Attempt): boolean {
  if (told.number > listed.number) return true
  // What the list noted down later unsays it: the provider may have said that nothing was started.
  const isSame = told.number === listed.number && told.since >= listed.since
  const isNews =
    (told.wiredAt !== null && listed.wiredAt === null) || (told.taskId !== null && listed.taskId === null)
  return isSame && isNews
}

/** Whatever has a task is followed by it, and what is done is never paid for again. */
const mayBeBehind = ({ state, taskId }: Attempt) =>
  state !== 'DONE' && (taskId === null || terminalStates.has(state))

const eventFor = ({ taskId }: Attempt): TakeEvent =>
  taskId === null ? { type: 'unknown', problem: possiblySent } : { type: 'accepted', taskId }

function catchUpOne(journal: Journal, library: string, { attempt }: TakeRecord): boolean {
  const newest = readFolder(library, attempt.take)?.attempts.at(-1)
  if (!newest || !paidSince(attempt, newest)) return false
  const rebuilt = rebuiltAttempt(newest)
  if (newest.number > attempt.number) journal.addAttempt(rebuilt)
  else journal.record(rebuilt, eventFor(rebuilt))
  return true
}

/**
 * A list of takes that went back in time (a copy put back, a lost log) would pay once more for what was paid for after
 * it. Each folder knows better: it told of the submit before its first byte left.
 */
export function catchUp(journal: Journal, library: string): Problem | null {
  if (journal.readOnly !== null) return null
  const behind = journal
    .load()
    .records.filter(({ attempt }) => mayBeBehind(attempt))
    .filter((record) => catchUpOne(journal, library, record))
  if (behind.length === 0) return null
  return fail(
    'library-damaged',
    'The list of takes was older than the takes themselves, so it was put right.',
    {
      advice:
        'Takes that were being submitted are looked for at their providers first; nothing is sent again by itself.',
      detail: behind.map(({ order }) => order.id).join(', '),
    },
  ).problem
}
