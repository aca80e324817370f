import type { FitChoices } from '../../../shared/domain/take.ts'
import type { PictureLayout, PictureLimits, Size } from '../../../shared/domain/picture-geometry.ts'
import type { Bytes } from '../../../shared/units.ts'

export type Coded = { readonly content: Uint8Array; readonly format: 'jpeg' | 'png' }

/** How an image is laid out and encoded. */
export type Encoding = {
  readonly size: Size
  readonly fit: Pick<FitChoices, 'aspect' | 'crop' | 'background'>
  readonly limits: PictureLimits
  readonly maxBytes: Bytes
  /** The source is lossless: so is the result, if it fits. */
  readonly lossless: boolean
}

const isWhole = ({ kept, canvas, shown }: PictureLayout) =>
  kept.width === canvas.width &&
  kept.height === canvas.height &&
  shown.width === canvas.width &&
  shown.height === canvas.height

/** True where the layout leaves every pixel unchanged. */
export const changesNothing = (layout: PictureLayout, size: Size): boolean =>
  isWhole(layout) && layout.canvas.width === size.width && layout.canvas.height === size.height
