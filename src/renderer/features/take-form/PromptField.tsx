import { useId } from 'react'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import { useApp } from '../../state/store.ts'
import { classNames } from '../../ui/class-names.ts'
import { TextField } from '../../ui/TextField.tsx'
import { useDraft } from '../../lib/use-draft.ts'
import { chosenModel } from '../../state/inputs.ts'
import { text } from './text.ts'

type PromptFieldProps = {
  readonly field: 'prompt' | 'negativePrompt'
  readonly rows: number
  /** One line without words around it, for the bar of a small window. */
  readonly inline?: boolean
}

const words = {
  prompt: { label: 'Prompt', hint: 'Surroundings, light, style…' },
  negativePrompt: { label: 'Negative prompt', hint: 'What to avoid…' },
} as const

const asksForPrompt = (model: ModelRules | undefined) =>
  model?.rules.some(({ rule, severity }) => rule === 'prompt.required' && severity === 'error') === true

/** Words for the provider, counted against its limit. */
export function PromptField({ field, rows, inline = false }: PromptFieldProps) {
  const id = useId()
  const value = useApp((state) => state.takeSettings[field])
  const limit = useApp((state) => chosenModel(state)?.promptLimit ?? null)
  const required = useApp((state) => field === 'prompt' && asksForPrompt(chosenModel(state)))
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const { label, hint } = words[field]
  const over = limit !== null && value.length > limit
  return (
    <div>
      <div className={classNames('mb-1.5 flex items-baseline justify-between text-xs', inline && 'sr-only')}>
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
        placeholder={inline ? `${label}: ${hint}` : hint}
        aria-invalid={over}
        aria-required={required}
        onChange={(event) => {
          changeTakeSettings({ [field]: event.target.value })
        }}
        className={classNames(
          'block w-full resize-none rounded-lg border bg-raised px-3 text-sm',
          inline
            ? 'h-9 overflow-hidden py-2 leading-tight placeholder:whitespace-nowrap'
            : 'py-2 leading-relaxed',
          over ? 'border-bad' : 'border-edge',
        )}
      />
    </div>
  )
}

const maxUrlLength = 2000

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host)
}

/** The address as it was typed, where a provider could call it. */
function readAddress(text: string): string | null {
  const address = text.trim()
  if (address.length > maxUrlLength || !URL.canParse(address)) return null
  const { protocol, hostname } = new URL(address)
  const canBeCalled = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
  return canBeCalled ? address : null
}

/** Where the provider reports to besides; Understudy itself needs no call. */
export function CallbackField() {
  const callback = useApp((state) => chosenModel(state)?.callback ?? false)
  const address = useApp((state) => state.takeSettings.callbackUrl)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const draft = useDraft(address, readAddress, (callbackUrl) => {
    if (callbackUrl !== address) changeTakeSettings({ callbackUrl })
  })
  if (!callback) return null
  return (
    <TextField
      label="Callback address (optional)"
      placeholder="https://…"
      value={draft.text}
      onChange={draft.type}
      hint={text.callbackUse}
      problem={draft.wrong ? text.callbackWrong : undefined}
    />
  )
}
