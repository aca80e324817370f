import type { Milliseconds, Timestamp } from '../../shared/units.ts'
import type { Attempt } from './attempt.ts'
import type { TakeRecord } from './record.ts'
import { pollForTask, type LookUp } from './steps/find-task.ts'
import type { StepParts } from './steps/step.ts'

/**
 * A take of its own for a paid task that its take does not follow: one of an attempt that another has taken the place
 * of, or one that the provider made besides. It knows everything the attempt knew, and follows that task.
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

/** Attempts that may have been paid for, whose task nobody knows, and in whose place another was sent. */
export const isUnresolved = ({ wiredAt, taskId, state }: Attempt): boolean =>
  wiredAt !== null && taskId === null && (state === 'NEEDS_USER' || state === 'ABANDONED')

/** As long as a provider is asked whether the task has begun after all. */
const maxLateStart: Milliseconds = 24 * 60 * 60_000

/** May a task of this attempt still begin, so that its files have to stay where they are? */
export const mayStillStart = (attempt: Attempt, now: Milliseconds): boolean =>
  isUnresolved(attempt) && now - Date.parse(attempt.wiredAt ?? attempt.since) < maxLateStart

/** The same where another copy of the library may have sent it, with the very files that this one knows. */
export const mayStartElsewhere = ({ displacedAt }: Attempt, now: Milliseconds): boolean =>
  displacedAt !== null && now - Date.parse(displacedAt) < maxLateStart

/** Looks for the tasks of attempts that another attempt has taken the place of: they may have been paid for as well. */
export type LateTasks = {
  /** Begins to look for the task of this attempt, where one may exist; once an attempt. */
  readonly follow: (record: TakeRecord) => void
  readonly stop: () => Promise<void>
}

type LateTasksParts = Pick<StepParts, 'journal' | 'providerOf' | 'clock' | 'log'> & {
  readonly onFound: (record: TakeRecord, found: Extract<LookUp, { kind: 'found' }>) => void
}

/** A disk that is full, or a journal that cannot be written, is given some time. */
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
