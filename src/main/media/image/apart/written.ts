import type { Size } from '../../../../shared/domain/picture-geometry.ts'
import { loadSharp } from './open-image.ts'

/**
 * The size of a coded picture, after all of it was decoded again; null unless it is whole, of this format, upright,
 * in plain colour and without metadata.
 */
export async function measureWritten(content: Uint8Array, format: 'jpeg' | 'png'): Promise<Size | null> {
  const sharp = await loadSharp()
  const strict = { failOn: 'warning', limitInputPixels: false } as const
  try {
    const found = await sharp(content, strict).metadata()
    const { exif, xmp, iptc, icc, orientation } = found
    if (found.format !== format || found.hasAlpha || exif || xmp || iptc || icc || orientation) return null
    if (found.space !== 'srgb' && found.space !== 'b-w') return null
    // Every row is decoded; brightness alone keeps it in little memory.
    await sharp(content, strict).toColourspace('b-w').raw().toBuffer()
    return { width: found.width, height: found.height }
  } catch {
    // The question is whether it can be read; it cannot.
    return null
  }
}
