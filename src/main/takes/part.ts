import { fail, type Problem } from '../../shared/outcome.ts'
import type { Milliseconds, Timestamp } from '../../shared/units.ts'
import type { Attempt } from './attempt.ts'
import type { TakeRecord } from './record.ts'

/**
 * A take of its own for a paid task that its take does not follow: one of an attempt that another has taken the place
 * of, or one that the provider made besides. It knows everything the attempt knew, and follows that task.
 */
export function partedTake(
  { order, attempt }: TakeRecord,
  { id, taskId }: { readonly id: string; readonly taskId: string },
  now: Timestamp,
): TakeRecord {
  const parted: Attempt = {
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
  return { order: { ...order, id, createdAt: now, partOf: order.id }, attempt: parted }
}

/** What the attempt says that lost its task to a take of its own. */
export const partedProblem = (clipName: string, takeId: string): Problem =>
  fail('outcome-unknown', `This attempt of ${clipName} had started after all.`, {
    advice: 'Its result comes to a take of its own.',
    detail: takeId,
  }).problem

/** Attempts that may have been paid for, whose task nobody knows, and in whose place another was sent. */
export const isUnresolved = ({ wiredAt, taskId, state }: Attempt): boolean =>
  wiredAt !== null && taskId === null && (state === 'NEEDS_USER' || state === 'ABANDONED')

/** As long as a provider is asked whether the task has begun after all. */
const lateStart: Milliseconds = 24 * 60 * 60_000

/** May a task of this attempt still begin, so that its files have to stay where they are? */
export const mayStillStart = (attempt: Attempt, now: Milliseconds): boolean =>
  isUnresolved(attempt) && now - Date.parse(attempt.wiredAt ?? attempt.since) < lateStart

/** The same where another copy of the library may have sent it, with the very files that this one knows. */
export const mayStartElsewhere = ({ displacedAt }: Attempt, now: Milliseconds): boolean =>
  displacedAt !== null && now - Date.parse(displacedAt) < lateStart
