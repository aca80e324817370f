import type { MeasuredClip } from './clip-facts.ts'
import { videoGraph } from './clip-graph.ts'
import { forkTarget, type FfmpegInput, type FfmpegJob } from './ffmpeg.ts'
import type { Size } from './fit-size.ts'
import type { FramePlan } from './frame-plan.ts'
import { asMp4, nothingElse, pictureOptions, soundOptions, wordless } from './h264-mp4.ts'
import { lengthenedSound, soundGraph } from './sound-graph.ts'
import { perSecond } from './rate.ts'

export type Encoding = {
  readonly source: string
  readonly clip: MeasuredClip
  readonly plan: FramePlan
  readonly size: Size
  readonly sound: boolean
  readonly canToneMap: boolean
  /** Start reading near the in-point. Without it the clip is decoded from its first frame, which cannot go wrong. */
  readonly seek: boolean
}

/** Seeking lands on the keyframe before; asking for a moment early leaves room for sloppy indexes. */
const early = 2
const seekWorthwhile = 4

export const canSeek = ({ facts }: MeasuredClip, { begins }: FramePlan): boolean =>
  facts.container !== 'avi' && begins > seekWorthwhile

function inputOf({ source, plan, seek }: Encoding): FfmpegInput {
  // The clock of the source is kept, so that the filters can name frames by the times ffprobe gave them.
  const clock = ['-copyts']
  if (!seek) return { path: source, options: [...clock, '-seek_timestamp', '1'] }
  const from = (plan.begins - early).toFixed(3)
  return { path: source, options: [...clock, '-seek_timestamp', '1', '-noaccurate_seek', '-ss', from] }
}

function codecOptions({ plan, clip, canToneMap }: Encoding): readonly string[] {
  const toneMapped = clip.facts.hdr !== 'none' && canToneMap
  return [
    ...['-map', '[v]', ...pictureOptions(plan.rate)],
    ...(toneMapped
      ? ['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv']
      : []),
  ]
}

function soundOf(plan: FramePlan): string {
  const { begins, performed, rate, duration, lengthen } = plan
  if (lengthen === null || lengthen === 'boomerang') return soundGraph(plan)
  return lengthenedSound({ begins, performed: performed / perSecond(rate), duration, how: lengthen })
}

function graphOf(encoding: Encoding, sound: boolean): string {
  const { clip, plan, size, canToneMap } = encoding
  const video = `[0:${clip.videoStream}]${videoGraph(clip, plan, size, canToneMap)}[v]`
  return sound ? `${video};[0:${clip.audioStream ?? 0}]${soundOf(plan)}[a]` : video
}

/** Picture and sound into one file. */
export function wholeJob(encoding: Encoding, rateControl: readonly string[], target: string): FfmpegJob {
  return {
    inputs: [inputOf(encoding)],
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
export const pictureJob = (encoding: Encoding, rateControl: readonly string[]): FfmpegJob => ({
  inputs: [inputOf(encoding)],
  graph: graphOf(encoding, false),
  options: [...codecOptions(encoding), ...rateControl, ...nothingElse, '-f', 'null'],
  target: null,
})

/**
 * The same, and besides the very same packets on standard output, for a decoder that follows along. The file comes out
 * byte for byte as without it.
 */
export function forkedJob(encoding: Encoding, rateControl: readonly string[], target: string): FfmpegJob {
  const { options, ...job } = wholeJob(encoding, rateControl, target)
  const withoutMuxer = options.slice(0, options.length - asMp4.length)
  const headersApart = ['-flags:v', '+bitexact+global_header', '-flags:a', '+bitexact+global_header']
  return { ...job, options: [...withoutMuxer, ...headersApart, '-f', 'tee'], target: forkTarget(target) }
}
