import {
  builtInPresets,
  presetOf,
  withoutPreset,
  withPreset,
  type Preset,
} from '../../../shared/domain/preset.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import { nameOfProvider } from '../../../shared/rules/providers.ts'
import { useApp } from '../../state/store.ts'

/** The presets there are, and what can be done with them and the settings of the form. */
export function usePresets() {
  const own = useApp((state) => state.settings.presets)
  const providers = useApp((state) => state.providers)
  const takeSettings = useApp((state) => state.takeSettings)
  const changeTakeSettings = useApp((state) => state.changeTakeSettings)
  const changeSettings = useApp((state) => state.changeSettings)
  const models = providers.flatMap((provider) => provider.models)
  return {
    own,
    builtIn: builtInPresets(models),
    labelOf: ({ choices }: Preset) =>
      `${nameOfProvider(choices.provider)} · ${models.find(({ provider, model }) => provider === choices.provider && model === choices.model)?.name ?? choices.model}`,
    apply: ({ choices }: Preset) => {
      // The frame over the picture that lies here is not the preset's.
      changeTakeSettings({ ...choices, fit: { ...choices.fit, crop: takeSettings.fit.crop } })
    },
    save: async (name: string): Promise<Outcome<null>> => {
      const made = presetOf(name, takeSettings)
      if (!made.ok) return made
      const all = withPreset(own, made.value)
      if (!all.ok) return all
      await changeSettings({ presets: [...all.value] })
      return { ok: true, value: null }
    },
    remove: ({ name }: Preset) => void changeSettings({ presets: [...(withoutPreset(own, name) ?? own)] }),
  }
}
