import { countFrames, type FrameCount, perSecond } from '../../../shared/domain/frames.ts'
import type { FrameRate, Seconds } from '../../../shared/units.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import type { ClipJob } from '../media.ts'

/** Which source frames are used, and how many frames come out; times are on the clock of the source file. */
export type FramePlan = FrameCount & {
  /** Index of the first frame used. */
  readonly first: number
  /** Number of source frames read from the first. */
  readonly taken: number
  readonly begins: Seconds
  /**
   * Halfway between the previous frame and the first, so that rounding cannot include or lose one; null when there is
   * none before.
   */
  readonly from: Seconds | null
  /** Halfway between the last frame and the next; null when it is the clip’s last. */
  readonly to: Seconds | null
}

type Window = Pick<ClipJob, 'start' | 'length' | 'minLength' | 'maxLength'> &
  Partial<Pick<ClipJob, 'lengthen'>>

/** A hundredth of a frame is rounding. */
const frameTolerance = 0.01

/** The index of the frame with the nearest time; times are ascending. */
export function nearestIndex(times: readonly Seconds[], wanted: Seconds): number {
  const after = times.findIndex((time) => time >= wanted)
  if (after === -1) return Math.max(0, times.length - 1)
  const before = Math.max(0, after - 1)
  return wanted - (times[before] ?? wanted) <= (times[after] ?? wanted) - wanted ? before : after
}

/**
 * Rounds a window to whole frames of the source; the in-point moves to the nearest frame with enough frames after it.
 */
export function planFrames(
  { times, facts }: Pick<MeasuredClip, 'times' | 'facts'>,
  window: Window,
  maxFrameRate: FrameRate,
): FramePlan {
  const counted = countFrames(facts, window, maxFrameRate)
  const { oneToOne, performed } = counted
  const each = perSecond(counted.rate)
  const nearest = nearestIndex(times, (times[0] ?? 0) + window.start)
  const first = oneToOne ? Math.max(0, Math.min(nearest, times.length - performed)) : nearest
  const begins = times[first] ?? 0
  const end = begins + performed / each
  const next = oneToOne ? first + performed : times.findIndex((time) => time >= end - frameTolerance / each)
  const following = next === -1 ? undefined : times[next]
  const last = times[(next === -1 ? times.length : next) - 1] ?? begins
  const previous = times[first - 1]
  return {
    ...counted,
    first,
    taken: (next === -1 ? times.length : Math.min(next, times.length)) - first,
    begins,
    from: previous === undefined ? null : (previous + begins) / 2,
    to: following === undefined ? null : (last + following) / 2,
  }
}
