import type { FitChoices, Orientation } from '../domain/take.ts'
import { layOut, type PictureLimits, type Size } from '../domain/picture-geometry.ts'
import type { ModelRules } from './rules.ts'
import { numericLimit, rangeLimit, wishedLimit } from './window.ts'
import { roundingTolerance } from '../units.ts'

/** Enlarged more than so many times, hardly a feature of a face is left: judged by eye. */
export const mostEnlarged = 4

type Chosen = Pick<FitChoices, 'aspect' | 'crop'>

/** How many times the pixels of a picture are enlarged within these limits; null where they contradict each other. */
function enlargement(size: Size, fit: Chosen, limits: PictureLimits): number | null {
  const layout = layOut(size, fit, limits)
  return layout && layout.shown.width / layout.kept.width
}

/**
 * Within what a picture is laid out. A picture that has to be enlarged anyway becomes as large as the model only advises,
 * where that is not too much; one that is large enough is never enlarged for an advice.
 */
export function imageLimits(
  rules: ModelRules,
  orientation: Orientation,
  size: Size,
  fit: Chosen,
): PictureLimits {
  const required: PictureLimits = {
    minSide: numericLimit(rules, 'image.side.min', orientation),
    maxSide: numericLimit(rules, 'image.side.max', orientation),
    aspect: rangeLimit(rules, 'image.aspect', orientation),
  }
  const wish = wishedLimit(rules, 'image.side.min', orientation)
  if (wish === null || wish <= (required.minSide ?? wish)) return required
  if ((enlargement(size, fit, required) ?? 1) <= 1 + roundingTolerance) return required
  const advised = { ...required, minSide: wish }
  return (enlargement(size, fit, advised) ?? Infinity) <= mostEnlarged + roundingTolerance
    ? advised
    : required
}
