import type { FrameRate } from '../../../../shared/units.ts'
import {
  edgeTime,
  frameCount,
  moveIn,
  moveOut,
  nearestEdge,
  spanLength,
  type Edges,
  type FrameSpan,
  type WindowLimits,
} from '../window.ts'
import { TimeField } from './TimeField.tsx'
import { writeTimecode, type Timecode } from './timecode.ts'
import type { Performed } from './use-performed.ts'
import { limitWords } from './words.ts'

/** The edge a typed place means, or why there is none. A frame's in-point is where it begins, its out-point where it ends. */
function edgeOf(code: Timecode, edges: Edges, end: 'in' | 'out'): number | string {
  const frames = frameCount(edges)
  if (code.kind === 'frame')
    return code.number > frames
      ? `The clip has ${String(frames)} frames.`
      : code.number - (end === 'in' ? 1 : 0)
  return code.time > edgeTime(edges, frames) + 0.001
    ? `The clip ends at ${writeTimecode(edgeTime(edges, frames))}.`
    : nearestEdge(edges, code.time)
}

const heldBack = (limits: WindowLimits) => `Moved as far as the limits let it: ${limitWords(limits)}`

export type TimeFieldsProps = {
  readonly performed: Performed
  readonly rate: FrameRate
  readonly onShow: (frame: number) => void
}

/** The part in numbers, to be typed. */
export function TimeFields({ performed, rate, onShow }: TimeFieldsProps) {
  const { edges, span, limits, put } = performed
  const go = (next: FrameSpan, frame: number) => {
    put(next)
    onShow(frame)
  }
  const goIn = (edge: number, push = true) => {
    const next = moveIn(edges, span, edge, { ...limits, push })
    go(next, next.from)
    return next.from === edge ? null : heldBack(limits)
  }
  const goOut = (edge: number, push: boolean) => {
    const next = moveOut(edges, span, edge, { ...limits, push })
    go(next, next.to - 1)
    return next.to === edge ? null : heldBack(limits)
  }
  const typed = (end: 'in' | 'out') => (code: Timecode) => {
    const edge = edgeOf(code, edges, end)
    if (typeof edge === 'string') return edge
    return end === 'in' ? goIn(edge) : goOut(edge, true)
  }
  const typedLength = (code: Timecode) => {
    const wanted =
      code.kind === 'frame'
        ? span.from + code.number
        : nearestEdge(edges, edgeTime(edges, span.from) + code.time)
    const tooLong =
      code.kind === 'time' &&
      edgeTime(edges, span.from) + code.time > edgeTime(edges, frameCount(edges)) + 0.001
    return goOut(wanted, false) ?? (tooLong ? 'Moved as far as the clip goes.' : null)
  }

  return (
    <div className="flex flex-wrap gap-x-5 gap-y-2">
      <TimeField
        label="In"
        value={writeTimecode(edgeTime(edges, span.from))}
        rate={rate}
        onTyped={typed('in')}
        onStep={(frames) => {
          goIn(span.from + frames, false)
        }}
      />
      <TimeField
        label="Out"
        value={writeTimecode(edgeTime(edges, span.to))}
        rate={rate}
        onTyped={typed('out')}
        onStep={(frames) => {
          goOut(span.to + frames, false)
        }}
      />
      <TimeField
        label="Length"
        value={writeTimecode(spanLength(edges, span))}
        rate={rate}
        onTyped={typedLength}
        onStep={(frames) => {
          goOut(span.to + frames, false)
        }}
      />
    </div>
  )
}
