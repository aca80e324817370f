import type { Pixels } from '../../../shared/units.ts'

/** The bounding box of the character. */
export type Figure = {
  /** The middle, from the left. */
  readonly x: number
  readonly top: number
  readonly bottom: number
  readonly halfWidth: number
}

/** The still image that is warped into motion: larger than the result on all sides, and of a higher resolution. */
export type Stage = {
  readonly path: string
  /** Size of the result. */
  readonly width: Pixels
  readonly height: Pixels
  /** Stage pixels per result pixel: sampling without interpolation needs more of them. */
  readonly finer: number
  /** Stage pixels around the visible part, for what moves in from the sides. */
  readonly margin: Pixels
  /** The character, in stage pixels from the visible corner. */
  readonly figure: Figure
  /** On a plain background the character may move; in a photo the edges of the image must stay in place. */
  readonly plain: boolean
}
