import type { Canvas } from './canvas.ts'

/** The bounding box of the character. */
export type Figure = {
  /** The middle, from the left. */
  readonly x: number
  readonly top: number
  readonly bottom: number
  readonly halfWidth: number
}

/** The still picture that is brought into motion, in the size of the result. */
export type Stage = Canvas & {
  readonly figure: Figure
  /** On a plain background the character may move; in a photo the edges of the image must stay in place. */
  readonly plain: boolean
}
