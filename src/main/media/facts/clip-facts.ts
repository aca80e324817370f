import type { ClipContainer, ClipFacts } from '../../../shared/media.ts'
import type { Bytes, Seconds } from '../../../shared/units.ts'
import { cutsOrMoves, type Edit } from './edit-list.ts'
import { isUneven, longestWay, stepRate, usualGap } from './pace.ts'
import { numberIn, type DecodedFrame, type Fields, type Report, type Timeline } from './report.ts'
import { audioOf, bitDepthOf, hdrOf, isPicture, shapeOf, soundTracks } from './stream-facts.ts'

/** A clip as the tools see it: what is shown to the user, and what only commands need. */
export type MeasuredClip = {
  readonly facts: ClipFacts
  /** When each shown frame begins, on the file's own clock. */
  readonly times: readonly Seconds[]
  /** Those of the frames that can be shown without another one before them. */
  readonly keys: readonly Seconds[]
  readonly videoStream: number
  readonly audioStream: number | null
  readonly streams: number
}

export type Found = { readonly container: ClipContainer; readonly bytes: Bytes }

/**
 * How much has to be decoded before the facts are known. Packets tell nearly everything at a fraction of the time; a
 * few frames tell whether a picture is interlaced; only all of them tell how many there are where packets mislead.
 */
export type Look = 'none' | 'few' | 'all'

/** What is known of a clip besides its packets. */
export type Seen = {
  readonly edits: readonly Edit[]
  readonly look: Look
  readonly frames: readonly DecodedFrame[]
}

/** The moving picture of a report: the first that is not the cover of the file. */
export function pictureOf({
  streams,
  timelines,
}: Report): { readonly video: Fields; readonly timeline: Timeline } | null {
  const video = streams.find(isPicture)
  const timeline = video && timelines.get(numberIn(video, 'index'))
  return video?.has('codec_name') && timeline && timeline.times.length > 0 ? { video, timeline } : null
}

type Shown = { readonly times: readonly Seconds[]; readonly keys: readonly Seconds[]; readonly last: Seconds }

/** A frame without a time follows the one before it at the usual pace. */
function decoded(frames: readonly DecodedFrame[], usual: Seconds): Shown {
  const times: Seconds[] = []
  for (const { time } of frames) times.push(Number.isNaN(time) ? (times.at(-1) ?? -usual) + usual : time)
  const keys = times.filter((_, index) => frames[index]?.key)
  return { times: times.sort((left, right) => left - right), keys, last: Number.NaN }
}

/** How long the last frame stands: what its packet says, else as long as most, else as the header has it. */
function lastGap(video: Fields, { times, last }: Shown): Seconds {
  if (last > 0) return last
  const usual = usualGap(times)
  if (usual > 0) return usual
  const [frames = 0, seconds = 0] = (video.get('r_frame_rate') ?? '').split('/').map(Number)
  return frames > 0 && seconds > 0 ? seconds / frames : 0
}

const inOneField = ['tt', 'bb', 'tb', 'bt']

function isInterlaced(video: Fields, frames: readonly DecodedFrame[]): boolean {
  const order = video.get('field_order')
  if (order !== undefined) return inOneField.includes(order)
  const woven = frames.filter(({ interlaced }) => interlaced).length
  return woven > 0 && woven >= frames.length / 2
}

/** ffprobe prints microseconds; what lies beyond is noise of the arithmetic. */
const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** null when there is no moving picture in the report, or none that a decoder can make something of. */
export function measureClip(
  report: Report,
  { container, bytes }: Found,
  { edits, look, frames }: Seen,
): MeasuredClip | null {
  const picture = pictureOf(report)
  const shape = picture && shapeOf(picture.video)
  if (!picture || !shape) return null
  const { video, timeline } = picture
  const shown =
    look === 'all'
      ? decoded(frames, usualGap(timeline.times) || 0)
      : { times: timeline.times, keys: timeline.keys, last: timeline.lastDuration }
  const { times, keys } = shown
  const [first] = times
  if (first === undefined) return null

  const end = (times.at(-1) ?? first) + lastGap(video, shown)
  const duration = end - first
  const uneven = isUneven(times)
  const sounds = soundTracks(report.streams)
  const [sound] = sounds
  const pixelFormat = video.get('pix_fmt') ?? 'unknown'
  // Packets outside every edit never leave the demuxer; only the count in the index betrays them.
  const indexed = container === 'mp4' || container === 'mov' ? numberIn(video, 'nb_frames') : Number.NaN
  const hiddenPackets = Math.max(timeline.hidden, (indexed || 0) - timeline.times.length)
  return {
    times,
    keys,
    videoStream: numberIn(video, 'index'),
    audioStream: sound ? numberIn(sound, 'index') : null,
    streams: report.streams.length,
    facts: {
      kind: 'clip',
      bytes,
      container,
      codec: video.get('codec_name') ?? 'unknown',
      profile: video.get('profile') ?? null,
      pixelFormat,
      bitDepth: bitDepthOf(pixelFormat),
      hdr: hdrOf(video.get('color_transfer')),
      interlaced: isInterlaced(video, frames),
      ...shape,
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
      audio: sound ? audioOf(sound) : null,
    },
  }
}
