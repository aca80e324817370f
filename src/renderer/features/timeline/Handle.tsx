import { type KeyboardEvent, useRef } from 'react'
import {
  edgeTime,
  frameCount,
  nearestEdge,
  type Edges,
  moveIn,
  moveOut,
  type FrameSpan,
} from '../../state/trim-window.ts'
import type { Pixels } from '../../../shared/units.ts'
import { classNames } from '../../ui/class-names.ts'
import { type Performed, handleWords } from './use-performed.ts'
import { useDrag } from './use-drag.ts'
import { placeOf, type View } from './view.ts'

/** The edge that a key asks a slider to go to; null for any other key. */
export function handleSteps(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  edges: Edges,
  edge: number,
): number | null {
  const step = shiftKey ? 10 : 1
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return edge - step
    case 'ArrowRight':
    case 'ArrowUp':
      return edge + step
    case 'PageDown':
      return nearestEdge(edges, edgeTime(edges, edge) - 1)
    case 'PageUp':
      return nearestEdge(edges, edgeTime(edges, edge) + 1)
    case 'Home':
      return 0
    case 'End':
      return frameCount(edges)
    default:
      return null
  }
}

export type HandleProps = {
  readonly end: 'in' | 'out'
  readonly performed: Performed
  readonly view: View
  readonly width: Pixels
  /** Shows the frame that an end was moved to. */
  readonly onShow: (frame: number) => void
  /** Whether a limit holds the end back. */
  readonly onHeld: (held: boolean) => void
}

const ends = {
  in: {
    name: 'In-point',
    move: moveIn,
    edge: ({ from }: FrameSpan) => from,
    frame: ({ from }: FrameSpan) => from,
  },
  out: {
    name: 'Out-point',
    move: moveOut,
    edge: ({ to }: FrameSpan) => to,
    frame: ({ to }: FrameSpan) => to - 1,
  },
} as const

const timeNow = (edges: Edges, edge: number) => Number(edgeTime(edges, edge).toFixed(3))

/** One end of the performed part. It stops at the limits; with Shift it takes the other end along. */
export function Handle({ end, performed, view, width, onShow, onHeld }: HandleProps) {
  const { edges, span, limits, put } = performed
  const { name, move, edge, frame } = ends[end]
  const held = useRef('')

  const moveTo = (start: FrameSpan, wanted: number, push: boolean, gesture: string) => {
    const moved = move(edges, start, wanted, { ...limits, push })
    put(moved, gesture)
    onShow(frame(moved))
    onHeld(edge(moved) !== Math.min(Math.max(wanted, 0), frameCount(edges)))
  }
  const drag = useDrag(
    () => span,
    ({ gesture, from, at, shift }, start) => {
      if (from === at) return
      const by = ((at - from) / Math.max(1, width)) * (view.to - view.from)
      moveTo(start, nearestEdge(edges, edgeTime(edges, edge(start)) + by), shift, gesture)
    },
    () => {
      onHeld(false)
    },
  )
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted = handleSteps(event, edges, edge(span))
    if (wanted === null) return
    event.preventDefault()
    // A held key is one step of the history, as a drag is.
    if (!event.repeat) held.current = crypto.randomUUID()
    moveTo(span, wanted, false, held.current)
  }

  const place = placeOf(edgeTime(edges, edge(span)), view)
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={timeNow(edges, frameCount(edges))}
      aria-valuenow={timeNow(edges, edge(span))}
      aria-valuetext={handleWords(edges, edge(span), frame(span))}
      className={classNames(
        'forced-fill absolute inset-y-0 z-20 flex w-3 touch-none cursor-ew-resize items-center justify-center bg-accent transition-[background-color] hover:bg-accent-strong',
        end === 'in' ? '-translate-x-full rounded-l-md' : 'rounded-r-md',
        (place < -0.2 || place > 100.2) && 'invisible',
      )}
      style={{ left: `${String(place)}%` }}
      onKeyDown={onKeyDown}
      onBlur={() => {
        onHeld(false)
      }}
      {...drag}
    >
      <span aria-hidden className="h-5 w-0.5 rounded-full bg-on-accent/80 forced-colors:bg-[HighlightText]" />
    </div>
  )
}
