import { useId, useState, type KeyboardEvent } from 'react'
import type { FrameRate } from '../../../shared/units.ts'
import { classNames } from '../../ui/class-names.ts'
import { readTimecode, type Timecode } from './timecode.ts'

export type TypedRemark = { readonly words: string; readonly about: string }

export type TimeFieldProps = {
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
export function TimeField({ label, value, rate, about, onTyped, onStep }: TimeFieldProps) {
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
    <div className="relative flex items-center gap-2">
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
          // What means nothing is not kept once one has gone on.
          if (typed !== null && !readTimecode(typed, rate).ok) forget()
          else commit()
        }}
        onKeyDown={onKeyDown}
        className="tabular h-7.5 w-24 rounded-md border border-edge bg-raised px-2 text-right text-sm aria-invalid:border-bad"
      />
      {note && (
        <p
          id={`${id}-note`}
          role={note.wrong ? 'alert' : 'status'}
          className={classNames(
            'absolute top-full left-0 z-40 mt-1 w-64 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs shadow-float',
            note.wrong ? 'text-bad' : 'text-soft',
          )}
        >
          {note.words}
        </p>
      )}
    </div>
  )
}
