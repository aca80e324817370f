import type { Pixels } from '../../../shared/units.ts'

/** The box a character fills. */
export type Figure = {
  /** Middle, from the left. */
  readonly x: number
  readonly top: number
  readonly bottom: number
  readonly halfWidth: number
}

/** The still picture that is bent into motion, larger than the result all around and drawn finer. */
export type Stage = {
  readonly path: string
  /** Size of the result. */
  readonly width: Pixels
  readonly height: Pixels
  /** Stage pixels per result pixel: what is sampled without interpolation needs more of them. */
  readonly finer: number
  /** Stage pixels around the visible part, for what comes in from the sides. */
  readonly margin: Pixels
  /** Where the character stands, in stage pixels counted from the visible corner. */
  readonly figure: Figure
  /** On a plain ground the character may travel; in a photo the edges of the picture must stay where they are. */
  readonly plain: boolean
}
