import type { AudioFacts, HdrTransfer, Placement } from '../../../shared/media.ts'
import type { Pixels } from '../../../shared/units.ts'
import { numberIn, type Fields } from './report.ts'

/** What ffprobe prints about one stream, in the studio's words; pure. */
export const isPicture = (stream: Fields): boolean =>
  stream.get('codec_type') === 'video' && stream.get('disposition:attached_pic') !== '1'

/** The tracks of sound that can be read; a player that is not told otherwise takes the first. */
export const soundTracks = (streams: readonly Fields[]): readonly Fields[] =>
  streams.filter((stream) => stream.get('codec_type') === 'audio' && stream.has('codec_name'))

/** Names that do not say their depth as a number at their end. */
const namedDepths: readonly (readonly [RegExp, number])[] = [
  [/^(?:rgb48|bgr48|rgba64|bgra64|ayuv64|(?:gbra?p|gray|rgba?)f(?:16|32))/, 16],
  [/^xv36/, 12],
  [/^(?:nv20|xv30)/, 10],
]

export function bitDepthOf(pixelFormat: string): number {
  const named = namedDepths.find(([name]) => name.test(pixelFormat))
  if (named) return named[1]
  // p010le, yuv420p10le, x2rgb10le: the depth is the last number before the byte order.
  const depth = /(?:p0|p2|p4|p|gray|rgb|bgr|xyz|y2|ya)(\d{1,2})(?:le|be)$/.exec(pixelFormat)?.[1]
  return depth === undefined ? 8 : Math.min(16, Math.max(8, Number(depth)))
}

export function hdrOf(transfer: string | undefined): HdrTransfer {
  if (transfer === 'smpte2084') return 'pq'
  return transfer === 'arib-std-b67' ? 'hlg' : 'none'
}

function pixelAspectOf(text: string | undefined): number {
  const [width, height] = (text ?? '').split(':').map(Number)
  const aspect = width && height ? width / height : 1
  return Number.isFinite(aspect) && aspect > 0.1 && aspect < 10 ? aspect : 1
}

/** Clockwise; null where it is none. ffprobe counts counter-clockwise, and has a huge number for a matrix of zeros. */
function quarterTurnOf(stream: Fields): number | null {
  const turned = numberIn(stream, 'rotation')
  const quarters = Math.round(-turned / 90)
  if (!(Math.abs(turned) <= 360) || Math.abs(-turned - quarters * 90) > 1) return null
  return (((quarters * 90) % 360) + 360) % 360
}

/** The display matrix row by row, as ffprobe dumps it; null where there is none. */
function matrixOf(stream: Fields): readonly number[] | null {
  const dump = stream.get('displaymatrix')
  return dump === undefined ? null : (dump.replace(/\d{8}:/g, '').match(/-?\d+/g) ?? []).map(Number)
}

const one = 0x10000
const identity = [one, 0, 0, 0, one, 0, 0, 0, 0x40000000]

function placementOf(stream: Fields): Placement {
  const matrix = matrixOf(stream)
  const turn = quarterTurnOf(stream)
  if (matrix === null && !stream.has('rotation')) return 'plain'
  if (turn === null) return 'ignored'
  if (turn !== 0) return 'turned'
  if (matrix === null || matrix.every((value, index) => value === identity[index])) return 'plain'
  const [a = 0, b = 0, , c = 0, d = 0] = matrix
  return a * d - b * c < 0 ? 'flipped' : 'ignored'
}

export type Shape = {
  readonly width: Pixels
  readonly height: Pixels
  readonly rotation: number
  readonly placement: Placement
  readonly pixelAspect: number
}

/** The picture as it is shown; null where it has no size. */
export function shapeOf(video: Fields): Shape | null {
  const stored = { width: numberIn(video, 'width'), height: numberIn(video, 'height') }
  if (!(stored.width > 0 && stored.height > 0)) return null
  const pixelAspect = pixelAspectOf(video.get('sample_aspect_ratio'))
  // Players turn by quarters only.
  const rotation = quarterTurnOf(video) ?? 0
  const upright = { width: Math.max(1, Math.round(stored.width * pixelAspect)), height: stored.height }
  const lying = rotation % 180 !== 0
  return {
    width: lying ? upright.height : upright.width,
    height: lying ? upright.width : upright.height,
    rotation,
    placement: placementOf(video),
    pixelAspect,
  }
}

export function audioOf(stream: Fields): AudioFacts {
  return {
    codec: stream.get('codec_name') ?? 'unknown',
    channels: numberIn(stream, 'channels') || 0,
    sampleRate: numberIn(stream, 'sample_rate') || 0,
  }
}
