import type { Seconds } from '../../../shared/units.ts'
import { canBeEntered, hasTimes, type MeasuredClip } from '../probe/clip-facts.ts'
import type { FfmpegInput } from '../ffmpeg.ts'

/** A range of frames by index. */
export type FrameRange = { readonly first: number; readonly count: number }

/** What has to be known about a clip to read its frames. */
export type Timed = Pick<MeasuredClip, 'times'> & {
  readonly facts: Pick<MeasuredClip['facts'], 'container'>
}

/** ffprobe prints times to the microsecond; half a millisecond is never another frame. */
const timeTolerance: Seconds = 0.0005

/** The frames shown during a part of the clip, in seconds from its first frame; at least one. */
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

/** Seeking goes to the keyframe before; an earlier target leaves room for inaccurate indexes. */
export const seekMargin: Seconds = 2
const seekWorthwhile: Seconds = 4

export const canSeekTo = ({ facts, times }: Timed, { first }: FrameRange): boolean =>
  canBeEntered(facts.container) && (times[first] ?? 0) - (times[0] ?? 0) > seekWorthwhile

/** Keeps the clock of the source, so that filters can address frames by ffprobe’s times. */
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

/**
 * Bounds are rounded to the clock of a stream; with one tick per frame, a bound between two frames would become one of
 * them.
 */
export const fineClock = 'settb=AVTB'

/** Selects exactly these frames. Bounds are halfway between two frames, so that rounding loses none. */
export function onlyFrames({ facts, times }: Timed, { first, count }: FrameRange): readonly string[] {
  const end = first + count
  if (!hasTimes(facts.container)) return [`trim=start_frame=${first}:end_frame=${end}`]
  const between = (index: number) => (((times[index - 1] ?? 0) + (times[index] ?? 0)) / 2).toFixed(6)
  const bounds = [
    ...(first > 0 ? [`start=${between(first)}`] : []),
    ...(end < times.length ? [`end=${between(end)}`] : []),
  ]
  return bounds.length === 0 ? [] : [fineClock, `trim=${bounds.join(':')}`]
}

/**
 * For graphs whose first size-dependent filter is a scaler. Where frames change size, ffmpeg would rebuild the graph,
 * count frames from zero again and drop those that seem old.
 */
export const withoutRebuilding: readonly string[] = ['-reinit_filter:v', '0']

/** Outputs every input frame exactly once, renumbered on a clock of one tick per frame. */
export const everyFrameOnce = {
  filters: ['settb=expr=1/25', 'setpts=N'],
  options: ['-r', '25'],
} as const
