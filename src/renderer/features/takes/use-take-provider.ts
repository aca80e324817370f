import type { ProviderView } from '../../../shared/domain/views.ts'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { useApp } from '../../state/store.ts'

export type TakeProvider = {
  readonly provider: ProviderView | undefined
  readonly model: ModelRules | undefined
}

/** The provider and the model a take was made with; undefined where this build no longer knows them. */
export function useTakeProvider({ settings }: Take): TakeProvider {
  const provider = useApp(({ providers }) => providers.find(({ id }) => id === settings.provider))
  return { provider, model: provider?.models.find(({ model }) => model === settings.model) }
}
