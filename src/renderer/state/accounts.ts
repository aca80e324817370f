import type { AccountView, RemoteProvider } from '../../shared/domain/account.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice, AppState } from './store.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { ProviderView } from '../../shared/domain/views.ts'

/** The parts of the accounts page. */
export type AccountSection = 'accounts' | 'clip-hosts' | 'prices' | 'spending'

export type AccountsPlace = {
  readonly section: AccountSection
  /** The provider a new account is wanted for. */
  readonly provider: RemoteProvider | null
}

/** The accounts there are, for every part of the window; a mirror, because the core owns them. */
export type AccountsSlice = {
  readonly accounts: readonly AccountView[]
  /** Where the accounts page is open; null while it is closed. */
  readonly accountsPlace: AccountsPlace | null
  readonly readAccounts: () => Promise<void>
  readonly setAccounts: (accounts: readonly AccountView[]) => void
  readonly openAccounts: (section?: AccountSection, provider?: RemoteProvider) => void
  readonly closeAccounts: () => void
}

export const createAccountsSlice: Slice<AccountsSlice> = (set, get) => ({
  accounts: [],
  accountsPlace: null,

  readAccounts: async () => {
    const answer = await desktop().ask['account:list']({})
    if (answer.ok) set({ accounts: answer.value })
    else get().tellProblem(answer.problem)
  },
  setAccounts: (accounts) => {
    set({ accounts })
  },
  openAccounts: (section = 'accounts', provider) => {
    set({ accountsPlace: { section, provider: provider ?? null } })
  },
  closeAccounts: () => {
    set({ accountsPlace: null })
  },
})

/** The model that settings name, as far as its provider has it. */
export function findModel(
  providers: readonly ProviderView[],
  { provider, model }: Pick<TakeSettings, 'provider' | 'model'>,
): ModelRules | undefined {
  return providers.find(({ id }) => id === provider)?.models.find((rules) => rules.model === model)
}

export const accountsOf = (accounts: readonly AccountView[], provider: string): readonly AccountView[] =>
  accounts.filter(({ account }) => account.provider === provider)

/** The account that pays for the next take: the chosen one, else the first one of its provider. */
export function chosenAccount({
  accounts,
  takeSettings,
}: Pick<AppState, 'accounts' | 'takeSettings'>): AccountView | undefined {
  const ofProvider = accounts.filter(({ account }) => account.provider === takeSettings.provider)
  return ofProvider.find(({ account }) => account.id === takeSettings.account) ?? ofProvider[0]
}

/** Whether an account has a key that can be used now. */
export const isKeyed = (view: AccountView | undefined): boolean =>
  view !== undefined && view.key.state !== 'none' && view.key.state !== 'needed-again'
