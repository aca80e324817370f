import { open, type FileHandle } from 'node:fs/promises'
import { rawPhoto } from '../../files/other-kinds.ts'

/** Tags of TIFF 6.0; the last is of DNG 1.7. */
const tag = {
  kind: 254,
  bits: 258,
  compression: 259,
  photometric: 262,
  channels: 277,
  planes: 284,
  tileWidth: 322,
  extraChannels: 338,
  numbers: 339,
  subsampling: 530,
  profile: 34_675,
  dngVersion: 50_706,
} as const

/** The first value of each tag in `tag`. */
type TiffDirectory = ReadonlyMap<number, number>

const asked: ReadonlySet<number> = new Set(Object.values(tag))
const short = 3
/** No camera or program writes more. */
const maxEntries = 512

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  return buffer.subarray(0, bytesRead)
}

/**
 * The directory of the first image in a TIFF; empty where it cannot be read completely, because a missing tag would be
 * taken for its default.
 */
export async function readTiffDirectory(path: string): Promise<TiffDirectory> {
  const found = new Map<number, number>()
  const cut: TiffDirectory = new Map()
  const file = await open(path)
  try {
    const head = await readAt(file, 0, 8)
    if (head.length < 8) return cut
    const little = head.toString('latin1', 0, 2) === 'II'
    const u16 = (from: Buffer, at: number) => (little ? from.readUInt16LE(at) : from.readUInt16BE(at))
    const u32 = (from: Buffer, at: number) => (little ? from.readUInt32LE(at) : from.readUInt32BE(at))
    const at = u32(head, 4)
    const count = await readAt(file, at, 2)
    if (count.length < 2) return cut
    const length = Math.min(maxEntries, u16(count, 0)) * 12
    const entries = await readAt(file, at + 2, length)
    if (entries.length < length) return cut
    for (let from = 0; from + 12 <= entries.length; from += 12) {
      const name = u16(entries, from)
      if (!asked.has(name) || found.has(name)) continue
      const isShort = u16(entries, from + 2) === short
      // An entry with more values than fit holds their position.
      const elsewhere = isShort && u32(entries, from + 4) > 2
      const value = elsewhere ? await readAt(file, u32(entries, from + 8), 2) : entries.subarray(from + 8)
      if (value.length < 2) return cut
      found.set(name, isShort ? u16(value, 0) : u32(value, 0))
    }
    return found
  } finally {
    await file.close()
  }
}

/** Channels of a TIFF besides its colours: how many, and whether the first is alpha. */
export type ExtraChannels = { readonly count: number; readonly alpha: boolean }

export const noExtras: ExtraChannels = { count: 0, alpha: false }

const photometrics = { palette: 3, cmyk: 5 }
const ofOneColour = [0, 1, 4]
const seeThrough = [1, 2]

/** Programs store selections and spot colours in extra channels, which are not part of the visible image. */
export function extraChannels(directory: TiffDirectory): ExtraChannels {
  const photometric = directory.get(tag.photometric)
  // A decoder turns a palette into three colour channels.
  if (photometric === undefined || photometric === photometrics.palette) return noExtras
  const inks = photometric === photometrics.cmyk ? 4 : ofOneColour.includes(photometric) ? 1 : 3
  const count = Math.max(0, (directory.get(tag.channels) ?? 1) - inks)
  // Where a program does not say what the channel is, it is alpha.
  const first = directory.get(tag.extraChannels) ?? 2
  return { count, alpha: count > 0 && seeThrough.includes(first) }
}

/** Whether some channels must not be shown. */
export const hasUnseen = ({ count, alpha }: ExtraChannels): boolean => count > (alpha ? 1 : 0)

/** Colour filter array, and linear raw. */
const undeveloped = [32_803, 34_892]
const reducedImage = 1

/**
 * True for a TIFF whose first image is not the photo: cameras put a thumbnail there (DNG, NEF, ARW, PEF, SRW), and the
 * raw photo elsewhere.
 */
const isRawPhoto = (directory: TiffDirectory): boolean =>
  directory.has(tag.dngVersion) ||
  ((directory.get(tag.kind) ?? 0) & reducedImage) !== 0 ||
  undeveloped.includes(directory.get(tag.photometric) ?? 0)

const compressions = { oldJpeg: 6, jpeg: 7 }
const colours = { black: 1, rgb: 2, ycbcr: 6, lab: 8, ituLab: 10, logL: 32_844 }
const inPlanes = 2
const numbers = { whole: 1, float: 3, undefined: 4 }

/** Number formats that sharp would read as unsigned integers, giving white, black or noise. */
function ofOddNumbers(directory: TiffDirectory, photometric: number): string | null {
  const bits = directory.get(tag.bits) ?? 1
  const kind = directory.get(tag.numbers) ?? numbers.whole
  // Linear light in sRGB primaries is read correctly, unless there is a profile.
  if (kind === numbers.float && bits === 32 && photometric === colours.rgb && !directory.has(tag.profile))
    return null
  if (kind === numbers.float) return 'a TIFF image with floating-point numbers'
  if (photometric > colours.ituLab) return null
  if (kind !== numbers.whole && kind !== numbers.undefined) return 'a TIFF image with signed numbers'
  const few = (directory.get(tag.channels) ?? 1) === 1 ? [1, 2, 4] : []
  return [...few, 8, 16].includes(bits) ? null : `a TIFF image with ${String(bits)} bits per channel`
}

function ofOddColours(directory: TiffDirectory, photometric: number): string | null {
  const channels = directory.get(tag.channels) ?? 1
  const planes = directory.get(tag.planes) === inPlanes && channels > 1
  const compression = directory.get(tag.compression)
  if (compression === compressions.oldJpeg) return 'a TIFF image with old-style JPEG inside'
  if (photometric === colours.ycbcr && compression !== compressions.jpeg) {
    // Without the tag, four pixels share one colour, which sharp can read.
    if (planes || directory.get(tag.subsampling) === 1) return 'a TIFF image in YCbCr colours'
  }
  if (photometric === colours.logL) return 'a TIFF image with logarithmic brightness'
  if (photometric >= colours.lab && photometric <= colours.ituLab) {
    const plain = photometric === colours.lab && directory.get(tag.bits) === 16 && channels === 3
    if (!plain) return 'a TIFF image in Lab colours'
  }
  if (planes && (photometric <= colours.black || directory.has(tag.tileWidth)))
    return 'a TIFF image with separate colour planes'
  return null
}

/**
 * What kind of TIFF it is that sharp cannot read, with its article; null for the usual ones. sharp calls some of these
 * damaged, and silently gives others wrong colours or no image.
 */
export function unreadTiff(directory: TiffDirectory): string | null {
  if (isRawPhoto(directory)) return rawPhoto
  const photometric = directory.get(tag.photometric)
  if (photometric === undefined) return null
  return ofOddColours(directory, photometric) ?? ofOddNumbers(directory, photometric)
}
