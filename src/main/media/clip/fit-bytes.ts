import { stat } from 'node:fs/promises'
import type { Bytes } from '../../../shared/units.ts'
import { type Size, shrink, soundBits } from './output-format.ts'
import type { FramePlan } from './frame-plan.ts'
import { perSecond } from '../../../shared/domain/frames.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { encodeAtBitrate, encodeAtQuality, type Encoding } from './encode.ts'
import type { Watched } from './encode-and-verify.ts'
import type { MediaTools, ClipJob, Running } from '../media.ts'
import { tooHeavy } from './problems.ts'
import { share } from '../ffmpeg.ts'

type BitsPerSecond = number

/** Two-pass encoding hits its target within a few per cent, and must not exceed the limit. */
const margin = 0.96
/** Index entries of one frame in the file's tables, and the boxes around them. */
const indexBytes = (frames: number) => 4096 + 24 * frames

/** The bitrate of the video that keeps the file within `maxBytes`; may be zero or less. */
function videoBits(maxBytes: Bytes, plan: FramePlan, sound: boolean): BitsPerSecond {
  const bytes = maxBytes * margin - indexBytes(plan.frames)
  return Math.floor((bytes * 8) / plan.duration - (sound ? soundBits * 1.05 : 0))
}

/** Below this many bits a pixel, H.264 shows blocks, and fewer pixels look better. */
const leanestPixel = 0.03

/** The share of pixels to keep at this bitrate; 1 for all. */
function pixelShare(bits: BitsPerSecond, { width, height }: Size, plan: FramePlan): number {
  return Math.min(1, bits / (width * height * perSecond(plan.rate) * leanestPixel))
}

const bytesOf = async (path: string) => (await stat(path)).size

/** The first run is nearly always enough; each further one gets half of the remaining progress. */
const firstShare = 0.85
const shareOf = (running: Running, nth: number): Running => {
  const upTo = (runs: number) => 1 - (1 - firstShare) / 2 ** runs
  return nth === 0 ? share(running, 0, firstShare) : share(running, upTo(nth - 1), upTo(nth))
}

/**
 * Tries constant quality first; where the file is too large, a computed bitrate, and fewer pixels at a low bitrate.
 * Returns what was decoded during encoding; null for nothing.
 */
export async function encodeToFit(
  mediaTools: MediaTools,
  encoding: Encoding,
  job: ClipJob,
  target: string,
  running: Running,
): Promise<Outcome<Watched | null>> {
  const { maxBytes } = job
  if (maxBytes === null) return encodeAtQuality(mediaTools, encoding, target, running)
  const atQuality = await encodeAtQuality(mediaTools, encoding, target, shareOf(running, 0))
  if (!atQuality.ok || (await bytesOf(target)) <= maxBytes) return atQuality

  let bits = videoBits(maxBytes, encoding.plan, encoding.sound)
  let { size } = encoding
  for (let attempt = 1; attempt <= 4 && bits > 0; attempt += 1) {
    const part = pixelShare(bits, size, encoding.plan)
    const smaller = part < 1 ? shrink(size, part, job.minSide) : size
    // At the smallest allowed size only the bitrate can be reduced.
    size = smaller ?? size
    const atBitrate = await encodeAtBitrate(
      mediaTools,
      { ...encoding, size },
      target,
      bits,
      shareOf(running, attempt),
    )
    if (!atBitrate.ok) return atBitrate
    const bytes = await bytesOf(target)
    if (bytes <= maxBytes) return ok(null)
    bits = Math.floor((bits * maxBytes * 0.95) / bytes)
  }
  return tooHeavy(job)
}
