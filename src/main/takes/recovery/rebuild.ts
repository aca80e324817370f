import type { TakeState } from '../../../shared/domain/take.ts'
import { stateBehindHold, type Attempt } from '../attempt.ts'
import type { KeptTake } from '../record.ts'
import { notSent, possiblySent } from './problems.ts'

const noUrls = { clipUrl: null, characterUrl: null, urlsUntil: null }

/**
 * Where a rebuilt attempt stands. What it is rebuilt from may be a step behind what really happened, so whatever could
 * have been sent by the next step counts as possibly sent; and nothing goes on to a submit without a new decision.
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

/** States from which a task is followed by its id, so that they mean nothing without one. */
const needsTask: ReadonlySet<TakeState> = new Set<TakeState>(['ACKED', 'VERIFIED', 'DONE'])

function pointOf(attempt: Attempt): TakeState {
  const standing = stateBehindHold(attempt)
  const point = standing === 'HELD' ? 'DRAFT' : points[standing]
  // A task that has an id is followed by it, whatever else is said: it may cost money already.
  if (attempt.taskId !== null && (point === 'UNKNOWN' || point === 'DRAFT')) return 'ACKED'
  if (attempt.wiredAt !== null && point === 'DRAFT') return 'UNKNOWN'
  if (needsTask.has(point) && attempt.taskId === null) return 'UNKNOWN'
  const isProven = attempt.result !== null
  return (point === 'DONE' || point === 'VERIFIED') && !isProven ? 'ACKED' : point
}

/** An attempt as it may go on without its journal. Never in a state that leads to a submit by itself. */
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
  // The hash of the file in the folder is looked at before a take is called done again.
  if (state === 'DONE') return { ...base, state: 'VERIFIED' }
  if (state !== 'ACKED') return base
  return { ...base, ackedAt: attempt.ackedAt ?? attempt.since, result: null, problem: null }
}

/** A take as it may go on without its journal; attempts before the newest one are over as they are. */
export const rebuiltTake = (kept: KeptTake): KeptTake => ({
  ...kept,
  attempts: [...kept.attempts.slice(0, -1), ...kept.attempts.slice(-1).map(rebuiltAttempt)],
})

/** The one of two accounts of a take that knows more; the first where they know the same. */
export function newerRecord(one: KeptTake | undefined, other: KeptTake): KeptTake {
  const [newest, newestOther] = [one?.attempts.at(-1), other.attempts.at(-1)]
  if (!one || !newest || !newestOther) return other
  if (newest.number !== newestOther.number) return newest.number > newestOther.number ? one : other
  return newest.since >= newestOther.since ? one : other
}
