import { useMemo } from 'react'
import type { Pixels } from '../../../shared/units.ts'
import { placeOf, tickLabel, ticks, type View } from './view.ts'

export function Ruler({ view, width }: { readonly view: View; readonly width: Pixels }) {
  const times = useMemo(() => ticks(view, width, 72), [view, width])
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0 overflow-hidden">
      {times.map((time) => (
        <span
          key={time}
          className="tabular absolute bottom-0 h-full border-l border-line pl-1 text-[0.7rem] leading-4 text-faint"
          style={{ left: `${String(placeOf(time, view))}%` }}
        >
          {tickLabel(time, view, width)}
        </span>
      ))}
    </div>
  )
}
