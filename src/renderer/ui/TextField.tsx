import { useId } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, FieldFrame, fieldLook } from './field-parts.tsx'

export type TextFieldProps = {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: string | undefined
  readonly problem?: string | undefined
  readonly placeholder?: string
  readonly maxLength?: number
  /** Hides what is typed; never offered to be filled in or remembered. */
  readonly secret?: boolean
  readonly mono?: boolean
  readonly disabled?: boolean
  /** Where a dialog puts the focus. */
  readonly initialFocus?: boolean
}

/** One line of text. */
export function TextField({
  label,
  value,
  onChange,
  hint,
  problem,
  placeholder,
  maxLength,
  secret = false,
  mono = false,
  disabled = false,
  initialFocus = false,
}: TextFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} hint={hint} problem={problem}>
      <input
        id={id}
        type={secret ? 'password' : 'text'}
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        disabled={disabled}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={describedBy({ id, hint, problem })}
        {...(initialFocus && { 'data-initial-focus': true })}
        onChange={(event) => {
          onChange(event.target.value)
        }}
        className={classNames(fieldLook, 'border-edge', mono && 'font-mono')}
      />
    </FieldFrame>
  )
}
