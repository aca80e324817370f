import type { ShortFix } from '../../shared/fit.ts'
import type { FrameRate, Seconds } from '../../shared/units.ts'
import type { MeasuredClip } from './clip-facts.ts'
import type { ClipJob } from './media.ts'
import { usualRate } from './pace.ts'
import { perSecond, resampledRate, steadyRate, type Rate } from './rate.ts'

/** Which source frames are performed and as how many; times are on the source file's own clock. */
export type FramePlan = {
  /** Index of the first performed frame. */
  readonly first: number
  /** Source frames that are read, from the first. */
  readonly taken: number
  readonly begins: Seconds
  /** Between the frame before and the first; null when there is none before. Rounding can then not let a frame slip. */
  readonly from: Seconds | null
  /** Between the last frame and the next; null when it is the clip's last. */
  readonly to: Seconds | null
  /** Frames of the performed part at `rate`, before it is lengthened. */
  readonly performed: number
  /** How those are made into more; null where they are enough. */
  readonly lengthen: ShortFix | null
  /** Frames that come out, at `rate`. */
  readonly frames: number
  readonly rate: Rate
  /** Every source frame becomes one frame; otherwise the clip is resampled to a constant rate. */
  readonly oneToOne: boolean
  readonly duration: Seconds
}

type Window = Pick<ClipJob, 'start' | 'length' | 'minLength' | 'maxLength'> &
  Partial<Pick<ClipJob, 'lengthen'>>

/** Windows come from sliders and text: a hundredth of a frame more or less is rounding, not intent. */
const slack = 0.01

function nearestIndex(times: readonly Seconds[], wanted: Seconds): number {
  const after = times.findIndex((time) => time >= wanted)
  if (after === -1) return Math.max(0, times.length - 1)
  const before = Math.max(0, after - 1)
  return wanted - (times[before] ?? wanted) <= (times[after] ?? wanted) - wanted ? before : after
}

type Counted = Pick<FramePlan, 'performed' | 'lengthen' | 'frames'>

const fewest = ({ minLength = 0 }: Window, rate: FrameRate) =>
  Math.max(1, Math.ceil(minLength * rate - slack))

/** A rule's limit decides before nearness does: ten seconds at 29.97 are 299 frames where ten is the most. */
function framesIn(window: Window, rate: FrameRate, available: number): number {
  const { length, maxLength = length } = window
  const most = Math.floor(maxLength * rate + slack)
  return Math.min(available, Math.max(fewest(window, rate), Math.min(most, Math.round(length * rate))))
}

/** A part that is to be lengthened keeps to what was chosen, even where the clip goes on behind it. */
function countFrames(window: Window, rate: FrameRate, available: number): Counted {
  const least = fewest(window, rate)
  const chosen = Math.min(available, Math.max(1, Math.round(window.length * rate)))
  if (window.lengthen && chosen < least)
    return { performed: chosen, lengthen: window.lengthen, frames: least }
  const frames = framesIn(window, rate, available)
  return { performed: frames, lengthen: null, frames }
}

/** A clip with hiccups keeps its usual pace; a truly uneven one gets what its average calls for. */
function constantRate({ times, facts }: Pick<MeasuredClip, 'times' | 'facts'>, cap: FrameRate): Rate {
  const usual = usualRate(times)
  const mostlySteady = Math.abs(usual / facts.frameRate - 1) < 0.03
  if (mostlySteady && usual <= cap * 1.0005) return steadyRate(usual)
  return resampledRate(Math.min(facts.frameRate, cap), cap)
}

/** Moves a window to whole frames of the source; the in-point goes to the nearest frame. */
export function planFrames(
  { times, facts }: Pick<MeasuredClip, 'times' | 'facts'>,
  window: Window,
  maxFrameRate: FrameRate,
): FramePlan {
  const zero = times[0] ?? 0
  const first = nearestIndex(times, zero + window.start)
  const begins = times[first] ?? zero
  const left = Math.max(0, zero + facts.duration - begins)
  const oneToOne = !facts.variableFrameRate && facts.frameRate <= maxFrameRate * 1.0005
  const rate = oneToOne ? steadyRate(facts.frameRate) : constantRate({ times, facts }, maxFrameRate)
  const each = perSecond(rate)
  const available = oneToOne ? times.length - first : Math.max(1, Math.floor(left * each + slack))
  const counted = countFrames(window, each, available)
  const end = begins + counted.performed / each
  const next = oneToOne ? first + counted.performed : times.findIndex((time) => time >= end - slack / each)
  const following = next === -1 ? undefined : times[next]
  const last = times[(next === -1 ? times.length : next) - 1] ?? begins
  const previous = times[first - 1]
  return {
    first,
    taken: (next === -1 ? times.length : Math.min(next, times.length)) - first,
    begins,
    from: previous === undefined ? null : (previous + begins) / 2,
    to: following === undefined ? null : (last + following) / 2,
    ...counted,
    rate,
    oneToOne,
    duration: counted.frames / each,
  }
}
