import type { TakeState } from '../../../shared/domain/take.ts'
import { stateBehindHold, type Attempt } from '../attempt.ts'
import type { KeptTake } from '../record.ts'
import { notSent, possiblySent } from './problems.ts'

const noUrls = { clipUrl: null, characterUrl: null, urlsUntil: null }

/**
 * The state of a restored attempt. Its source may be a step behind, so anything that the next step could have sent
 * counts as possibly sent, and nothing is submitted without a new decision.
 */
const points: Readonly<Record<Exclude<TakeState, 'HELD'>, TakeState>> = {
  DRAFT: 'DRAFT',
  PREPARING: 'DRAFT',
  PREPARED: 'DRAFT',
  UPLOADING: 'DRAFT',
  UPLOADED: 'DRAFT',
  READY: 'UNKNOWN',
  INTENT: 'UNKNOWN',
  WIRE: 'UNKNOWN',
  UNKNOWN: 'UNKNOWN',
  ACKED: 'ACKED',
  REMOTE_DONE: 'ACKED',
  DOWNLOADING: 'ACKED',
  VERIFIED: 'VERIFIED',
  DONE: 'DONE',
  NEEDS_USER: 'NEEDS_USER',
  REJECTED: 'REJECTED',
  REMOTE_FAILED: 'REMOTE_FAILED',
  EXPIRED: 'EXPIRED',
  ABANDONED: 'ABANDONED',
}

/** States in which the task is followed by its id. */
const needsTask: ReadonlySet<TakeState> = new Set<TakeState>(['ACKED', 'VERIFIED', 'DONE'])

function pointOf(attempt: Attempt): TakeState {
  const standing = stateBehindHold(attempt)
  const point = standing === 'HELD' ? 'DRAFT' : points[standing]
  // A task with an id is followed by it in any case, because it may have been charged.
  if (attempt.taskId !== null && (point === 'UNKNOWN' || point === 'DRAFT')) return 'ACKED'
  if (attempt.wiredAt !== null && point === 'DRAFT') return 'UNKNOWN'
  if (needsTask.has(point) && attempt.taskId === null) return 'UNKNOWN'
  const isProven = attempt.result !== null
  return (point === 'DONE' || point === 'VERIFIED') && !isProven ? 'ACKED' : point
}

/** An attempt that continues without its journal, never in a state that leads to a submit without the user. */
export function rebuiltAttempt(attempt: Attempt): Attempt {
  const state = pointOf(attempt)
  const base = { ...attempt, state, resume: null, heldUntil: null, resultUrl: null, watermarkUrl: null }
  if (state === 'DRAFT')
    return attempt.state === 'DRAFT'
      ? { ...base, ...noUrls }
      : // Its folder may be a copy, and the other one may have sent it.
        { ...base, ...noUrls, displacedAt: attempt.displacedAt ?? attempt.since, problem: notSent }
  if (state === 'UNKNOWN')
    return { ...base, wiredAt: attempt.wiredAt ?? attempt.since, problem: possiblySent }
  // The file’s hash is checked before the take is done again.
  if (state === 'DONE') return { ...base, state: 'VERIFIED' }
  if (state !== 'ACKED') return base
  return { ...base, ackedAt: attempt.ackedAt ?? attempt.since, result: null, problem: null }
}

/** A take that continues without its journal. Attempts before the newest one stay as they are. */
export const rebuiltTake = (kept: KeptTake): KeptTake => ({
  ...kept,
  attempts: [...kept.attempts.slice(0, -1), ...kept.attempts.slice(-1).map(rebuiltAttempt)],
})

/** The newer of two records of a take; the first if they are equal. */
export function newerRecord(one: KeptTake | undefined, other: KeptTake): KeptTake {
  const [newest, newestOther] = [one?.attempts.at(-1), other.attempts.at(-1)]
  if (!one || !newest || !newestOther) return other
  if (newest.number !== newestOther.number) return newest.number > newestOther.number ? one : other
  return newest.since >= newestOther.since ? one : other
}
