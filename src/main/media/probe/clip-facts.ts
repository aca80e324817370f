import type { ClipContainer, ClipFacts } from '../../../shared/domain/media.ts'
import type { Bytes, Seconds } from '../../../shared/units.ts'
import { cutsOrMoves, type Edit } from './mp4-boxes.ts'
import { isUneven, longestWay, stepRate, usualGap } from './frame-pacing.ts'
import { numberIn, textIn, type ProbeItem } from './probe-items.ts'
import type { DecodedFrame, Report, Timeline } from './ffprobe.ts'
import {
  audioOf,
  bitDepthOf,
  extrasOf,
  hasAlpha,
  hdrOf,
  isPicture,
  shapeOf,
  soundTracks,
  unreadSounds,
  type Upright,
} from './stream-facts.ts'

/** Containers made of MP4 boxes. */
export const isMadeOfBoxes = (container: ClipContainer): boolean =>
  container === 'mp4' || container === 'mov' || container === 'avif'

/** AVI packets have no presentation times, so a frame is identified by its place in the order. */
export const hasTimes = (container: ClipContainer): boolean => container !== 'avi'

const enteredAnywhere: ReadonlySet<ClipContainer> = new Set<ClipContainer>([
  ...(['mp4', 'mov', 'webm', 'mkv', 'mpegts', 'mpeg', 'flv', 'asf'] as const),
])

/** Whether reading can start in the middle; otherwise frames are only reached from the beginning. */
export const canBeEntered = (container: ClipContainer): boolean => enteredAnywhere.has(container)

/** A clip as measured: facts for the user, and what only commands need. */
export type MeasuredClip = {
  readonly facts: ClipFacts
  /** When each shown frame begins, on the clock of the file. */
  readonly times: readonly Seconds[]
  /** The times of the keyframes. */
  readonly keys: readonly Seconds[]
  readonly videoStream: number
  readonly audioStream: number | null
  readonly streams: number
  /** The matrix between RGB and the stored colours, in ffprobe’s words; null where the file does not say. */
  readonly matrix: string | null
  /** The colour primaries; null where the file does not say. */
  readonly primaries: string | null
  /** The filters that turn and mirror a stored frame into the shown one. */
  readonly upright: readonly Upright[]
}

export type Found = { readonly container: ClipContainer; readonly bytes: Bytes }

/**
 * How many frames have to be decoded to know the facts. Packets tell nearly everything in a fraction of the time; a few
 * frames tell whether the video is interlaced; where packets mislead, only all frames give the count.
 */
export type FramesNeeded = 'none' | 'few' | 'all'

/** What is known about a clip besides its packets. */
export type Seen = {
  readonly edits: readonly Edit[]
  readonly needed: FramesNeeded
  readonly frames: readonly DecodedFrame[]
}

/** The video stream of a report: the first that is not a cover image. */
export function pictureOf({
  streams,
  timelines,
}: Report): { readonly video: ProbeItem; readonly timeline: Timeline } | null {
  const video = streams.find(isPicture)
  const timeline = video && timelines.get(numberIn(video, 'index'))
  return video && textIn(video, 'codec_name') && timeline && timeline.times.length > 0
    ? { video, timeline }
    : null
}

type Shown = { readonly times: readonly Seconds[]; readonly keys: readonly Seconds[]; readonly last: Seconds }

/**
 * A frame without a time follows the previous one at the usual pace. Where packets after the last frame say that
 * nothing changed, it is shown until they end.
 */
function decoded(frames: readonly DecodedFrame[], { times: packets, lastDuration }: Timeline): Shown {
  const usual = usualGap(packets) || 0
  const times: Seconds[] = []
  for (const { time } of frames) times.push(Number.isNaN(time) ? (times.at(-1) ?? -usual) + usual : time)
  const keys = times.filter((_, index) => frames[index]?.key)
  times.sort((left, right) => left - right)
  const end = (packets.at(-1) ?? Number.NaN) + (lastDuration > 0 ? lastDuration : usual)
  const held = end - (times.at(-1) ?? Number.NaN)
  return { times, keys, last: held > 1.5 * usual ? held : Number.NaN }
}

/**
 * Trusts the packets. Where they have only the order of decoding, a frame is shown when the decoder hands it out, which
 * is as many packets later as it looks ahead: an empty place between two packets holds another frame.
 */
