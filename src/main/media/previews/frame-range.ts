import type { Seconds } from '../../../shared/units.ts'
import { canBeEntered, hasTimes, type MeasuredClip } from '../probe/clip-facts.ts'
import type { FfmpegInput } from '../ffmpeg.ts'

/** Whole frames of a clip, by their place in it. */
export type FrameRange = { readonly first: number; readonly count: number }

/** What has to be known of a clip to get at its frames. */
export type Timed = Pick<MeasuredClip, 'times'> & {
  readonly facts: Pick<MeasuredClip['facts'], 'container'>
}

/** Times of frames are told to the microsecond, and half of one is no other frame. */
const timeTolerance: Seconds = 0.0005

/** The frames that are shown during a part of the clip, which counts from its first frame; at least one. */
export function framesWithin(
  { times }: Pick<MeasuredClip, 'times'>,
  start: Seconds,
  end: Seconds,
): FrameRange {
  const zero = times[0] ?? 0
  const next = times.findIndex((time) => time - zero > start + timeTolerance)
  const first = Math.max(0, (next === -1 ? times.length : next) - 1)
  const after = times.findIndex((time) => time - zero >= end - timeTolerance)
  return { first, count: Math.max(1, (after === -1 ? times.length : after) - first) }
}

/** Seeking lands on the keyframe before; asking for a moment early leaves room for sloppy indexes. */
export const seekMargin: Seconds = 2
const seekWorthwhile: Seconds = 4

export const canSeekTo = ({ facts, times }: Timed, { first }: FrameRange): boolean =>
  canBeEntered(facts.container) && (times[first] ?? 0) - (times[0] ?? 0) > seekWorthwhile

/** Keeps the clock of the source, so that filters can name frames by the times ffprobe gave them. */
export function readFrom(
  path: string,
  { times }: Pick<MeasuredClip, 'times'>,
  { first }: FrameRange,
  seek: boolean,
  options: readonly string[] = [],
  before: Seconds = seekMargin,
): FfmpegInput {
  const from = ((times[first] ?? 0) - before).toFixed(3)
  return {
    path,
    options: [
      ...['-copyts', '-seek_timestamp', '1', ...options],
      ...(seek ? ['-noaccurate_seek', '-ss', from] : []),
    ],
  }
}

/** Bounds are rounded to the clock of a stream; on one of a tick per frame, what lies between two is none of them. */
export const finely = 'settb=AVTB'

/** Lets exactly these frames pass. Bounds lie between two frames, so that rounding lets none slip. */
export function onlyFrames({ facts, times }: Timed, { first, count }: FrameRange): readonly string[] {
  const end = first + count
  if (!hasTimes(facts.container)) return [`trim=start_frame=${first}:end_frame=${end}`]
  const between = (index: number) => (((times[index - 1] ?? 0) + (times[index] ?? 0)) / 2).toFixed(6)
  const bounds = [
    ...(first > 0 ? [`start=${between(first)}`] : []),
    ...(end < times.length ? [`end=${between(end)}`] : []),
  ]
  return bounds.length === 0 ? [] : [finely, `trim=${bounds.join(':')}`]
}

/**
 * For graphs whose first filter that minds the size of a picture is a scaler. Where pictures change their size on the
 * way, a graph that is built anew counts its frames from zero again, and those that seem old are dropped.
 */
export const withoutRebuilding: readonly string[] = ['-reinit_filter:v', '0']

/** Every frame that arrives leaves, once: numbered anew, on a clock of one frame per tick. */
export const everyFrameOnce = {
  filters: ['settb=expr=1/25', 'setpts=N'],
  options: ['-r', '25'],
} as const
