import {
  newAccount,
  remoteProviders,
  type Account,
  type AccountDraft,
  type AccountKeys,
  type RemoteProvider,
} from '../../shared/domain/account.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { providerAbouts } from '../../shared/rules/providers.ts'
import type { Settings } from '../../shared/domain/settings.ts'
import type { Secrets } from '../system/ports.ts'
import { safeUrl } from '../network/addresses.ts'
import {
  badAddress,
  environmentKeyFixed,
  environmentKeyElsewhere,
  keyForNewAddress,
  keyNotInEnvironment,
  noKeyForProvider,
  pairIncomplete,
  pairOnlyForKling,
  newAccountNeedsKey,
  newerApiNeedsKey,
  accountRemoved,
  takesStillOpen,
  comesFromEnvironment,
  takesAccountRemoved,
} from './problems.ts'
import { environmentId, isEnvironment, readKeys, removeKeys, writeKeys } from './keys.ts'

type SettingsPart = {
  readonly read: () => Settings
  readonly change: (change: { readonly accounts: Account[] }) => unknown
}

type Parts = {
  readonly secrets: Secrets
  readonly settings: SettingsPart
  /** A new id for an account of this provider. */
  readonly newId: (provider: RemoteProvider) => string
  readonly openTakesOf: (provider: string, account: string) => number
}

/** All accounts: those the user saved, and one for each provider with a key in the environment. */
export type AccountList = {
  readonly all: () => Promise<readonly Account[]>
  /** The account with this id. Without an id, the one of the environment, otherwise the oldest saved one. */
  readonly find: (provider: string, id: string | null) => Promise<Outcome<Account>>
  readonly byId: (id: string) => Promise<Outcome<Account>>
  readonly save: (draft: AccountDraft, keys: AccountKeys) => Promise<Outcome<Account>>
  readonly remove: (id: string) => Promise<Outcome<null>>
  /** How many tasks may run at once. Synchronous, because it is asked while takes queue. */
  readonly widthOf: (id: string | null) => number | null
}

/** The environment variables for the keys of a provider. */
export function variablesOf(provider: RemoteProvider): readonly string[] {
  const name = `UNDERSTUDY_${provider.toUpperCase().replaceAll('-', '_')}`
  return provider === 'kling' ? [`${name}_KEY`, `${name}_ACCESS_KEY`, `${name}_SECRET_KEY`] : [`${name}_KEY`]
}

const hasKeys = (keys: AccountKeys) => Object.keys(keys).length > 0

/** A key must not follow an account to another host: someone who can edit the account may not know the key. */
const goesElsewhere = (before: Account, after: Account) =>
  after.baseUrl !== null && after.baseUrl !== before.baseUrl

const isRemote = (provider: string): provider is RemoteProvider =>
  (remoteProviders as readonly string[]).includes(provider)

function unknownAccount(provider: string, id: string | null) {
  const name = isRemote(provider) ? providerAbouts[provider].name : provider
  const variable = isRemote(provider) ? variablesOf(provider)[0] : undefined
  if (id === null) return noKeyForProvider(name, String(variable))
  if (variable !== undefined && id === environmentId(provider)) return keyNotInEnvironment(name, variable)
  return takesAccountRemoved(name)
}

function checkedAddress(draft: AccountDraft): Outcome<null> {
  if (draft.baseUrl === null) return ok(null)
  const url = safeUrl(draft.baseUrl, true)
  if (!url.ok) return url
  const isBare = url.value.pathname === '/' && url.value.search === '' && url.value.hash === ''
  return isBare ? ok(null) : badAddress(url.value.origin)
}

function checkedKeys(draft: AccountDraft, keys: AccountKeys): Outcome<null> {
  const pair = [keys.accessKey, keys.secretKey].filter((value) => value !== undefined).length
  if (draft.provider !== 'kling' && pair > 0) return pairOnlyForKling
  if (pair === 1) return pairIncomplete
  if (draft.id === null && pair === 0 && keys.key === undefined) return newAccountNeedsKey
  return draft.generation === '2' && pair > 0 ? newerApiNeedsKey : ok(null)
}

export function createAccountList({ secrets, settings, newId, openTakesOf }: Parts): AccountList {
  const stored = () => settings.read().accounts

  const fromEnvironment = async (provider: RemoteProvider): Promise<Account | null> => {
    const id = environmentId(provider)
    const keys = await readKeys(secrets, { id, provider })
    if (keys.key === null && (keys.accessKey === null || keys.secretKey === null)) return null
    const adjusted = stored().find((one) => one.id === id)
    return adjusted ?? { ...newAccount(provider, providerAbouts[provider].name), id }
  }

  const all: AccountList['all'] = async () => {
    const environment = await Promise.all(remoteProviders.map(fromEnvironment))
    return [
      ...environment.filter((one) => one !== null),
      ...stored().filter((account) => !isEnvironment(account)),
    ]
  }

  const byId: AccountList['byId'] = async (id) => {
    const account = (await all()).find((one) => one.id === id)
    return account ? ok(account) : accountRemoved()
  }

  const whileInUse = (account: Account, what: string): Outcome<null> => {
    const open = openTakesOf(account.provider, account.id)
    return open === 0 ? ok(null) : takesStillOpen(open, account.name, what)
  }

  const save: AccountList['save'] = async (draft, keys) => {
    for (const checked of [checkedAddress(draft), checkedKeys(draft, keys)]) if (!checked.ok) return checked
    const before = draft.id === null ? null : await byId(draft.id)
    if (before && !before.ok) return before
    const moves =
      before !== null &&
      (before.value.baseUrl !== draft.baseUrl || before.value.generation !== draft.generation)
    if (before && moves) {
      const free = whileInUse(before.value, 'change its address')
      if (!free.ok) return free
    }
    const provider = before?.value.provider ?? draft.provider
    const account: Account = { ...draft, provider, id: draft.id ?? newId(provider) }
    if (before && isEnvironment(account) && goesElsewhere(before.value, account))
      return environmentKeyElsewhere
    if (isEnvironment(account) && hasKeys(keys)) return environmentKeyFixed
    if (before && !isEnvironment(account) && goesElsewhere(before.value, account) && !hasKeys(keys))
      return keyForNewAddress
    await writeKeys(secrets, account, keys)
    const known = stored().some((one) => one.id === account.id)
    const accounts = stored().map((one) => (one.id === account.id ? account : one))
    settings.change({ accounts: known ? accounts : [...accounts, account] })
    return ok(account)
  }

  const remove: AccountList['remove'] = async (id) => {
    const account = await byId(id)
    if (!account.ok) return account
    if (isEnvironment(account.value)) return comesFromEnvironment(variablesOf(account.value.provider))
    const free = whileInUse(account.value, 'remove the account')
    if (!free.ok) return free
    settings.change({ accounts: stored().filter((one) => one.id !== id) })
    await removeKeys(secrets, account.value)
    return ok(null)
  }

  return {
    all,
    byId,
    save,
    remove,
    find: async (provider, id) => {
      // Called for every question about a task, so it doesn’t read the keys of other providers.
      const ofProvider = stored().filter((one) => one.provider === provider && !isEnvironment(one))
      const named = ofProvider.find((one) => one.id === id)
      if (named) return ok(named)
      const environment = isRemote(provider) ? await fromEnvironment(provider) : null
      if (environment && (id === null || id === environment.id)) return ok(environment)
      const [oldest] = id === null ? ofProvider : []
      return oldest ? ok(oldest) : unknownAccount(provider, id)
    },
    widthOf: (id) => stored().find((one) => one.id === id)?.parallel ?? null,
  }
}
