import { type Seconds, type FrameRate, momentTolerance } from '../units.ts'
import type { ShortFix } from './take.ts'
import type { ClipFacts } from './media.ts'

/** A video as far as time is concerned. */
export type FrameList = {
  /** When each frame appears, in order. */
  readonly frameTimes: readonly Seconds[]
  /** The end of the last frame. */
  readonly duration: Seconds
}

export type Interval = { readonly start: Seconds; readonly end: Seconds }

/** The frame whose interval holds `time`, or just begins; before the first frame the first, after the last the last. */
export function frameAt(frameTimes: readonly Seconds[], time: Seconds): number {
  let low = 0
  let high = frameTimes.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((frameTimes[middle] ?? Infinity) <= time + momentTolerance) low = middle
    else high = middle - 1
  }
  return low
}

export function intervalOf(list: FrameList, frame: number): Interval {
  const start = list.frameTimes[frame] ?? 0
  const end = list.frameTimes[frame + 1] ?? Math.max(list.duration, start + typicalFrame(list))
  return { start, end }
}

/**
 * Where to send a player so that it shows `frame`: as near to `time` as can be without coming so near to an edge that
 * the player's own rounding could show the neighbour.
 */
export function insideFrame(list: FrameList, frame: number, time: Seconds): Seconds {
  const { start, end } = intervalOf(list, frame)
  const margin = (end - start) / 4
  return Math.min(Math.max(time, start + margin), end - margin)
}

/** How long one frame lasts on average. */
export function typicalFrame(list: FrameList): Seconds {
  const { frameTimes, duration } = list
  const first = frameTimes[0] ?? 0
  const last = frameTimes.at(-1) ?? 0
  if (frameTimes.length > 1) return (last - first) / (frameTimes.length - 1)
  return Math.max(duration - first, 1 / 30)
}

/** A frame rate as the exact fraction that cameras and containers mean: 29.97 is 30000/1001. */
export type Rate = { readonly frames: number; readonly seconds: number }

const standard: readonly Rate[] = [
  [10, 1],
  [12, 1],
  [15000, 1001],
  [15, 1],
  [20, 1],
  [24000, 1001],
  [24, 1],
  [25, 1],
  [30000, 1001],
  [30, 1],
  [48, 1],
  [50, 1],
  [60000, 1001],
  [60, 1],
  [100, 1],
  [120, 1],
].map(([frames = 0, seconds = 1]) => ({ frames, seconds }))

export const perSecond = ({ frames, seconds }: Rate): FrameRate => frames / seconds
export const rateText = ({ frames, seconds }: Rate): string => `${frames}/${seconds}`

/** Half of the distance between 29.97 and 30, the closest neighbours there are. */
const close = (rate: Rate, measured: FrameRate) => Math.abs(perSecond(rate) / measured - 1) < 0.0005

const nearest = (measured: FrameRate) =>
  [...standard].sort(
    (left, right) => Math.abs(perSecond(left) - measured) - Math.abs(perSecond(right) - measured),
  )[0]

/** The rate a steady clip means: the standard one it was measured at, or exactly what was measured. */
export function steadyRate(measured: FrameRate): Rate {
  const candidate = nearest(measured)
  if (candidate && close(candidate, measured)) return candidate
  return { frames: Math.round(measured * 1000), seconds: 1000 }
}

/** The rate an unsteady clip is resampled to: the next standard one that keeps the average number of frames. */
export function resampledRate(measured: FrameRate, cap: FrameRate): Rate {
  const candidate = nearest(measured)
  const kept =
    candidate && close(candidate, measured)
      ? candidate
      : (standard.find((rate) => perSecond(rate) >= measured) ?? steadyRate(measured))
  if (perSecond(kept) <= cap) return kept
  return [...standard].reverse().find((rate) => perSecond(rate) <= cap) ?? steadyRate(cap)
}

/** Which part of a clip is wanted, and the limits its length has to keep. */
type WantedPart = {
  readonly start: Seconds
  readonly length: Seconds
  readonly minLength?: Seconds | undefined
  /** Without it, whole frames never add up to more than `length`. */
  readonly maxLength?: Seconds | undefined
  /** How a part shorter than `minLength` is brought to that length. */
  readonly lengthen?: ShortFix | null | undefined
}

/** As how many frames a part is sent, and at what rate: what is told beforehand is what is written. */
export type FrameCount = {
  readonly rate: Rate
  /** Every source frame becomes one frame; otherwise the clip is resampled to a constant rate. */
  readonly oneToOne: boolean
  /** Frames of the performed part at `rate`, before it is lengthened. */
  readonly performed: number
  /** How those are made into more; null where they are enough. */
  readonly lengthen: ShortFix | null
  /** Frames that come out, at `rate`. */
  readonly frames: number
  readonly duration: Seconds
}

type Paced = Pick<ClipFacts, 'duration' | 'frames' | 'frameRate' | 'stepRate' | 'variableFrameRate'>

/** Windows come from sliders and text: a hundredth of a frame more or less is rounding, not intent. */
const frameTolerance = 0.01
/** Lengths are told and judged in whole milliseconds. */
const rounding: Seconds = 0.0004

const isWithin = (rate: FrameRate, cap: FrameRate) => rate <= cap * 1.0005

function sentRate({ frameRate, stepRate, variableFrameRate }: Paced, cap: FrameRate): Rate {
  const own = variableFrameRate ? stepRate : frameRate
  return own !== null && isWithin(own, cap) ? steadyRate(own) : resampledRate(Math.min(frameRate, cap), cap)
}

/** Frames from the in-point on. The last picture of an uneven clip is held until its frame is over. */
function availableFrom(
  { duration, frames, frameRate }: Paced,
  start: Seconds,
  rate: Rate,
  oneToOne: boolean,
) {
  const available = oneToOne
    ? frames - Math.floor(start * frameRate + frameTolerance)
    : Math.ceil((duration - start) * perSecond(rate) - frameTolerance)
  return Math.max(1, available)
}

/** Decides from what was measured alone, so that the check and the preparation cannot differ. */
export function countFrames(clip: Paced, wanted: WantedPart, cap: FrameRate): FrameCount {
  const { start, length, minLength = 0, maxLength = length, lengthen = null } = wanted
  const oneToOne = !clip.variableFrameRate && isWithin(clip.frameRate, cap)
  const rate = sentRate(clip, cap)
  const each = perSecond(rate)
  const available = availableFrom(clip, start, rate, oneToOne)
  const least = Math.max(1, Math.ceil((minLength - rounding) * each))
  const most = Math.floor((maxLength + rounding) * each)
  const nearest = Math.max(1, Math.round(length * each))
  const isTooShort = length < minLength - rounding
  // A rule's limit decides before nearness does: ten seconds at 29.97 are 299 frames where ten is the most.
  const performed = Math.min(available, isTooShort ? nearest : Math.max(least, Math.min(most, nearest)))
  const isLengthened = lengthen !== null && performed < least
  const frames = isLengthened ? least : performed
  return {
    ...{ rate, oneToOne, performed, frames },
    lengthen: isLengthened ? lengthen : null,
    duration: frames / each,
  }
}
