import { useRef } from 'react'
import { useDrag, useWidth } from './use-drag.ts'
import type { TimelineView } from './view.ts'

/** Which stretch is visible, to be dragged. Keys scroll to what they move automatically. */
export function PanBar({ view, duration, whole, panBy }: TimelineView) {
  const bar = useRef<HTMLDivElement>(null)
  const width = useWidth(bar)
  const last = useRef(0)
  const drag = useDrag(
    () => {
      last.current = Number.NaN
    },
    ({ at, from }) => {
      const before = Number.isNaN(last.current) ? from : last.current
      last.current = at
      panBy(((at - before) / Math.max(1, width)) * duration)
    },
  )
  return (
    <div ref={bar} aria-hidden className="relative mx-3 mt-1.5 h-2">
      {!whole && (
        <div
          className="forced-mark absolute inset-y-0 min-w-6 touch-none cursor-grab rounded-full bg-edge/50 transition-colors hover:bg-edge active:cursor-grabbing"
          style={{
            left: `${String((view.from / duration) * 100)}%`,
            width: `${String(((view.to - view.from) / duration) * 100)}%`,
          }}
          {...drag}
        />
      )}
    </div>
  )
}
