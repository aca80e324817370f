import { tag, type TiffDirectory } from './tiff-directory.ts'

/** Brightness behind a mosaic of colour filters, and the same before it is developed. */
const undeveloped = [32_803, 34_892]
const reduced = 1

/**
 * True for a TIFF whose first picture is not the photo: cameras put a thumbnail there (DNG, NEF, ARW, PEF, SRW), and
 * the photo elsewhere, as the sensor saw it.
 */
export const isRawPhoto = (directory: TiffDirectory): boolean =>
  directory.has(tag.dngVersion) ||
  ((directory.get(tag.kind) ?? 0) & reduced) !== 0 ||
  undeveloped.includes(directory.get(tag.photometric) ?? 0)
