import { chosenModel, chosenProvider } from '../../state/inputs.ts'
import { useApp } from '../../state/store.ts'

/** "Kling · Kling 3.0", "Practice · free, on this computer". */
export function useProviderWords(): string {
  const provider = useApp(chosenProvider)
  const model = useApp((state) => chosenModel(state)?.name ?? '')
  if (!provider) return ''
  if (provider.practice) return `${provider.name} · free, on this computer`
  return model === '' || model === provider.name ? provider.name : `${provider.name} · ${model}`
}
