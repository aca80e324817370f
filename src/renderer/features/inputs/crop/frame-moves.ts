import type { Area } from '../../../../shared/domain/picture-geometry.ts'
import { dragHandle, moveArea, scaleArea, type Bounds, type Handle } from './frame.ts'

type Key = {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}
type Delta = { readonly x: number; readonly y: number }

const arrows: Readonly<Record<string, Delta>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}
const scales: Readonly<Record<string, number>> = { '+': 1.05, '=': 1.05, '-': 1 / 1.05, _: 1 / 1.05 }

/** A two-hundredth of the picture, and ten of them with Shift. */
const steps = 200

/** Without a handle the frame is moved, with one it is drawn. */
export const draggedArea = (area: Area, handle: Handle | null, by: Delta, bounds: Bounds): Area =>
  handle === null ? moveArea(area, by, bounds) : dragHandle(area, handle, by, bounds)

/** What a key does to the frame; null where it means nothing here. */
export function areaAfterKey(area: Area, handle: Handle | null, key: Key, bounds: Bounds): Area | null {
  if (key.ctrlKey || key.metaKey) return null
  const factor = scales[key.key]
  if (factor !== undefined) return scaleArea(area, factor, bounds)
  const way = arrows[key.key]
  if (!way) return null
  const longer = Math.max(bounds.size.width, bounds.size.height)
  const step = Math.max(1, Math.round(longer / steps)) * (key.shiftKey ? 10 : 1)
  return draggedArea(area, handle, { x: way.x * step, y: way.y * step }, bounds)
}
