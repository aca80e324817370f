import type { AccountView } from '../../shared/domain/account.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { ProviderView } from '../../shared/domain/views.ts'
import type { AppState } from './store.ts'

/** The model that settings name, as far as its provider has it. */
export function findModel(
  providers: readonly ProviderView[],
  { provider, model }: Pick<TakeSettings, 'provider' | 'model'>,
): ModelRules | undefined {
  return providers.find(({ id }) => id === provider)?.models.find((rules) => rules.model === model)
}

export const accountsOf = (accounts: readonly AccountView[], provider: string): readonly AccountView[] =>
  accounts.filter(({ account }) => account.provider === provider)

/** Who pays for the next take: the account that was chosen, else the first one of its provider. */
export function chosenAccount({
  accounts,
  takeSettings,
}: Pick<AppState, 'accounts' | 'takeSettings'>): AccountView | undefined {
  const ofProvider = accounts.filter(({ account }) => account.provider === takeSettings.provider)
  return ofProvider.find(({ account }) => account.id === takeSettings.account) ?? ofProvider[0]
}
