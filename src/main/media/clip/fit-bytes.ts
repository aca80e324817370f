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

/** Two-pass encoding lands within a few per cent of what it is told; the limit itself must not be touched. */
const margin = 0.96
/** Index entries of one frame in the file's tables, and the boxes around them. */
const indexBytes = (frames: number) => 4096 + 24 * frames

/** What the video track may spend so that the file stays within `maxBytes`; may be nothing. */
function videoBits(maxBytes: Bytes, plan: FramePlan, sound: boolean): BitsPerSecond {
  const bytes = maxBytes * margin - indexBytes(plan.frames)
  return Math.floor((bytes * 8) / plan.duration - (sound ? soundBits * 1.05 : 0))
}

/** Below this many bits a pixel, H.264 falls apart into blocks and fewer pixels look better. */
const leanestPixel = 0.03

/** The part of the pixels that can be kept at this budget; 1 when all of them can. */
function pixelShare(bits: BitsPerSecond, { width, height }: Size, plan: FramePlan): number {
  return Math.min(1, bits / (width * height * perSecond(plan.rate) * leanestPixel))
}

const bytesOf = async (path: string) => (await stat(path)).size

/** Nearly always the first run suffices; every further one gets half of what is left of the bar. */
const firstShare = 0.85
const shareOf = (running: Running, nth: number): Running => {
  const upTo = (runs: number) => 1 - (1 - firstShare) / 2 ** runs
  return nth === 0 ? share(running, 0, firstShare) : share(running, upTo(nth - 1), upTo(nth))
}

/**
 * Constant quality first; where that is too heavy a computed bitrate, and fewer pixels where bits get scarce. Says
 * what was decoded while it was written; null: nothing was.
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
    // At the smallest allowed picture it is the bits that have to give way.
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
