import { useId, useState, type KeyboardEvent } from 'react'
import type { FrameRate } from '../../../shared/units.ts'
import { classNames } from '../../ui/class-names.ts'
import { readTimecode, type Timecode, writeTimecode } from './timecode.ts'
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
import { type Performed, limitWords } from './use-performed.ts'
import { text } from './text.ts'
import { momentTolerance } from '../../../shared/units.ts'

type TypedRemark = { readonly words: string; readonly about: string }

type TimeFieldProps = {
  readonly label: string
  readonly value: string
  readonly rate: FrameRate
  /** What a remark is about, as one text: the part and its limits. A remark about another one is not shown any more. */
  readonly about: string
  /** Takes over what was typed; answers with what has to be said about what came of it. */
  readonly onTyped: (code: Timecode) => TypedRemark | null
  /** An arrow key asks for some frames more or fewer. */
  readonly onStep: (frames: number) => void
}

/** A place in the clip to type. It is taken over with Enter or when the field is left. */
function TimeField({ label, value, rate, about, onTyped, onStep }: TimeFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [kept, setNote] = useState<(TypedRemark & { readonly wrong: boolean }) | null>(null)
  const note = kept?.about === about ? kept : null

  function commit() {
    if (typed === null || typed === value) {
      setTyped(null)
      return
    }
    const read = readTimecode(typed, rate)
    if (!read.ok) {
      setNote({ words: read.message, about, wrong: true })
      return
    }
    const remark = onTyped(read.code)
    setNote(remark && { ...remark, wrong: false })
    setTyped(null)
  }
  function forget() {
    setTyped(null)
    setNote(null)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape') forget()
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    forget()
    onStep((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1))
  }

  return (
    <div className="relative flex items-center gap-1.5">
      <label htmlFor={id} className="text-xs text-faint">
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        spellCheck={false}
        value={typed ?? value}
        aria-invalid={note?.wrong === true}
        aria-describedby={note ? `${id}-note` : undefined}
        onFocus={({ target }) => {
          target.select()
        }}
        onChange={(event) => {
          setTyped(event.target.value)
          setNote(null)
        }}
        onBlur={() => {
          // Text that can't be read as a time is dropped when the field loses focus.
          if (typed !== null && !readTimecode(typed, rate).ok) forget()
          else commit()
        }}
        onKeyDown={onKeyDown}
        className="tabular h-7 w-20 rounded-lg border border-edge bg-raised px-2 text-right text-sm aria-invalid:border-bad"
      />
      {note && (
        <p
          id={`${id}-note`}
          role={note.wrong ? 'alert' : 'status'}
          className={classNames(
            'absolute bottom-full left-0 z-40 mb-1 w-64 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs shadow-float',
            note.wrong ? 'text-bad' : 'text-soft',
          )}
        >
          {note.words}
        </p>
      )}
    </div>
  )
}

/** The edge a typed place means, or why there is none. A frame's in-point is where it begins, its out-point where it ends. */
function edgeOf(code: Timecode, edges: Edges, end: 'in' | 'out'): number | string {
  const frames = frameCount(edges)
  if (code.kind === 'frame')
    return code.number > frames ? text.clipFrames(String(frames)) : code.number - (end === 'in' ? 1 : 0)
  return code.time > edgeTime(edges, frames) + momentTolerance
    ? text.clipEnd(writeTimecode(edgeTime(edges, frames)))
    : nearestEdge(edges, code.time)
}

const heldBack = (limits: WindowLimits) => `Moved to the limit: ${limitWords(limits)}`

const aboutPart = ({ from, to }: FrameSpan, { min, max }: WindowLimits) => [from, to, min, max].join(' ')

type TimeFieldsProps = {
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
      edgeTime(edges, span.from) + code.time > edgeTime(edges, frameCount(edges)) + momentTolerance
    const next = moveOut(edges, span, wanted, { ...limits, push: false })
    return goOut(wanted, false, putLength) ?? (tooLong ? remark(text.movedToEdge, next) : null)
  }

  return (
    <div className="flex shrink-0 gap-x-3">
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
