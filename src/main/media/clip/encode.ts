import { seekMargin } from '../previews/frame-range.ts'
import { availableParallelism } from 'node:os'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Seconds } from '../../../shared/units.ts'
import { canBeEntered, type MeasuredClip } from '../probe/clip-facts.ts'
import { asStored, inOnePiece, videoGraph, lengthenedSound, soundGraph } from './filter-graph.ts'
import { becomesBt709, saidBt709, withAlpha } from './colours.ts'
import { forkTarget, type FfmpegInput, type FfmpegJob, runFfmpeg, share, type FfmpegStep } from '../ffmpeg.ts'
import {
  type Size,
  asMp4,
  nothingElse,
  pictureOptions,
  soundOptions,
  wordless,
  fineQuality,
} from './output-format.ts'
import type { FramePlan } from './frame-plan.ts'
import { perSecond } from '../../../shared/domain/frames.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { encodeWatched, type Watched } from './encode-and-verify.ts'
import type { MediaTools, Running } from '../media.ts'
import { doing } from '../problems.ts'
import { partUnreadable } from './problems.ts'

export type Encoding = {
  readonly source: string
  readonly clip: MeasuredClip
  readonly plan: FramePlan
  readonly size: Size
  readonly sound: boolean
  readonly canToneMap: boolean
  /** Under a see-through clip, `#rrggbb`. */
  readonly background: string
  /** Where reading starts; null: at the first frame of the clip, which cannot go wrong. */
  readonly seek: Seconds | null
}

/** Every decoder thread holds pictures; more of them than the machine has cores only take memory. */
const decoders = Math.min(4, availableParallelism())

/**
 * x264 plans for one and a half threads a core and leaves a small machine idle for a fifth of the time; threads hold
 * pictures too, so a machine with many cores is left to its choice.
 */
const coders = availableParallelism() <= 4 ? ['-threads:v', String(2 * availableParallelism())] : []

/** A keyframe this far into the clip is worth going to. */
const seekWorthwhile = 1
/** Past the rounding of times to microseconds. */
const just = 0.001

/**
 * Where reading may start so that no frame before the first one is decoded for nothing; null: at the beginning. Files
 * are entered by the time of decoding, so the keyframe that is meant must be far enough from the next.
 */
export function seekTo({ facts, keys }: MeasuredClip, { begins, oneToOne }: FramePlan): Seconds | null {
  if (!canBeEntered(facts.container)) return null
  // A resampled clip would not be missed a first frame that a misled seek has passed.
  const key = oneToOne ? keys.findLast((time) => time <= begins + just) : begins - seekMargin
  const from = key === undefined ? null : oneToOne ? key + just : key
  return from !== null && from - facts.startTime > seekWorthwhile ? from : null
}

/** More than this much picture before the first frame, and nothing comes out for a suspiciously long time. */
const silence: Seconds = 10

/** Whether the first frame is reached soon after reading begins. */
function beginsSoon({ clip, plan, seek }: Encoding): boolean {
  const from = clip.keys.findLast((time) => time <= (seek ?? clip.facts.startTime) + just)
  return plan.begins - (from ?? clip.facts.startTime) < silence
}

function inputOf({ source, clip, seek }: Encoding): FfmpegInput {
  // The clock of the source is kept, so that the filters can name frames by the times ffprobe gave them.
  const clock = ['-copyts', '-seek_timestamp', '1']
  const options = [...withAlpha(clip.facts), ...clock, ...asStored, ...inOnePiece(clip.facts)]
  if (seek === null) return { path: source, options }
  return { path: source, options: [...options, '-noaccurate_seek', '-ss', seek.toFixed(6)] }
}

function codecOptions({ plan, clip, canToneMap }: Encoding): readonly string[] {
  return [
    ...['-map', '[v]', ...pictureOptions(plan.rate), ...coders],
    ...(becomesBt709(clip.facts, canToneMap) ? saidBt709 : []),
  ]
}

function soundOf(plan: FramePlan): string {
  const { begins, performed, rate, duration, lengthen } = plan
  if (lengthen === null || lengthen === 'boomerang') return soundGraph(plan)
  return lengthenedSound({ begins, performed: performed / perSecond(rate), duration, how: lengthen })
}

