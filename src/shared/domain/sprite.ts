import type { Fraction, Pixels, Seconds } from '../units.ts'
import type { Size } from './picture-geometry.ts'
import type { ResultFacts } from './media.ts'

/** How small pictures of a video lie in one file: row by row, each from the middle of an equal part of the video. */
export type SpriteSheet = {
  readonly columns: number
  readonly rows: number
  readonly cell: Size
  readonly times: readonly Seconds[]
}

/** Longer side of a poster and of the stills it is chosen from. */
export const posterSide: Pixels = 320

const columns = 5
const rows = 4
export const spriteCells = columns * rows

/** The longer side of a cell: sharp on a poster at twice the density, and about 40 KB for all of them. */
const longerSide: Pixels = 240

/** The pictures of a result: nothing but the result itself has to be known to find one in the file. */
export function spriteSheet({
  width,
  height,
  duration,
}: Pick<ResultFacts, 'width' | 'height' | 'duration'>): SpriteSheet {
  const scale = longerSide / Math.max(width, height)
  const side = (length: Pixels) => Math.max(1, Math.round(length * scale))
  const times = Array.from({ length: spriteCells }, (_, nth) => ((nth + 0.5) * duration) / spriteCells)
  return { columns, rows, cell: { width: side(width), height: side(height) }, times }
}

/** The picture at a place between the left edge, 0, and the right one, 1. */
export const cellAt = ({ times }: Pick<SpriteSheet, 'times'>, place: Fraction): number =>
  Math.min(times.length - 1, Math.max(0, Math.floor(place * times.length)))
