import { useId } from 'react'
import { classNames } from './class-names.ts'
import { describedBy, FieldFrame, fieldLook } from './field-parts.tsx'

export type SelectFieldProps<Value extends string> = {
  readonly label: string
  /** Leaves the label to screen readers, where what is beside it says it already. */
  readonly labelHidden?: boolean
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: string | undefined
}

/** One choice out of a list that may be long; the system draws it. */
export function SelectField<Value extends string>({
  label,
  labelHidden = false,
  value,
  options,
  onChange,
  hint,
}: SelectFieldProps<Value>) {
  const id = useId()
  return (
    <FieldFrame id={id} label={label} labelHidden={labelHidden} hint={hint}>
      <select
        id={id}
        value={value}
        aria-describedby={describedBy({ id, hint })}
        onChange={(event) => {
          const option = options.find((entry) => entry.value === event.target.value)
          if (option) onChange(option.value)
        }}
        className={classNames(fieldLook, 'border-edge')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  )
}
