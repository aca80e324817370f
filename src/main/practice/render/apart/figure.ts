import { loadSharp } from '../../../media/image/apart/open-image.ts'
import type { Figure } from '../scene.ts'

const smallSide = 120
/** Pixels within this colour distance, summed over three channels, belong to the background. */
const sameGround = 42
/** This share of the edge must have one colour for a plain background. */
const plainShare = 0.9

/** The bounding box of the character: exact on a plain background, a guess in a photo. */
export async function findFigure(
  pixels: Buffer,
  raw: { readonly width: number; readonly height: number; readonly channels: 3 },
): Promise<{ readonly figure: Figure; readonly plain: boolean }> {
  const scale = Math.min(1, smallSide / Math.max(raw.width, raw.height))
  const width = Math.max(3, Math.round(raw.width * scale))
  const height = Math.max(3, Math.round(raw.height * scale))
  const sharp = await loadSharp()
  const small = await sharp(pixels, { raw }).resize(width, height, { fit: 'fill' }).raw().toBuffer()
  const colour = (x: number, y: number) => [...small.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)]
  const edge = [
    ...Array.from({ length: width }, (_, x) => colour(x, 0)),
    ...Array.from({ length: height }, (_, y) => [colour(0, y), colour(width - 1, y)]).flat(),
  ]
  const ground = [0, 1, 2].map((channel) => middle(edge.map((pixel) => pixel[channel] ?? 0)))
  const isGround = (pixel: readonly number[]) =>
    ground.reduce((sum, value, channel) => sum + Math.abs(value - (pixel[channel] ?? 0)), 0) < sameGround
  const plain = edge.filter(isGround).length >= edge.length * plainShare
  const box = plain ? boxOf(width, height, (x, y) => !isGround(colour(x, y))) : null
  const { left, right, top, bottom } = box ?? {
    left: width * 0.22,
    right: width * 0.78,
    top: height * 0.06,
    bottom: height,
  }
  const figure = {
    x: ((left + right) / 2 / width) * raw.width,
    top: (top / height) * raw.height,
    bottom: (bottom / height) * raw.height,
    halfWidth: ((right - left) / 2 / width) * raw.width,
  }
  return { figure, plain: plain && box !== null }
}

function boxOf(width: number, height: number, isFigure: (x: number, y: number) => boolean) {
  let [left, right, top, bottom] = [width, 0, height, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isFigure(x, y)) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  }
  return right - left > width * 0.08 && bottom - top > height * 0.08 ? { left, right, top, bottom } : null
}

const middle = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
