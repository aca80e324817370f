import type { AudioFacts, ClipContainer, ClipFacts, HdrTransfer } from '../../shared/media.ts'
import type { Bytes, FrameRate, Seconds } from '../../shared/units.ts'
import { numberIn, type Fields, type Report } from './report.ts'

/** A clip as the tools see it: what is shown to the user, and what only commands need. */
export type MeasuredClip = {
  readonly facts: ClipFacts
  /** When each shown frame begins, on the file's own clock. */
  readonly times: readonly Seconds[]
  readonly videoStream: number
  readonly audioStream: number | null
  readonly streams: number
}

const isPicture = (stream: Fields) =>
  stream.get('codec_type') === 'video' && stream.get('disposition:attached_pic') !== '1'

function bitDepthOf(pixelFormat: string): number {
  // p010le, yuv420p10le, gray12le: the depth is the last number before the byte order.
  const depth = /(?:p0|p|gray|rgb|gbrp|y2)(\d{2})(?:le|be)$/.exec(pixelFormat)?.[1]
  return depth === undefined || Number(depth) > 16 ? 8 : Number(depth)
}

function hdrOf(transfer: string | undefined): HdrTransfer {
  if (transfer === 'smpte2084') return 'pq'
  return transfer === 'arib-std-b67' ? 'hlg' : 'none'
}

function pixelAspectOf(text: string | undefined): number {
  const [width, height] = (text ?? '').split(':').map(Number)
  const aspect = width && height ? width / height : 1
  return Number.isFinite(aspect) && aspect > 0.1 && aspect < 10 ? aspect : 1
}

/** ffprobe counts counter-clockwise; a player's turn is the other way round. */
function rotationOf(stream: Fields): number {
  const turned = numberIn(stream, 'rotation')
  if (Number.isNaN(turned)) return 0
  return (((Math.round(-turned / 90) * 90) % 360) + 360) % 360
}

function audioOf(stream: Fields): AudioFacts {
  return {
    codec: stream.get('codec_name') ?? 'unknown',
    channels: numberIn(stream, 'channels') || 0,
    sampleRate: numberIn(stream, 'sample_rate') || 0,
  }
}

/** ffprobe prints microseconds; what lies beyond is noise of the arithmetic. */
const round = (value: number, digits: number) => Number(value.toFixed(digits))

const median = (values: readonly number[]) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN

const gapsOf = (times: readonly Seconds[]) =>
  times.slice(1).map((time, index) => time - (times[index] ?? time))

/** Clocks of a millisecond make 33 and 34 of equal frames: only more than that is a change of pace. */
const isUsual = (gap: Seconds, usual: Seconds) => Math.abs(gap - usual) <= Math.max(0.002, usual * 0.1)

/** The pace at which most frames follow each other, whatever hiccups there are between. */
export function usualRate(times: readonly Seconds[]): FrameRate {
  const gaps = gapsOf(times)
  const usual = median(gaps)
  const alike = gaps.filter((gap) => isUsual(gap, usual))
  return alike.length / alike.reduce((sum, gap) => sum + gap, 0)
}

/** null when there is no moving picture in the report. */
export function measureClip(
  { streams, timelines }: Report,
  { container, bytes }: { readonly container: ClipContainer; readonly bytes: Bytes },
): MeasuredClip | null {
  const video = streams.find(isPicture)
  const codec = video?.get('codec_name')
  if (!video || codec === undefined) return null
  const videoStream = numberIn(video, 'index')
  const timeline = timelines.get(videoStream)
  const [first] = timeline?.times ?? []
  const stored = { width: numberIn(video, 'width'), height: numberIn(video, 'height') }
  if (!timeline || first === undefined || !(stored.width > 0 && stored.height > 0)) return null

  const { times } = timeline
  const gaps = gapsOf(times)
  const usual = gaps.length > 0 ? median(gaps) : timeline.lastDuration || 0
  const lastDuration = timeline.lastDuration > 0 ? timeline.lastDuration : usual
  const duration = timeline.lastTime + lastDuration - first

  const audio = streams.find((stream) => stream.get('codec_type') === 'audio' && stream.has('codec_name'))
  const pixelAspect = pixelAspectOf(video.get('sample_aspect_ratio'))
  const rotation = rotationOf(video)
  const upright = { width: Math.round(stored.width * pixelAspect), height: stored.height }
  const lying = rotation % 180 !== 0
  const pixelFormat = video.get('pix_fmt') ?? 'unknown'
  // Packets outside every edit never leave the demuxer; only the count in the index betrays them.
  const indexed = container === 'mp4' || container === 'mov' ? numberIn(video, 'nb_frames') : Number.NaN
  return {
    times,
    videoStream,
    audioStream: audio ? numberIn(audio, 'index') : null,
    streams: streams.length,
    facts: {
      kind: 'clip',
      bytes,
      container,
      codec,
      profile: video.get('profile') ?? null,
      pixelFormat,
      bitDepth: bitDepthOf(pixelFormat),
      hdr: hdrOf(video.get('color_transfer')),
      interlaced: ['tt', 'bb', 'tb', 'bt'].includes(video.get('field_order') ?? ''),
      width: lying ? upright.height : upright.width,
      height: lying ? upright.width : upright.height,
      rotation,
      pixelAspect,
      duration: round(duration, 6),
      frames: times.length,
      frameRate: duration > 0 ? round(times.length / duration, 4) : 0,
      variableFrameRate: gaps.some((gap) => !isUsual(gap, usual)),
      hiddenPackets: Math.max(timeline.hidden, (indexed || 0) - times.length),
      editList: false,
      startTime: first,
      keyframes: 0,
      keyframeInterval: 0,
      audioTracks: audio ? 1 : 0,
      audio: audio ? audioOf(audio) : null,
    },
  }
}
