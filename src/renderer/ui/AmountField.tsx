import { useId, useState, type KeyboardEvent } from 'react'
import { classNames } from './class-names.ts'

export type AmountFieldProps = {
  readonly label: string
  /** Shows the label only to screen readers, where a table's heading says it already. */
  readonly labelHidden?: boolean
  readonly unit: string
  /** Null means an empty field. */
  readonly value: number | null
  /** What an empty field means. */
  readonly placeholder: string
  readonly onChange: (value: number | null) => void
}

const largest = 100_000

/** Undefined for what is no amount. */
function readAmount(text: string): number | null | undefined {
  const plain = text.trim().replace(',', '.')
  if (plain === '') return null
  const number = Number(plain)
  return Number.isFinite(number) && number >= 0 && number <= largest ? number : undefined
}

const shownOf = (value: number | null) => (value === null ? '' : String(value))

/** An amount of money that may be left empty. It is taken over with Enter or when the field is left. */
export function AmountField({
  label,
  labelHidden = false,
  unit,
  value,
  placeholder,
  onChange,
}: AmountFieldProps) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const wrong = typed !== null && readAmount(typed) === undefined

  function commit() {
    if (typed === null) return
    const amount = readAmount(typed)
    // A wrong amount stays visible until it is corrected.
    if (amount === undefined) return
    setTyped(null)
    if (amount !== value) onChange(amount)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') commit()
  }

  return (
    <div>
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className={labelHidden ? 'sr-only' : 'text-sm'}>
          {label}
        </label>
        <span
          className={classNames(
            'flex h-7.5 items-center rounded-md border bg-raised pr-2 focus-within:outline-2 focus-within:outline-accent',
            wrong ? 'border-bad' : 'border-edge',
          )}
        >
          <input
            id={id}
            inputMode="decimal"
            autoComplete="off"
            placeholder={placeholder}
            value={typed ?? shownOf(value)}
            aria-invalid={wrong}
            aria-describedby={wrong ? `${id}-problem` : undefined}
            onChange={(event) => {
              setTyped(event.target.value)
            }}
            onBlur={commit}
            onKeyDown={onKeyDown}
            className="tabular w-20 bg-transparent px-2 text-right text-sm outline-none"
          />
          <span aria-hidden className="text-xs text-faint">
            {unit}
          </span>
        </span>
      </div>
      {wrong && (
        <p id={`${id}-problem`} role="alert" className="mt-1 text-right text-xs whitespace-normal text-bad">
          Enter an amount such as 1.50, or leave the field empty.
        </p>
      )}
    </div>
  )
}
