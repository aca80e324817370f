import type { ShortFix } from './fit.ts'
import type { ClipFacts } from './media.ts'
import { perSecond, resampledRate, steadyRate, type Rate } from './rate.ts'
import type { FrameRate, Seconds } from '../units.ts'

/** Which part of a clip is wanted, and the limits its length has to keep. */
export type WantedPart = {
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
const slack = 0.01
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
    ? frames - Math.floor(start * frameRate + slack)
    : Math.ceil((duration - start) * perSecond(rate) - slack)
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