function graphOf(encoding: Encoding, sound: boolean): string {
  const { clip, plan, size } = encoding
  const source = `[0:${clip.videoStream}]`
  // What a container says of the only input of a graph is handed on to the file; with a second one nothing is.
  const unhanded = sound ? '' : `${source}nullsink;`
  const video = `${unhanded}${source}${videoGraph(clip, plan, size, encoding)}[v]`
  return sound ? `${video};[0:${clip.audioStream ?? 0}]${soundOf(plan)}[a]` : video
}

/** Picture and sound into one file. */
function wholeJob(encoding: Encoding, rateControl: readonly string[], target: string): FfmpegJob {
  return {
    inputs: [inputOf(encoding)],
    threads: decoders,
    graph: graphOf(encoding, encoding.sound),
    options: [
      ...codecOptions(encoding),
      ...rateControl,
      ...wordless,
      ...(encoding.sound ? ['-map', '[a]', ...soundOptions(encoding.clip.facts.audio?.channels ?? 2)] : []),
      ...nothingElse,
      ...asMp4,
    ],
    target,
  }
}

/** The picture alone and into nothing: what a first pass has to see. */
const pictureJob = (encoding: Encoding, rateControl: readonly string[]): FfmpegJob => ({
  inputs: [inputOf(encoding)],
  threads: decoders,
  graph: graphOf(encoding, false),
  options: [...codecOptions(encoding), ...rateControl, ...nothingElse, '-f', 'null'],
  target: null,
})

/**
 * The same, and besides the very same packets on standard output, for a decoder that follows along. The file comes out
 * byte for byte as without it.
 */
function forkedJob(encoding: Encoding, rateControl: readonly string[], target: string): FfmpegJob {
  const { options, ...job } = wholeJob(encoding, rateControl, target)
  const withoutMuxer = options.slice(0, options.length - asMp4.length)
  const headersApart = ['-flags:v', '+bitexact+global_header', '-flags:a', '+bitexact+global_header']
  return { ...job, options: [...withoutMuxer, ...headersApart, '-f', 'tee'], target: forkTarget(target) }
}

const stepOf = ({ source, plan, seek }: Encoding, job: FfmpegJob): FfmpegStep => ({
  job,
  doing: doing.preparing(source),
  duration: plan.duration + (seek === null ? plan.begins : 0),
  otherwise: (detail) => partUnreadable(source, detail),
})

/**
 * Constant quality, decoded as it is written; null where it was not. ffmpeg refuses to overwrite: what an earlier try
 * left is ours to remove.
 */
export async function encodeAtQuality(
  mediaTools: MediaTools,
  encoding: Encoding,
  target: string,
  running: Running,
): Promise<Outcome<Watched | null>> {
  await rm(target, { force: true })
  if (beginsSoon(encoding)) {
    const step = stepOf(encoding, forkedJob(encoding, fineQuality, target))
    return encodeWatched(mediaTools, step, encoding.plan.frames, running)
  }
  const encoded = await runFfmpeg(
    mediaTools,
    stepOf(encoding, wholeJob(encoding, fineQuality, target)),
    running,
  )
  return encoded.ok ? ok(null) : encoded
}

/** Two passes: the first only learns where the bits are needed. */
export async function encodeAtBitrate(
  mediaTools: MediaTools,
  encoding: Encoding,
  target: string,
  bits: number,
  running: Running,
): Promise<Outcome<unknown>> {
  await mkdir(mediaTools.workFolder, { recursive: true, mode: 0o700 })
  const log = randomBytes(8).toString('hex')
  const rateControl = (pass: 1 | 2) => [
    ...['-b:v', String(bits), '-pass', String(pass), '-passlogfile', join(mediaTools.workFolder, log)],
  ]
  try {
    const first = await runFfmpeg(
      mediaTools,
      stepOf(encoding, pictureJob(encoding, rateControl(1))),
      share(running, 0, 0.4),
    )
    if (!first.ok) return first
    await rm(target, { force: true })
    const second = stepOf(encoding, wholeJob(encoding, rateControl(2), target))
    return await runFfmpeg(mediaTools, second, share(running, 0.4, 1))
  } finally {
    const left = (await readdir(mediaTools.workFolder)).filter((name) => name.startsWith(log))
    await Promise.all(left.map((name) => rm(join(mediaTools.workFolder, name), { force: true })))
  }
}
