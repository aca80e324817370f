import type { MotionTiming } from '../../../shared/domain/motion.ts'
import type { Seconds } from '../../../shared/units.ts'
import type { Shown } from './places.ts'

/** The size of the drawing, in its own units; the page stretches it. */
export const drawing = { width: 1000, height: 100 } as const
const middle = drawing.height / 2
/** So that a still clip is a thin line, and the strongest motion stays off the edge. */
const [least, most] = [0.75, middle - 2]

/** Where a moment is, as a share of the width. */
export const shareAt = ({ start, end }: Shown, time: Seconds): number =>
  end > start ? Math.min(1, Math.max(0, (time - start) / (end - start))) : 0

export const timeAt = ({ start, end }: Shown, share: number): Seconds =>
  start + Math.min(1, Math.max(0, share)) * (end - start)

/**
 * The outline of a motion curve: above the middle for the reference, mirrored below it for the result. `shift`: when its
 * first frame is shown on the shared clock.
 */
export function motionPath(
  { step, values }: MotionTiming,
  shown: Shown,
  { shift, below }: { readonly shift: Seconds; readonly below: boolean },
): string {
  const sign = below ? 1 : -1
  const at = (index: number) =>
    Number((((shift + index * step - shown.start) / (shown.end - shown.start)) * drawing.width).toFixed(2))
  const points = values.map((value, index) => {
    const height = least + (value / 255) * (most - least)
    return `L${String(at(index))} ${String(Number((middle + sign * height).toFixed(2)))}`
  })
  if (points.length === 0 || shown.end <= shown.start) return ''
  return `M${String(at(0))} ${String(middle)}${points.join('')}L${String(at(values.length - 1))} ${String(middle)}Z`
}
