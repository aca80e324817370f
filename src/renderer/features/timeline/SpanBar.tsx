import { GripHorizontal } from 'lucide-react'
import { useRef, type KeyboardEvent } from 'react'
import { edgeTime, frameCount, legalOut, moveSpan, nearestEdge } from '../../state/trim-window.ts'
import { type HandleProps, handleSteps } from './Handle.tsx'
import { writeTimecode } from './timecode.ts'
import { useDrag } from './use-drag.ts'
import { placeOf } from './view.ts'
import { text } from './text.ts'

type SpanBarProps = Omit<HandleProps, 'end' | 'onHeld'>

const share = (from: number, to: number) => ({ left: `${String(from)}%`, width: `${String(to - from)}%` })

/** How far the out-point may go from the current in-point: the shortest part in full colour, up to the longest. */
function LegalZone({ performed: { edges, span, limits }, view }: Pick<SpanBarProps, 'performed' | 'view'>) {
  const { least, most } = legalOut(edges, span, limits)
  const [start, shortest, longest] = [span.from, least, most].map((edge) =>
    placeOf(edgeTime(edges, edge), view),
  )
  if (start === undefined || shortest === undefined || longest === undefined) return null
  return (
    <div
      className="absolute inset-0 overflow-hidden"
      title={text.allowedEnds(writeTimecode(edgeTime(edges, least)), writeTimecode(edgeTime(edges, most)))}
    >
      <span className="absolute inset-y-0 rounded-sm bg-accent-wash" style={share(start, longest)} />
      <span
        className="absolute inset-y-0 border-r-2 border-dashed border-accent/60"
        style={share(start, shortest)}
      />
      <span className="absolute inset-y-0 border-r-2 border-accent" style={share(start, longest)} />
    </div>
  )
}

/** The part as a whole, to be moved along the clip, on the zone that its limits allow. */
export function SpanBar({ performed, view, width, onShow }: SpanBarProps) {
  const { edges, span, limits, put } = performed
  const held = useRef('')
  const drag = useDrag(
    () => span,
    ({ gesture, from, at }, start) => {
      if (from === at) return
      const by = ((at - from) / Math.max(1, width)) * (view.to - view.from)
      const moved = moveSpan(edges, start, nearestEdge(edges, edgeTime(edges, start.from) + by), limits)
      put(moved, gesture)
      onShow(moved.from)
    },
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = handleSteps(event, edges, span.from)
    if (wanted === null) return
    event.preventDefault()
    if (!event.repeat) held.current = crypto.randomUUID()
    const moved = moveSpan(edges, span, wanted, limits)
    put(moved, held.current)
    onShow(moved.from)
  }
  const [start, end] = [edgeTime(edges, span.from), edgeTime(edges, span.to)]
  return (
    <div className="relative h-3">
      <LegalZone performed={performed} view={view} />
      <div className="absolute inset-0 overflow-hidden">
        <div
          role="slider"
          tabIndex={0}
          aria-label="Whole part"
          aria-valuemin={0}
          aria-valuemax={Number(edgeTime(edges, frameCount(edges)).toFixed(3))}
          aria-valuenow={Number(start.toFixed(3))}
          aria-valuetext={`${writeTimecode(start)} to ${writeTimecode(end)}`}
          title="Drag to move the whole part"
          className="forced-fill absolute inset-y-0 flex touch-none cursor-grab items-center justify-center rounded-sm bg-accent text-on-accent transition-[background-color] -outline-offset-2 hover:bg-accent-strong active:cursor-grabbing"
          style={share(placeOf(start, view), placeOf(end, view))}
          onKeyDown={onKeyDown}
          {...drag}
        >
          <GripHorizontal aria-hidden className="size-3 opacity-80" />
        </div>
      </div>
    </div>
  )
}
