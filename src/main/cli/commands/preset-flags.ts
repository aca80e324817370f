import { fail, ok, type Outcome } from '../../../shared/outcome.ts'
import { builtInPresets, findPreset, type Preset } from '../../../shared/domain/preset.ts'
import { modelRules } from '../../../shared/rules/models.ts'
import { selectorFlags } from '../selectors.ts'

type Flags = Readonly<Record<string, unknown>>

/** The flags with those of the preset they name beneath them; what the command line says itself counts more. */
export function withPresetFlags(flags: Flags, own: () => readonly Preset[]): Outcome<Flags> {
  const { preset: name, ...given } = flags
  if (typeof name !== 'string') return ok(flags)
  const found = findPreset([...builtInPresets(modelRules), ...own()], name)
  if (!found)
    return fail('usage', `There is no preset “${name}”.`, { advice: 'understudy presets list names them.' })
  const { provider, model, orientation, mode, keepSound, fit } = found.choices
  const asked = selectorFlags.parse(given)
  const isSameProvider = asked.provider === undefined || asked.provider === provider
  const isSameModel = isSameProvider && (asked.model === undefined || asked.model === model)
  // A mode goes with a model, and a model with its provider.
  return ok({
    orientation,
    sound: keepSound ? 'yes' : 'no',
    fit,
    ...(isSameProvider && { provider }),
    ...(isSameModel && asked.mode === undefined && { model, mode }),
    ...(isSameModel && asked.mode !== undefined && hasMode(found, asked.mode) && { model }),
    ...given,
  })
}

const hasMode = ({ choices }: Preset, mode: string) =>
  modelRules.some(
    ({ provider, model, modes }) =>
      provider === choices.provider && model === choices.model && modes.some((one) => one === mode),
  )
