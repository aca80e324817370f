import type { Framing } from './use-crop.ts'
import { areaOfCrop } from './frame.ts'
import type { Size } from '../../../../shared/domain/picture-geometry.ts'

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
