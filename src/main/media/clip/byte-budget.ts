import type { Bytes } from '../../../shared/units.ts'
import type { Size } from './fit-size.ts'
import type { FramePlan } from './frame-plan.ts'
import { soundBits } from './output-format.ts'
import { perSecond } from '../../../shared/domain/rate.ts'

type BitsPerSecond = number

/** Two-pass encoding lands within a few per cent of what it is told; the limit itself must not be touched. */
const margin = 0.96
/** Index entries of one frame in the file's tables, and the boxes around them. */
const indexBytes = (frames: number) => 4096 + 24 * frames

/** What the video track may spend so that the file stays within `maxBytes`; may be nothing. */
export function videoBits(maxBytes: Bytes, plan: FramePlan, sound: boolean): BitsPerSecond {
  const bytes = maxBytes * margin - indexBytes(plan.frames)
  return Math.floor((bytes * 8) / plan.duration - (sound ? soundBits * 1.05 : 0))
}

/** Below this many bits a pixel, H.264 falls apart into blocks and fewer pixels look better. */
const leanestPixel = 0.03

/** The part of the pixels that can be kept at this budget; 1 when all of them can. */
export function pixelShare(bits: BitsPerSecond, { width, height }: Size, plan: FramePlan): number {
  return Math.min(1, bits / (width * height * perSecond(plan.rate) * leanestPixel))
}
