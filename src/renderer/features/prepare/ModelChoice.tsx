import { useId } from 'react'
import { useApp } from '../../app/store.ts'

/** Which model makes the take; nothing to see while there is only one. */
export function ModelChoice() {
  const id = useId()
  const providers = useApp((state) => state.providers)
  const { provider, model } = useApp((state) => state.takeSettings)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const choices = providers.flatMap(({ name, models }) => models.map((rules) => ({ name, rules })))
  if (choices.length < 2) return null
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-xs text-soft">
        Provider and model
      </label>
      <select
        id={id}
        value={`${provider} ${model}`}
        onChange={(event) => {
          const chosen = choices.find(
            ({ rules }) => `${rules.provider} ${rules.model}` === event.target.value,
          )?.rules
          if (chosen) changeTakeSettings({ provider: chosen.provider, model: chosen.model })
        }}
        className="h-8.5 w-full rounded-lg border border-line bg-raised px-2.5 text-sm"
      >
        {choices.map(({ name, rules }) => (
          <option key={`${rules.provider} ${rules.model}`} value={`${rules.provider} ${rules.model}`}>
            {name === rules.name ? name : `${name}: ${rules.name}`}
          </option>
        ))}
      </select>
    </div>
  )
}
