import type { AudioFacts, HdrTransfer, Placement } from '../../../shared/domain/media.ts'
import type { Pixels } from '../../../shared/units.ts'
import { itemIn, itemsIn, numberIn, textIn, type ProbeItem } from './probe-items.ts'

/** A video stream that is not a cover image. */
export const isPicture = (stream: ProbeItem): boolean =>
  stream['codec_type'] === 'video' && numberIn(itemIn(stream, 'disposition'), 'attached_pic') !== 1

const isSound = (stream: ProbeItem) => stream['codec_type'] === 'audio'

const isDecoded = (sound: ProbeItem) =>
  textIn(sound, 'codec_name') !== undefined && textIn(sound, 'sample_fmt') !== undefined

/** The sound tracks that can be decoded; players use the first by default. */
export const soundTracks = (streams: readonly ProbeItem[]): readonly ProbeItem[] =>
  streams.filter((stream) => isSound(stream) && isDecoded(stream))

/** The codecs of the other sound tracks, as far as their names are known. */
export const unreadSounds = (streams: readonly ProbeItem[]): readonly string[] => [
  ...new Set(
    streams
      .filter((stream) => isSound(stream) && !isDecoded(stream))
      .map((sound) => textIn(sound, 'codec_name') ?? textIn(sound, 'codec_tag_string') ?? 'unknown'),
  ),
]

/** Pixel formats whose names do not end in their bit depth. */
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

/** Codecs whose alpha is intended; others, such as uncompressed AVI, leave the fourth byte of a pixel undefined. */
const seeThroughCodecs = new Set([
  ...['gif', 'png', 'apng', 'webp', 'prores', 'qtrle', 'hap', 'cfhd', 'dnxhd'],
  ...['ffv1', 'ffvhuff', 'utvideo', 'magicyuv', 'lagarith', 'cllc', 'vp8', 'vp9', 'hevc'],
])
const withAlpha = /^(?:yuva|rgba|bgra|argb|abgr|gbrap|ya8|ya16|ayuv)/

/** Parts of the video may be transparent. VP8 and VP9 store alpha in a separate stream, and a tag says so. */
export function hasAlpha(video: ProbeItem): boolean {
  const codec = textIn(video, 'codec_name') ?? ''
  if (!seeThroughCodecs.has(codec)) return false
  const format = textIn(video, 'pix_fmt') ?? ''
  const paletted = format === 'pal8' && (codec === 'png' || codec === 'apng' || codec === 'gif')
  return withAlpha.test(format) || paletted || numberIn(itemIn(video, 'tags'), 'alpha_mode') === 1
}

/** What a container says about a stream besides its codec. */
const sideDataOf = (stream: ProbeItem) => itemsIn(stream, 'side_data_list')

/** Describes rate control, and nothing about the image. */
const aboutBits = 'CPB properties'

/**
 * What else the container says about the image, in ffprobe’s words: mastering display, Dolby Vision, stereo or
 * spherical video. The rotation is part of the shape.
 */
export const extrasOf = (stream: ProbeItem): readonly string[] =>
  sideDataOf(stream)
    .map((data) => textIn(data, 'side_data_type') ?? 'unnamed')
    .filter((type) => type !== aboutBits && type !== 'Display Matrix')

/** Dolby Vision profiles whose colours no other decoder can read: always, or where the compatibility id is 0. */
const ownColours = { always: [5], whereNothingElse: [10, 20] }

/** The Dolby Vision profile whose colours other decoders show as green and purple; null otherwise. */
export function unshownDolbyVision(stream: ProbeItem): number | null {
  const record = sideDataOf(stream).find((data) => 'dv_profile' in data)
  if (record === undefined) return null
  const profile = numberIn(record, 'dv_profile')
  const isAlone =
    numberIn(record, 'dv_bl_signal_compatibility_id') === 0 && ownColours.whereNothingElse.includes(profile)
  return ownColours.always.includes(profile) || isAlone ? profile : null
}

type Placed = { readonly turn: number; readonly matrix: readonly number[] | null }

