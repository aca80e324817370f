import type { FrameRate } from '../../../shared/units.ts'
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
} from '../../state/trim-window.ts'
import { TimeField, type TypedRemark } from './TimeField.tsx'
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

const aboutPart = ({ from, to }: FrameSpan, { min, max }: WindowLimits) => [from, to, min, max].join(' ')

export type TimeFieldsProps = {
  readonly performed: Performed
  readonly rate: FrameRate
  readonly onShow: (frame: number) => void
}

/** The part in numbers, to be typed. */
export function TimeFields({ performed, rate, onShow }: TimeFieldsProps) {
  const { edges, span, limits, put, putLength } = performed
  const about = aboutPart(span, limits)
  const remark = (words: string, part = span): TypedRemark => ({ words, about: aboutPart(part, limits) })
  const goIn = (edge: number, push = true) => {
    const next = moveIn(edges, span, edge, { ...limits, push })
    put(next)
    onShow(next.from)
    return next.from === edge ? null : remark(heldBack(limits), next)
  }
  const goOut = (edge: number, push: boolean, keep = put) => {
    const next = moveOut(edges, span, edge, { ...limits, push })
    keep(next)
    onShow(next.to - 1)
    return next.to === edge ? null : remark(heldBack(limits), next)
  }
  const typed = (end: 'in' | 'out') => (code: Timecode) => {
    const edge = edgeOf(code, edges, end)
    if (typeof edge === 'string') return remark(edge)
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
    const next = moveOut(edges, span, wanted, { ...limits, push: false })
    return (
      goOut(wanted, false, putLength) ?? (tooLong ? remark('Moved as far as the clip goes.', next) : null)
    )
  }

  return (
    <div className="flex flex-wrap gap-x-5 gap-y-2">
      <TimeField
        label="In"
        value={writeTimecode(edgeTime(edges, span.from))}
        rate={rate}
        about={about}
        onTyped={typed('in')}
        onStep={(frames) => {
          goIn(span.from + frames, false)
        }}
      />
      <TimeField
        label="Out"
        value={writeTimecode(edgeTime(edges, span.to))}
        rate={rate}
        about={about}
        onTyped={typed('out')}
        onStep={(frames) => {
          goOut(span.to + frames, false)
        }}
      />
      <TimeField
        label="Length"
        value={writeTimecode(spanLength(edges, span))}
        rate={rate}
        about={about}
        onTyped={typedLength}
        onStep={(frames) => {
          goOut(span.to + frames, false)
        }}
      />
    </div>
  )
}
