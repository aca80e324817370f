import { useId } from 'react'
import { useApp } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'

export type PromptFieldProps = {
  readonly field: 'prompt' | 'negativePrompt'
  readonly label: string
  readonly hint: string
  readonly limit: number | null
  readonly rows: number
  readonly required?: boolean
}

/** Words for the provider, counted against its limit. */
export function PromptField({ field, label, hint, limit, rows, required = false }: PromptFieldProps) {
  const id = useId()
  const value = useApp((state) => state.takeSettings[field])
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const over = limit !== null && value.length > limit
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between text-xs">
        <label htmlFor={id} className="text-soft">
          {label} <span className="text-faint">({required ? 'required' : 'optional'})</span>
        </label>
        {limit !== null && (
          <output
            htmlFor={id}
            aria-label={`${String(value.length)} of ${String(limit)} characters`}
            className={classNames('tabular', over ? 'font-semibold text-bad' : 'text-faint')}
          >
            {value.length} / {limit}
          </output>
        )}
      </div>
      <textarea
        id={id}
        rows={rows}
        value={value}
        placeholder={hint}
        aria-invalid={over}
        aria-required={required}
        onChange={(event) => {
          changeTakeSettings({ [field]: event.target.value })
        }}
        className={classNames(
          'block w-full resize-none rounded-lg border bg-raised px-3 py-2 text-sm leading-relaxed',
          over ? 'border-bad' : 'border-line hover:border-edge',
        )}
      />
    </div>
  )
}
