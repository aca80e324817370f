import { seekMargin } from '../previews/frame-range.ts'
import { availableParallelism } from 'node:os'
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Seconds } from '../../../shared/units.ts'
import { canBeEntered, type MeasuredClip } from '../probe/clip-facts.ts'
import { asStored, inOnePiece, videoGraph, lengthenedSound, soundGraph } from './filter-graph.ts'
import { becomesBt709, taggedBt709, withAlpha } from './colours.ts'
import { forkTarget, type FfmpegInput, type FfmpegJob, runFfmpeg, share, type FfmpegStep } from '../ffmpeg.ts'
import {
  type Size,
  asMp4,
  withoutMetadata,
  pictureOptions,
  soundOptions,
  withoutSei,
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
  /** Shown behind a transparent clip, `#rrggbb`. */
  readonly background: string
  /** Where reading starts; null for the first frame of the clip, which is always right. */
  readonly seek: Seconds | null
}

/** Every decoder thread holds frames; more threads than cores only take memory. */
const decoders = Math.min(4, availableParallelism())

/**
 * x264 starts one and a half threads a core, which leaves a small computer idle for a fifth of the time. Threads hold
 * frames too, so on many cores its choice is kept.
 */
const coders = availableParallelism() <= 4 ? ['-threads:v', String(2 * availableParallelism())] : []

/** Seeking is only worth it to a keyframe this far into the clip. */
const seekWorthwhile = 1
/** More than the rounding of times to microseconds. */
const just = 0.001

/**
 * Where to start reading so that no earlier frame is decoded for nothing; null for the beginning. Seeking goes by
 * decoding time, so the target must be far enough from the next keyframe.
 */
export function seekTo({ facts, keys }: MeasuredClip, { begins, oneToOne }: FramePlan): Seconds | null {
  if (!canBeEntered(facts.container)) return null
  // In a resampled clip nothing would reveal that a wrong seek skipped its first frame.
  const key = oneToOne ? keys.findLast((time) => time <= begins + just) : begins - seekMargin
  const from = key === undefined ? null : oneToOne ? key + just : key
  return from !== null && from - facts.startTime > seekWorthwhile ? from : null
}

/** With more video than this before the first frame, the output stays empty for suspiciously long. */
const silence: Seconds = 10

/** Whether the first frame is reached soon after reading starts. */
function beginsSoon({ clip, plan, seek }: Encoding): boolean {
  const from = clip.keys.findLast((time) => time <= (seek ?? clip.facts.startTime) + just)
  return plan.begins - (from ?? clip.facts.startTime) < silence
}

function inputOf({ source, clip, seek }: Encoding): FfmpegInput {
  // Keeps the clock of the source, so that filters can address frames by ffprobe’s times.
  const clock = ['-copyts', '-seek_timestamp', '1']
  const options = [...withAlpha(clip.facts), ...clock, ...asStored, ...inOnePiece(clip.facts)]
  if (seek === null) return { path: source, options }
  return { path: source, options: [...options, '-noaccurate_seek', '-ss', seek.toFixed(6)] }
}

function codecOptions({ plan, clip, canToneMap }: Encoding): readonly string[] {
  return [
    ...['-map', '[v]', ...pictureOptions(plan.rate), ...coders],
    ...(becomesBt709(clip.facts, canToneMap) ? taggedBt709 : []),
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
  // ffmpeg passes metadata of a graph’s only input on to the file, but none when there are two.
  const unhanded = sound ? '' : `${source}nullsink;`
  const video = `${unhanded}${source}${videoGraph(clip, plan, size, encoding)}[v]`
  return sound ? `${video};[0:${clip.audioStream ?? 0}]${soundOf(plan)}[a]` : video
}

/** Video and sound in one file. */
function wholeJob(encoding: Encoding, rateControl: readonly string[], target: string): FfmpegJob {
  return {
    inputs: [inputOf(encoding)],
    threads: decoders,
    graph: graphOf(encoding, encoding.sound),
    options: [
      ...codecOptions(encoding),
      ...rateControl,
      ...withoutSei,
      ...(encoding.sound ? ['-map', '[a]', ...soundOptions(encoding.clip.facts.audio?.channels ?? 2)] : []),
      ...withoutMetadata,
      ...asMp4,
    ],
    target,
  }
}

/** Video only, without output: a first pass. */
const pictureJob = (encoding: Encoding, rateControl: readonly string[]): FfmpegJob => ({
  inputs: [inputOf(encoding)],
  threads: decoders,
  graph: graphOf(encoding, false),
  options: [...codecOptions(encoding), ...rateControl, ...withoutMetadata, '-f', 'null'],
  target: null,
})

/**
 * The same, plus the same packets on standard output for a decoder that follows. The file is identical byte for byte.
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
 * Encodes at constant quality and decodes at the same time; null where it was not decoded. ffmpeg does not overwrite,
 * so the file of an earlier try is removed.
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

/** Encodes in two passes: the first only measures where bits are needed. */
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
