import type { AccountView, RemoteProvider } from '../../shared/domain/account.ts'
import { desktop } from '../lib/desktop.ts'
import type { Slice } from './store.ts'

/** The parts of the accounts page. */
export const accountSections = ['accounts', 'clip-hosts', 'prices', 'spending'] as const
export type AccountSection = (typeof accountSections)[number]

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
