import {
  layOut,
  type PictureLayout,
  type PictureLimits,
  type Size,
} from '../../../../shared/domain/picture-geometry.ts'
import { imageLimits } from '../../../../shared/rules/image-limits.ts'
import { numericLimit } from '../../../../shared/rules/window.ts'
import type { FitChoices } from '../../../../shared/domain/take.ts'
import { useApp } from '../../../state/store.ts'
import { chosenModel } from '../../../state/inputs.ts'
import type { CharacterInspection } from '../../../state/intake.ts'
import { areaOfCrop, type Bounds } from './frame.ts'

export type Framing = {
  readonly fit: FitChoices
  readonly bounds: Bounds
  /** What is sent of the picture; null where no size satisfies the model. */
  readonly layout: PictureLayout | null
  /** The part inside the frame has an aspect that the model does not take. */
  readonly outside: boolean
  /** There is something behind the picture, or behind the clip, that can be seen. */
  readonly hasBackground: boolean
}

const unlimited: PictureLimits = { minSide: null, maxSide: null, aspect: null }

const isOutside = ({ width, height }: Size, { aspect }: PictureLimits) =>
  aspect !== null && (width < aspect.min * height || width > aspect.max * height)

/** How the character is cut and laid out for the chosen model. */
export function useFraming({ facts }: CharacterInspection): Framing {
  const fit = useApp((state) => state.takeSettings.fit)
  const seeThroughClip = useApp((state) => state.clip?.facts.alpha === true)
  const model = useApp(chosenModel)
  const orientation = useApp((state) => state.takeSettings.orientation)
  const size: Size = { width: facts.width, height: facts.height }
  const limits = model ? imageLimits(model, orientation, size, fit) : unlimited
  const least = model ? numericLimit(model, 'image.side.min', orientation) : null
  const outside = isOutside(areaOfCrop(fit.crop, size), limits)
  return {
    fit,
    bounds: { size, aspect: limits.aspect, least: least ?? 1 },
    layout: layOut(size, fit, limits),
    outside,
    hasBackground: facts.alpha || seeThroughClip || (outside && fit.aspect === 'pad'),
  }
}

export const frameWords = ({ width, height }: Size): string => `${String(width)} × ${String(height)} px`

/** Width divided by height, as the rule counts it. */
const aspectWords = ({ width, height }: Size): string => String(Number((width / height).toFixed(2)))

/** What the frame holds while it is drawn. */
export function drawnWords({ bounds: { size, aspect }, fit }: Framing): string {
  const area = areaOfCrop(fit.crop, size)
  const range = aspect ? ` (${String(aspect.min)} to ${String(aspect.max)})` : ''
  return `${frameWords(area)}, aspect ${aspectWords(area)}${range}`
}

/** What becomes of the picture; null where it is sent at its own size. */
export function sentWords({ bounds: { size }, layout }: Framing): string | null {
  const sent = layout?.canvas
  if (!sent || (sent.width === size.width && sent.height === size.height)) return null
  return `sent as ${frameWords(sent)}`
}
