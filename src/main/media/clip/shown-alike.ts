import { ok, type Outcome } from '../../../shared/outcome.ts'
import { perSecond } from '../../../shared/domain/frames.ts'
import { canBeEntered, type MeasuredClip } from '../probe/clip-facts.ts'
import type { MediaTools, Running } from '../media.ts'
import { type FfmpegInput, type FfmpegJob, runFfmpeg, type FfmpegStep } from '../ffmpeg.ts'
import { asStored, joined } from './filter-graph.ts'
import { canSeekTo, everyFrameOnce, onlyFrames, readFrom, type Timed } from '../previews/frame-range.ts'
import type { FramePlan } from './frame-plan.ts'
import { onBackground, withAlpha } from './colours.ts'
import { readSample, unlikeSource, type FrameSample } from './frame-orientation.ts'

type About = Omit<FfmpegStep, 'job' | 'duration'>
type Source = {
  readonly path: string
  readonly clip: MeasuredClip
  readonly plan: FramePlan
  /** Shown behind a transparent clip. */
  readonly background: string
}

const frameOf = (input: FfmpegInput, stream: number, filters: readonly string[]): FfmpegJob => ({
  inputs: [input],
  options: [
    ...['-map', `0:${String(stream)}`],
    ...['-filter:v', joined([...filters, ...everyFrameOnce.filters, 'format=gray'])],
    ...[...everyFrameOnce.options, '-frames:v', '1', '-f', 'yuv4mpegpipe'],
  ],
  target: 'pipe:1',
  threads: 1,
})

/**
 * Ways to read one frame of a source, the cheapest first: only keyframes, then a seek, then from the beginning, which
 * is always right.
 */
function waysTo({ path, clip, background }: Source, nth: number): readonly FfmpegJob[] {
  const range = { first: nth, count: 1 }
  const canSeek = canSeekTo(clip, range)
  const isKey = canBeEntered(clip.facts.container) && clip.keys.includes(clip.times[nth] ?? Number.NaN)
  // Players ignore such a matrix, but ffmpeg follows it.
  const asPlayers = clip.facts.placement === 'ignored' ? asStored : []
  const way = (seek: boolean, ...only: readonly string[]) =>
    frameOf(
      readFrom(path, clip, range, seek, [...withAlpha(clip.facts), ...asPlayers, ...only]),
      clip.videoStream,
      [...onlyFrames(clip, range), ...onBackground(clip.facts, background, null)],
    )
  return [
    ...(isKey ? [way(canSeek, '-skip_frame', 'nokey')] : []),
    ...(canSeek ? [way(true)] : []),
    way(false),
  ]
}

/**
 * The written clip starts at zero with a constant rate. Seeking is exact: our encoder stores frames in display order,
 * and of a copy only the first frame is read.
 */
function waysToWritten(path: string, { rate, frames }: FramePlan, nth: number): readonly FfmpegJob[] {
  const clip: Timed = {
    facts: { container: 'mp4' },
    times: Array.from({ length: frames }, (_, frame) => frame / perSecond(rate)),
  }
  const range = { first: nth, count: 1 }
  const fromTheBeginning = frameOf({ path }, 0, [`trim=start_frame=${String(nth)}`])
  if (!canSeekTo(clip, range)) return [fromTheBeginning]
  return [frameOf(readFrom(path, clip, range, true, [], 0), 0, onlyFrames(clip, range)), fromTheBeginning]
}

/** The frame as ffmpeg shows it by default: the facts only decide which frame it is. */
async function sampleFrame(
  mediaTools: MediaTools,
  ways: readonly FfmpegJob[],
  about: About,
  running: Running,
): Promise<Outcome<FrameSample>> {
  let failed = about.otherwise('no frame came out')
  for (const job of ways) {
    const looked = await runFfmpeg(mediaTools, { job, duration: 0, ...about }, running)
    const sample = looked.ok ? readSample(looked.value) : null
    if (sample !== null) return ok(sample)
    if (!looked.ok) failed = looked
    if (running.signal?.aborted) break
  }
  return failed
}

/** A frame that is quick to reach, by its place in the source and in the output. */
function pairOf({ clip, plan }: Source) {
  const { first, taken, begins, rate, oneToOne, frames, lengthen, performed } = plan
  const keys = new Set(clip.keys)
  const key = clip.times.slice(first, first + taken).findIndex((time) => keys.has(time))
  const nth = first + Math.max(0, key)
  const place = oneToOne ? nth - first : Math.round(((clip.times[nth] ?? begins) - begins) * perSecond(rate))
  const shown = lengthen === 'slow-down' ? Math.ceil((place * frames) / performed) : place
  return { nth, shown: Math.min(shown, frames - 1) }
}

/**
 * Compares one decoded frame of the written file with the same one of the source, both as ffmpeg shows them by default:
 * the same shape and orientation. A wrongly measured fact can then not be certified.
 */
export async function shownAlike(
  mediaTools: MediaTools,
  source: Source,
  written: string,
  about: About,
  running: Running,
): Promise<Outcome<null>> {
  const quietly = { ...running, onProgress: undefined }
  const { nth, shown } = pairOf(source)
  const [one, other] = await Promise.all([
    sampleFrame(mediaTools, waysTo(source, nth), about, quietly),
    sampleFrame(mediaTools, waysToWritten(written, source.plan, shown), about, quietly),
  ])
  if (!one.ok) return one
  if (!other.ok) return other
  const wrong = unlikeSource(one.value, other.value)
  return wrong === null ? ok(null) : about.otherwise(wrong)
}
