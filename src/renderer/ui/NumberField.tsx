import { useId, useState, type KeyboardEvent } from 'react'

export type NumberFieldProps = {
  readonly label: string
  readonly unit: string
  readonly value: number
  /** What an arrow key adds or takes away. */
  readonly step: number
  readonly digits: number
  readonly onChange: (value: number) => void
}

const parse = (text: string) => Number(text.trim().replace(',', '.'))

/** A number to type. It is taken over with Enter or when the field is left, and on every arrow key. */
export function NumberField({ label, unit, value, step, digits, onChange }: NumberFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const shown = typed ?? value.toFixed(digits)

  function commit() {
    if (typed === null) return
    const number = parse(typed)
    if (typed.trim() !== '' && Number.isFinite(number)) onChange(number)
    setTyped(null)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') commit()
    if (event.key === 'Escape') setTyped(null)
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    setTyped(null)
    onChange(value + (event.key === 'ArrowUp' ? step : -step))
  }

  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="text-xs text-faint">
        {label}
      </label>
      <span className="flex h-7.5 items-center rounded-md border border-edge bg-raised pr-2 focus-within:outline-2 focus-within:outline-accent">
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          value={shown}
          onChange={(event) => {
            setTyped(event.target.value)
          }}
          onBlur={commit}
          onKeyDown={onKeyDown}
          className="tabular w-14 bg-transparent px-2 text-right text-sm outline-none"
        />
        <span aria-hidden className="text-xs text-faint">
          {unit}
        </span>
      </span>
    </div>
  )
}
