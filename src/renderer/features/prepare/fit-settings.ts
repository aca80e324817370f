import type { ProviderView } from '../../../shared/contract.ts'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import type { TakeSettings } from '../../../shared/take.ts'

export function findModel(
  providers: readonly ProviderView[],
  { provider, model }: Pick<TakeSettings, 'provider' | 'model'>,
): ModelRules | undefined {
  return providers.find(({ id }) => id === provider)?.models.find((rules) => rules.model === model)
}

const kept = <T>(value: T, choices: readonly T[]): T =>
  choices.includes(value) ? value : (choices[0] ?? value)

/** What was wanted, as far as the model knows it; a model that is not there any more gives way to the first one. */
export function fitSettings(wanted: TakeSettings, providers: readonly ProviderView[]): TakeSettings {
  const model = findModel(providers, wanted) ?? providers[0]?.models[0]
  if (!model) return wanted
  return {
    ...wanted,
    provider: model.provider,
    model: model.model,
    orientation: kept(wanted.orientation, model.orientations),
    mode: kept(wanted.mode, model.modes),
    negativePrompt: model.negativePrompt ? wanted.negativePrompt : '',
    elements: model.elements ? wanted.elements : [],
    watermark: model.watermark && wanted.watermark,
    callbackUrl: model.callback ? wanted.callbackUrl : null,
  }
}
