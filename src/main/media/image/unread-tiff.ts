import { rawPhoto } from '../../files/other-kinds.ts'
import { isRawPhoto } from './raw-photo.ts'
import { tag, type TiffDirectory } from './tiff-directory.ts'

const compressions = { oldJpeg: 6, jpeg: 7 }
const colours = { black: 1, rgb: 2, ycbcr: 6, lab: 8, ituLab: 10, logL: 32_844 }
const inPlanes = 2
const numbers = { whole: 1, float: 3, undefined: 4 }

/** What the picture library would read as if every number were a whole one from zero: white, black or noise. */
function ofOddNumbers(directory: TiffDirectory, photometric: number): string | null {
  const bits = directory.get(tag.bits) ?? 1
  const kind = directory.get(tag.numbers) ?? numbers.whole
  // Light as it is, in the colours of sRGB, is read as such; a profile is not held against it.
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
    // Where nothing is said, there is one colour to four pixels; that is the form that is read.
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
 * What a TIFF is that the picture library does not read, with its article; null for the usual ones. Some of these it
 * refuses as if they were damaged, and from others it makes a picture of wrong colours, or of none, without a word.
 */
export function unreadTiff(directory: TiffDirectory): string | null {
  if (isRawPhoto(directory)) return rawPhoto
  const photometric = directory.get(tag.photometric)
  if (photometric === undefined) return null
  return ofOddColours(directory, photometric) ?? ofOddNumbers(directory, photometric)
}
