import { terminalStates } from '../../shared/domain/take.ts'
import type { Milliseconds, Timestamp } from '../../shared/units.ts'
import type { Attempt } from './attempt.ts'
import type { TakeRecord } from './record.ts'
import { pollForTask, type LookUp } from './steps/find-task.ts'
import type { StepParts } from './steps/step.ts'

/**
 * A separate take for a paid task that its own take does not follow: the task of a replaced attempt, or an extra
 * task that the provider made. It has everything the attempt had and follows that task.
 */
export function splitOffTake(
  { order, attempt }: TakeRecord,
  { id, taskId }: { readonly id: string; readonly taskId: string },
  now: Timestamp,
): TakeRecord {
  const splitOff: Attempt = {
    ...attempt,
    take: id,
    number: 1,
    state: 'ACKED',
    since: now,
    resume: null,
    heldUntil: null,
    taskId,
    ackedAt: now,
    resultUrl: null,
    resultUntil: null,
    failedFetches: 0,
    result: null,
    watermarkUrl: null,
    watermarked: null,
    markProblem: null,
    cost: null,
    problem: null,
  }
  return { order: { ...order, id, createdAt: now, partOf: order.id }, attempt: splitOff }
}

/** Replaced attempts that may have been paid for and whose task is unknown. */
export const isUnresolved = ({ wiredAt, taskId, state }: Attempt): boolean =>
  wiredAt !== null && taskId === null && (state === 'NEEDS_USER' || state === 'ABANDONED')

/** How long a provider is asked whether the task has started after all. */
const maxLateStart: Milliseconds = 24 * 60 * 60_000

/** Whether a task of this attempt may still start, so that its files must stay online. */
export const mayStillStart = (attempt: Attempt, now: Milliseconds): boolean =>
  isUnresolved(attempt) && now - Date.parse(attempt.wiredAt ?? attempt.since) < maxLateStart

/** The same, for a task that another copy of the library may have sent with the same files. */
export const mayStartElsewhere = ({ displacedAt }: Attempt, now: Milliseconds): boolean =>
  displacedAt !== null && now - Date.parse(displacedAt) < maxLateStart

type Uploaded = Parameters<StepParts['stillNeeded']>[0]
type Known = Pick<StepParts, 'journal' | 'clock'> & {
  readonly roster: {
    readonly records: () => readonly TakeRecord[]
    readonly record: (id: string) => TakeRecord | undefined
  }
}

/** The task of the attempt may still start, or a take that is not over follows it. */
export function isStillNeeded({ journal, clock, roster }: Known, { take, attempt }: Uploaded): boolean {
  const partOf = ({ order, attempt: its }: TakeRecord) =>
    order.partOf === take && !terminalStates.has(its.state)
  if (roster.records().some(partOf)) return true
  const its = journal.attempts(take).find(({ number }) => number === attempt)
  if (its === undefined) return false
  const isNewest = roster.record(take)?.attempt.number === attempt
  return mayStartElsewhere(its, clock.now()) || (!isNewest && mayStillStart(its, clock.now()))
}

/** Searches for the tasks of replaced attempts, which may have been paid for too. */
export type LateTasks = {
  /** Searches for the task of this attempt if there may be one. A second call for it does nothing. */
  readonly follow: (record: TakeRecord) => void
  readonly stop: () => Promise<void>
}

type LateTasksParts = Pick<StepParts, 'journal' | 'providerOf' | 'clock' | 'log'> & {
  readonly onFound: (record: TakeRecord, found: Extract<LookUp, { kind: 'found' }>) => void
}

/** The disk may be full, or the journal not writable for a while. */
const retryWait: Milliseconds = 10 * 60_000

export function createLateTasks(parts: LateTasksParts): LateTasks {
  const stop = new AbortController()
  const searches = new Map<string, Promise<void>>()

  const { signal } = stop
  const stopped = () => signal.aborted

  async function search(record: TakeRecord): Promise<void> {
    while (!stopped()) {
      try {
        const found = await pollForTask(parts, record, signal)
        if (found !== null) parts.onFound(record, found)
        return
      } catch (error) {
        parts.log('the search for an earlier attempt failed', { take: record.order.id, error })
        await parts.clock.sleep(retryWait, signal)
      }
    }
  }

  return {
    follow: (record) => {
      const { take, number } = record.attempt
      const key = `${take} ${String(number)}`
      if (!isUnresolved(record.attempt) || searches.has(key)) return
      searches.set(key, search(record))
    },
    stop: async () => {
      stop.abort()
      await Promise.all(searches.values())
    },
  }
}
