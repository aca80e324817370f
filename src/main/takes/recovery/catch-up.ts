import type { Problem } from '../../../shared/outcome.ts'
import { terminalStates, type TakeState } from '../../../shared/domain/take.ts'
import { isToBeSent, type Attempt } from '../attempt.ts'
import type { Journal } from '../journal/journal.ts'
import type { HistoryEntry, KeptTake, TakeRecord } from '../record.ts'
import type { TakeEvent } from '../take-event.ts'
import { nextStep } from '../next-step.ts'
import { bringBack, noneBrought } from './restore.ts'
import { foldersOf, numberIn, readFolder, type FolderPorts, type LostTake } from './folders.ts'
import { trashFolder } from '../trash/trash-folder.ts'
import type { SeenFolders } from './seen-folders.ts'
import { listWasOlder, possiblySent, takesWereMissing } from './problems.ts'
import { rebuiltAttempt } from './rebuild.ts'
import { fromFolder } from './read-take-json.ts'

/** An attempt with a task is followed, and one that is over is never paid for again. */
const isSafe = ({ state, taskId }: Attempt) => taskId !== null && !terminalStates.has(state)

const mayHaveLeft: ReadonlySet<TakeState> = new Set<TakeState>(['INTENT', 'WIRE'])

const isSameEntry = (one: HistoryEntry, other: HistoryEntry | undefined) =>
  one.at === other?.at && one.type === other.type && one.state === other.state

type Version = { readonly attempt: Attempt; readonly history: readonly HistoryEntry[] }

/**
 * Whether the history of `one` begins with the whole history of `other` and continues. Times are not compared,
 * because a clock may have been ahead. Older files have no history, so they can’t be compared.
 */
const continuesFrom = (one: Version, other: Version): boolean =>
  other.history.length > 0 &&
  one.history.length > other.history.length &&
  other.history.every((entry, index) => isSameEntry(entry, one.history[index]))

/** Whether the folder’s version of an attempt is newer than the list’s. */
function isNewer(inFolder: Version, listed: Version): boolean {
  // The list may be ahead: the provider may have said since that it started nothing.
  if (isSafe(listed.attempt) || continuesFrom(listed, inFolder)) return false
  const [{ attempt: one }, { attempt: other }] = [inFolder, listed]
  const isPaidSince =
    (one.wiredAt !== null && other.wiredAt === null) || (one.taskId !== null && other.taskId === null)
  if (isPaidSince) return true
  if (!isToBeSent(other)) return false
  const isSame = one.state === other.state && one.since === other.since
  return continuesFrom(inFolder, listed) || (mayHaveLeft.has(one.state) && !isSame)
}

function eventFor({ state, taskId }: Attempt): TakeEvent {
  if (taskId !== null) return { type: 'accepted', taskId }
  return state === 'DRAFT' ? { type: 'cancelled' } : { type: 'unknown', problem: possiblySent }
}

/** A replaced attempt that is over stays as it is. */
const attemptToKeep = (attempt: Attempt, isNewest: boolean): Attempt =>
  isNewest || nextStep(attempt.state) !== null ? rebuiltAttempt(attempt) : attempt

const ofAttempt = (history: readonly HistoryEntry[], number: number) =>
  history.filter(({ attempt }) => attempt === number)

function catchUpWith(journal: Journal, { attempts, history }: KeptTake, newest: Attempt): boolean {
  const { take } = newest
  const listed = new Map(journal.attempts(take).map((attempt) => [attempt.number, attempt]))
  const noted = journal.events(take)
  let isBehind = false
  for (const inFolder of attempts) {
    const { number } = inFolder
    const known = listed.get(number)
    const now = attemptToKeep(inFolder, inFolder === attempts.at(-1))
    const accounts: readonly [Version, Version] | null = known
      ? [
          { attempt: inFolder, history: ofAttempt(history, number) },
          { attempt: known, history: ofAttempt(noted, number) },
        ]
      : null
    if (accounts && known && isNewer(...accounts))
      journal.record({ ...now, resultFolder: known.resultFolder }, eventFor(now))
    else if (known === undefined) journal.addAttempt(now)
    else continue
    isBehind = true
  }
  return isBehind
}

function catchUpOne(journal: Journal, { attempt }: TakeRecord, inFolder: KeptTake | null): boolean {
  const newest = inFolder?.attempts.at(-1)
  // The list has a newer attempt, so it is not behind.
  if (!inFolder || !newest || newest.number < attempt.number) return false
  return catchUpWith(journal, inFolder, attempt)
}

type Folders = {
  readonly library: string
  readonly seen: SeenFolders
  readonly ports: FolderPorts
}

/**
 * Updates a list of takes that is older than the takes (restored from a copy, or its log lost). Otherwise it would
 * pay again for what was paid since. Each folder has the submit, saved before its first byte was sent.
 */
export function catchUp(journal: Journal, { library, seen, ports }: Folders): Problem | null {
  if (journal.readOnly !== null) return null
  // A take that is done gets no further attempt.
  const changed = journal.idsNotDone().filter((id) => seen.unchanged(id)?.as !== 'listed' && seen.hasFile(id))
  const behind = journal.loadSome(changed).records.flatMap((record) => {
    const { id } = record.order
    const isBehind = catchUpOne(journal, record, readFolder(library, id, ports).take)
    seen.note(id, 'listed')
    return isBehind ? [id] : []
  })
  return behind.length === 0 ? null : listWasOlder(behind)
}

/** A take that may have been paid for and is not over must be followed. Others can wait for the user. */
function isOpen({ attempts }: KeptTake): boolean {
  const newest = attempts.at(-1)
  if (!newest || newest.state === 'DRAFT' || newest.state === 'VERIFIED') return false
  return !terminalStates.has(newest.state)
}

/** Adds the takes that a restored list does not have, from their folders. */
export function bringMissing(
  journal: Journal,
  { library, seen, ports }: Folders,
  known: ReadonlySet<string>,
): Problem | null {
  if (journal.readOnly !== null) return null
  const left: string[] = []
  const lost: LostTake[] = []
  const open: KeptTake[] = []
  let highest = 0
  for (const id of foldersOf(library).filter((name) => !known.has(name))) {
    const before = seen.unchanged(id)
    const found = before === null || before.as === 'listed' ? readFolder(library, id, ports) : null
    const take = found?.take ? fromFolder(found.take) : null
    highest = Math.max(highest, take?.marks?.number ?? 0)
    const isLost = found === null ? before?.as === 'lost' : take === null
    const task = found === null ? (before?.task ?? null) : found.taskId
    if (take !== null && isOpen(take)) open.push(take)
    else {
      seen.note(id, isLost ? 'lost' : 'left', task)
      if (isLost) lost.push({ id, taskId: task })
      else left.push(id)
    }
  }
  for (const id of foldersOf(trashFolder(library)).filter((name) => !known.has(name)))
    highest = Math.max(highest, numberIn(trashFolder(library), id)?.number ?? 0)
  // Before the folders count as read: the next start reads only those that changed.
  if (highest > 0) journal.reserveNumbers(highest)
  const { back, lost: misfits } = open.length === 0 ? noneBrought : bringBack(journal, library, open)
  const named = [...lost, ...misfits].filter(({ taskId }) => taskId !== null)
  return takesWereMissing(back, [...left, ...named.map(({ id, taskId }) => `${id}: task ${String(taskId)}`)])
}