function undecoded(video: ProbeItem, timeline: Timeline, container: ClipContainer): Shown {
  const { times, undated, lastDuration } = timeline
  const ahead = numberIn(video, 'has_b_frames')
  if (hasTimes(container) || undated === 0 || !(ahead > 0))
    return { times, keys: timeline.keys, last: lastDuration }
  const keys = new Set(timeline.keys)
  const frames = times.map((time, nth) => ({
    time: times[nth + ahead] ?? Number.NaN,
    key: keys.has(time),
    interlaced: false,
  }))
  return decoded(frames, timeline)
}

/** Programs that cut and join leave a last frame of a millisecond or less, which is not intended. */
const leastShown = 0.25

/**
 * How long the last frame is shown: as its packet says, else as long as most frames, else by the header’s frame rate.
 */
function lastGap(video: ProbeItem, { times, last }: Shown): Seconds {
  const usual = usualGap(times)
  if (last > 0 && !(last < leastShown * usual)) return last
  if (usual > 0) return usual
  const [frames = 0, seconds = 0] = (textIn(video, 'r_frame_rate') ?? '').split('/').map(Number)
  return frames > 0 && seconds > 0 ? seconds / frames : 0
}

const inOneField = ['tt', 'bb', 'tb', 'bt']

function isInterlaced(video: ProbeItem, frames: readonly DecodedFrame[]): boolean {
  const order = textIn(video, 'field_order')
  if (order !== undefined) return inOneField.includes(order)
  const woven = frames.filter(({ interlaced }) => interlaced).length
  return woven > 0 && woven >= frames.length / 2
}

/** ffprobe prints microseconds; further digits are rounding errors. */
const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** null when the report has no video stream that a decoder can use. */
export function measureClip(
  report: Report,
  { container, bytes }: Found,
  { edits, needed, frames }: Seen,
): MeasuredClip | null {
  const picture = pictureOf(report)
  const shape = picture && shapeOf(picture.video)
  if (!picture || !shape) return null
  const { video, timeline } = picture
  const shown = needed === 'all' ? decoded(frames, timeline) : undecoded(video, timeline, container)
  const { times, keys } = shown
  const [first] = times
  if (first === undefined) return null

  const end = (times.at(-1) ?? first) + lastGap(video, shown)
  const duration = end - first
  const uneven = isUneven(times)
  const sounds = soundTracks(report.streams)
  const [sound] = sounds
  const pixelFormat = textIn(video, 'pix_fmt') ?? 'unknown'
  // Packets outside every edit never leave the demuxer; only the count in the index reveals them.
  const indexed = isMadeOfBoxes(container) ? numberIn(video, 'nb_frames') : Number.NaN
  const hiddenPackets = Math.max(timeline.hidden, (indexed || 0) - timeline.times.length)
  return {
    times,
    keys,
    videoStream: numberIn(video, 'index'),
    audioStream: sound ? numberIn(sound, 'index') : null,
    streams: report.streams.length,
    upright: shape.upright,
    matrix: textIn(video, 'color_space') ?? null,
    primaries: textIn(video, 'color_primaries') ?? null,
    facts: {
      kind: 'clip',
      bytes,
      container,
      codec: textIn(video, 'codec_name') ?? 'unknown',
      profile: textIn(video, 'profile') ?? null,
      pixelFormat,
      bitDepth: bitDepthOf(pixelFormat),
      hdr: hdrOf(textIn(video, 'color_transfer')),
      alpha: hasAlpha(video),
      interlaced: isInterlaced(video, frames),
      ...shape.shape,
      extras: extrasOf(video),
      duration: round(duration, 6),
      frames: times.length,
      frameRate: duration > 0 ? round(times.length / duration, 4) : 0,
      variableFrameRate: uneven,
      stepRate: uneven ? stepRate(times) : null,
      hiddenPackets,
      editList: cutsOrMoves(edits, hiddenPackets),
      startTime: round(first, 6),
      keyframes: keys.length,
      keyframeInterval: round(longestWay(keys, { start: first, end }), 6),
      audioTracks: sounds.length,
      unreadSounds: unreadSounds(report.streams),
      audio: sound ? audioOf(sound) : null,
    },
  }
}
