import type { Sharp } from 'sharp'
import type { Bytes, Pixels } from '../../../../shared/units.ts'
import { layOut, type PictureLayout, type Size } from '../../../../shared/domain/picture-geometry.ts'
import type { Coded, Encoding } from '../encoding.ts'
import { loadSharp } from './open-image.ts'

type QualityRange = { readonly least: number; readonly most: number }

type Weighed =
  | { readonly fits: true; readonly content: Uint8Array; readonly quality: number }
  /** The size of the smallest version. */
  | { readonly fits: false; readonly bytes: Bytes }

/** The highest quality whose file has at most `maxBytes`; size grows with quality. */
export async function bestQuality(
  encode: (quality: number) => Promise<Uint8Array>,
  maxBytes: Bytes,
  { least, most }: QualityRange,
): Promise<Weighed> {
  const finest = await encode(most)
  if (finest.length <= maxBytes) return { fits: true, content: finest, quality: most }
  const coarsest = await encode(least)
  if (coarsest.length > maxBytes) return { fits: false, bytes: coarsest.length }
  let best = { content: coarsest, quality: least }
  let tooFine = most
  while (tooFine - best.quality > 1) {
    const quality = Math.floor((best.quality + tooFine) / 2)
    const content = await encode(quality)
    if (content.length <= maxBytes) best = { content, quality }
    else tooFine = quality
  }
  return { fits: true, ...best }
}

/** From indistinguishable to just acceptable; below that a smaller image looks better. */
const good: QualityRange = { least: 72, most: 95 }
/** Where the image must not get any smaller. */
const poor: QualityRange = { least: 30, most: 71 }
/** No provider requires less; an image is not scaled below this only to save bytes. */
const smallestSide: Pixels = 300
/**
 * Up to this size an image is decoded once and kept while qualities are tried, with optimised Huffman tables, for which
 * the encoder needs all of it. A larger one is streamed row by row each time, in a tenth of the memory.
 */
const keptPixels = 25_000_000
const fullColour = 90

/** The laid-out image in sRGB, without transparency. */
function laidOut(
  picture: Sharp,
  { kept, canvas, shown }: PictureLayout,
  { fit: { background } }: Encoding,
): Sharp {
  const drawn = picture
    .clone()
    .extract(kept)
    .resize({ width: shown.width, height: shown.height, fit: 'fill' })
    .flatten({ background })
    .extend({
      left: shown.left,
      right: canvas.width - shown.width - shown.left,
      top: shown.top,
      bottom: canvas.height - shown.height - shown.top,
      background,
    })
  return drawn.removeAlpha().toColourspace('srgb')
}

async function unpacked(picture: Sharp): Promise<Sharp> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true })
  const sharp = await loadSharp()
  return sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
}

const asJpeg = (picture: Sharp, light: boolean) => (quality: number) =>
  picture
    .clone()
    .jpeg({ quality, chromaSubsampling: quality >= fullColour ? '4:4:4' : '4:2:0', optimiseCoding: light })
    .toBuffer()

/**
 * The best version within all limits: lossless if the source is and it fits, else JPEG of the highest quality that
 * fits, else fewer pixels. `contradiction`: no size meets all limits; `heavy`: no version is small enough.
 */
export async function encodeToFit(
  picture: Sharp,
  encoding: Encoding,
  onStep: () => void,
): Promise<Coded | 'contradiction' | 'heavy'> {
  const { size, fit, limits, maxBytes, lossless } = encoding
  const first = layOut(size, fit, limits)
  if (first === null) return 'contradiction'
  const floor = {
    ...limits,
    minSide: Math.max(limits.minSide ?? 0, Math.min(smallestSide, first.canvas.width, first.canvas.height)),
  }
  let [layout, scale] = [first, 1]
  for (;;) {
    const drawn = laidOut(picture, layout, encoding)
    const light = layout.canvas.width * layout.canvas.height <= keptPixels
    const pixels = light ? await unpacked(drawn) : drawn
    onStep()
    if (layout === first && lossless && light) {
      const content = await pixels.clone().png({ compressionLevel: 9 }).toBuffer()
      if (content.length <= maxBytes) return { content, format: 'png' }
    }
    const encode = async (quality: number) => {
      onStep()
      return asJpeg(pixels, light)(quality)
    }
    const found = await bestQuality(encode, maxBytes, good)
    if (found.fits) return { content: found.content, format: 'jpeg' }
    scale *= Math.min(0.9, Math.max(0.25, 0.95 * Math.sqrt(maxBytes / found.bytes)))
    const next = layOut(size, fit, floor, scale)
    if (
      next === null ||
      next.canvas.width * next.canvas.height >= layout.canvas.width * layout.canvas.height
    ) {
      const last = await bestQuality(encode, maxBytes, poor)
      return last.fits ? { content: last.content, format: 'jpeg' } : 'heavy'
    }
    layout = next
  }
}

/**
 * The size of an encoded image, after decoding all of it; null unless it is complete, of this format, upright, in plain
 * colour and without metadata.
 */
export async function measureWritten(content: Uint8Array, format: 'jpeg' | 'png'): Promise<Size | null> {
  const sharp = await loadSharp()
  const strict = { failOn: 'warning', limitInputPixels: false } as const
  try {
    const found = await sharp(content, strict).metadata()
    const { exif, xmp, iptc, icc, orientation } = found
    if (found.format !== format || found.hasAlpha || exif || xmp || iptc || icc || orientation) return null
    if (found.space !== 'srgb' && found.space !== 'b-w') return null
    // Decodes every row; brightness alone saves memory.
    await sharp(content, strict).toColourspace('b-w').raw().toBuffer()
    return { width: found.width, height: found.height }
  } catch {
    // It cannot be read.
    return null
  }
}