/** The display matrix row by row, as ffprobe prints it, and the rotation it derives; null where there is none. */
function placedBy(stream: ProbeItem): Placed | null {
  const data = sideDataOf(stream).find((one) => 'displaymatrix' in one || 'rotation' in one)
  if (data === undefined) return null
  const dump = textIn(data, 'displaymatrix')
  const matrix = dump === undefined ? null : (dump.replace(/\d{8}:/g, '').match(/-?\d+/g) ?? []).map(Number)
  return { turn: numberIn(data, 'rotation'), matrix }
}

/**
 * Clockwise in quarter turns; null for any other rotation. ffprobe counts counter-clockwise, and has a huge number for
 * a matrix of zeros.
 */
function quarterTurnOf({ turn }: Placed): number | null {
  const quarters = Math.round(-turn / 90)
  if (!(Math.abs(turn) <= 360) || Math.abs(-turn - quarters * 90) > 1) return null
  return (((quarters * 90) % 360) + 360) % 360
}

const one = 0x10000
const identity = [one, 0, 0, 0, one, 0, 0, 0, 0x40000000]

function placementOf(placed: Placed | null): Placement {
  if (placed === null) return 'plain'
  const { matrix } = placed
  const turn = quarterTurnOf(placed)
  if (turn === null) return 'ignored'
  if (turn !== 0) return 'turned'
  if (matrix === null || matrix.every((value, index) => value === identity[index])) return 'plain'
  const [a = 0, b = 0, , c = 0, d = 0] = matrix
  return a * d - b * c < 0 ? 'flipped' : 'ignored'
}

/** The ffmpeg filters that turn and mirror a frame as its display matrix says. */
export type Upright =
  | 'hflip'
  | 'vflip'
  | 'transpose=clock'
  | 'transpose=cclock'
  | 'transpose=clock_flip'
  | 'transpose=cclock_flip'

const byTurn: Readonly<Record<number, readonly Upright[]>> = {
  90: ['transpose=clock'],
  180: ['hflip', 'vflip'],
  270: ['transpose=cclock'],
}

/** A point at (p, q) is shown at (ap + cq, bp + dq), as ISO/IEC 14496-12 has it. */
function uprightBy(placed: Placed | null): readonly Upright[] {
  const placement = placementOf(placed)
  if (placed === null || placement === 'plain' || placement === 'ignored') return []
  if (placed.matrix === null) return byTurn[quarterTurnOf(placed) ?? 0] ?? []
  const [a = 0, b = 0, , c = 0, d = 0] = placed.matrix
  if (Math.abs(a) >= Math.abs(b)) {
    const across: readonly Upright[] = a < 0 ? ['hflip'] : []
    return d < 0 ? [...across, 'vflip'] : across
  }
  if (c < 0) return [b < 0 ? 'transpose=clock_flip' : 'transpose=clock']
  return [b < 0 ? 'transpose=cclock' : 'transpose=cclock_flip']
}

export type Shape = {
  readonly width: Pixels
  readonly height: Pixels
  readonly rotation: number
  readonly placement: Placement
  readonly pixelAspect: number
}

/** The shape of the shown frame, and the filters that produce it; null where the stream has no size. */
export function shapeOf(
  video: ProbeItem,
): { readonly shape: Shape; readonly upright: readonly Upright[] } | null {
  const stored = { width: numberIn(video, 'width'), height: numberIn(video, 'height') }
  if (!(stored.width > 0 && stored.height > 0)) return null
  const pixelAspect = pixelAspectOf(textIn(video, 'sample_aspect_ratio'))
  const placed = placedBy(video)
  // Players only rotate by quarter turns.
  const rotation = (placed && quarterTurnOf(placed)) ?? 0
  const asStored = { width: Math.max(1, Math.round(stored.width * pixelAspect)), height: stored.height }
  const lying = rotation % 180 !== 0
  return {
    shape: {
      width: lying ? asStored.height : asStored.width,
      height: lying ? asStored.width : asStored.height,
      rotation,
      placement: placementOf(placed),
      pixelAspect,
    },
    upright: uprightBy(placed),
  }
}

export function audioOf(stream: ProbeItem): AudioFacts {
  return {
    codec: textIn(stream, 'codec_name') ?? 'unknown',
    channels: numberIn(stream, 'channels') || 0,
    sampleRate: numberIn(stream, 'sample_rate') || 0,
  }
}
