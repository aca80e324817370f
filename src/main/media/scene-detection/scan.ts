import type { Scan, Span } from '../../../shared/domain/media.ts'
import type { Seconds } from '../../../shared/units.ts'
import { createCalmFinder, createFastFinder } from './still-and-black.ts'
import { createCutFinder } from './cuts.ts'
import { type FrameSignature, createChunker, signatureOf, frameBytes } from './frame-signature.ts'
import { smallPicturesJob, smallSize } from './small-pictures.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { runJob } from '../ffmpeg.ts'
import { canSeekTo, framesWithin, type FrameRange } from '../previews/frame-range.ts'
import type { Measuring, MediaTools } from '../media.ts'
import { createMotionMeter } from '../offset/motion-energy.ts'
import { measureFile, timesFromFirst } from '../probe/probe-clip.ts'
import { doing, scanIncomplete } from '../problems.ts'
import { toolProblem } from '../tool-problem.ts'

/** Takes the frames of a part in order and keeps only the last few. */
function createDetectors() {
  const cuts: Seconds[] = []
  const jumps: Seconds[] = []
  const cutFinder = createCutFinder({ cut: (time) => cuts.push(time), jump: (time) => jumps.push(time) })
  const calm = createCalmFinder()
  const fast = createFastFinder()
  return {
    take: (time: Seconds, signature: FrameSignature): void => {
      cutFinder.take(time, signature)
      calm.take(time, signature)
      fast.take(time, signature)
    },
    close: (span: Span): Scan => {
      cutFinder.close()
      return { span, cuts, jumps, ...calm.close(span.end), fast: fast.close() }
    },
  }
}

type Scanned = { readonly scan: Scan; readonly frames: number }

async function scanRange(
  mediaTools: MediaTools,
  path: string,
  clip: MeasuredClip,
  range: FrameRange,
  seek: boolean,
  { signal, onProgress, onCommand, onMotion }: Measuring,
): Promise<Outcome<Scanned>> {
  const size = smallSize(clip.facts)
  const zero = clip.times[0] ?? 0
  const timeOf = (index: number) => Number(((clip.times[index] ?? 0) - zero).toFixed(6))
  const detectors = createDetectors()
  const meter = onMotion && range.count === clip.times.length ? createMotionMeter() : null
  let frames = 0
  const chunker = createChunker(frameBytes(size), (frame) => {
    if (frames >= range.count) return
    const signature = signatureOf(frame, size)
    detectors.take(timeOf(range.first + frames), signature)
    meter?.take(signature.luma)
    frames += 1
    if (frames % 16 === 0) onProgress?.(frames / range.count)
  })
  const job = smallPicturesJob(path, clip, range, 'yuv420p', seek)
  const otherwise = (detail: string) => scanIncomplete(path, detail)
  const { duration } = clip.facts
  const exit = await runJob(mediaTools, { job, duration }, { signal, onCommand }, { onOutput: chunker.take })
  const problem = toolProblem(exit, { tool: 'ffmpeg', doing: doing.scanning(path), otherwise })
  if (problem) return problem
  if (frames === 0) return otherwise('no frame came out')
  if (meter && frames === range.count) onMotion?.({ times: timesFromFirst(clip), energy: meter.close() })
  const end = range.first + range.count
  const span = {
    start: timeOf(range.first),
    end: end < clip.times.length ? timeOf(end) : clip.facts.duration,
  }
  return ok({ scan: detectors.close(span), frames })
}

/** Analyses every frame of a part in one decoding run. */
export async function scan(
  mediaTools: MediaTools,
  path: string,
  part: Span,
  running: Measuring = {},
): Promise<Outcome<Scan>> {
  const clip = await measureFile(mediaTools, path, running)
  if (!clip.ok) return clip
  const range = framesWithin(clip.value, part.start, part.end)
  const seek = canSeekTo(clip.value, range)
  const whole = async (from: boolean): Promise<Outcome<Scan>> => {
    const scanned = await scanRange(mediaTools, path, clip.value, range, from, running)
    if (!scanned.ok) return scanned
    const { frames } = scanned.value
    // Missing frames would look like a frozen part.
    return frames < range.count
      ? scanIncomplete(path, `${frames} of ${range.count} frames`)
      : ok(scanned.value.scan)
  }
  const seen = await whole(seek)
  // A wrong index can mislead the seek; reading from the beginning is always right.
  return seek && !seen.ok && seen.problem.code === 'file-damaged' ? whole(false) : seen
}
