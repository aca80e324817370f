import type { Account, AccountKeys, AccountView } from '../../shared/domain/account.ts'
import type { Secrets, Clock } from '../system/ports.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { priceKey } from '../../shared/rules/estimate.ts'
import { findModel } from '../../shared/rules/models.ts'
import {
  enteredByUser,
  type Price,
  type Settings,
  type SettingsChange,
} from '../../shared/domain/settings.ts'
import type { Provider } from '../providers/provider.ts'
import { priceMissing, pricesUnpublished } from './problems.ts'

/** The keys of one account; null where there is none. */
export type Keys = {
  readonly key: string | null
  readonly accessKey: string | null
  readonly secretKey: string | null
}

const fields = ['key', 'accessKey', 'secretKey'] as const
type Field = (typeof fields)[number]

export const environmentId = (provider: string) => `env-${provider}`
export const isEnvironment = (account: Pick<Account, 'id' | 'provider'>) =>
  account.id === environmentId(account.provider)

/** The name under which a key is saved. Accounts of the environment use the names of its variables. */
function secretName(account: Pick<Account, 'id' | 'provider'>, field: Field): string {
  if (!isEnvironment(account)) return `account.${account.id}.${field}`
  return field === 'key' ? account.provider : `${account.provider}.${field}`
}

export async function readKeys(secrets: Secrets, account: Pick<Account, 'id' | 'provider'>): Promise<Keys> {
  const [key = null, accessKey = null, secretKey = null] = await Promise.all(
    fields.map((field) => secrets.read(secretName(account, field))),
  )
  return { key, accessKey, secretKey }
}

/** Saves the given keys. A single key replaces a pair, and a pair a single key. */
export async function writeKeys(secrets: Secrets, account: Account, keys: AccountKeys): Promise<void> {
  const replaced: readonly Field[] =
    keys.key !== undefined ? ['accessKey', 'secretKey'] : keys.accessKey !== undefined ? ['key'] : []
  for (const field of replaced) await secrets.remove(secretName(account, field))
  for (const field of fields) {
    const value = keys[field]
    if (value !== undefined) await secrets.write(secretName(account, field), value)
  }
}

export async function removeKeys(secrets: Secrets, account: Account): Promise<void> {
  for (const field of fields) await secrets.remove(secretName(account, field))
}

/** The last four characters would reveal too much of a shorter key. */
const longEnoughToHint = 12

/** All that is ever shown of a key; null if even that would be too much. */
export const lastFourOf = (key: string | null): string | null =>
  key !== null && key.length >= longEnoughToHint ? key.slice(-4) : null

/** What may be shown of the keys: where they are, and the last four characters. */
export async function keyView(secrets: Secrets, account: Account): Promise<AccountView['key']> {
  const keys = await readKeys(secrets, account)
  const kind = keys.key === null && keys.accessKey !== null ? 'pair' : 'key'
  const shown = kind === 'pair' ? keys.accessKey : keys.key
  const state = await secrets.state(secretName(account, kind === 'pair' ? 'accessKey' : 'key'))
  return { kind, state, lastFour: lastFourOf(shown) }
}

type Parts = {
  readonly clock: Clock
  readonly settings: {
    readonly read: () => Settings
    readonly change: (change: SettingsChange) => unknown
  }
}

/** Reads the provider’s price per second and saves it with its date. */
export async function readPrice(
  provider: Provider,
  model: string,
  { clock, settings }: Parts,
  signal?: AbortSignal,
): Promise<Outcome<Price>> {
  const rules = findModel(provider.id, model)
  if (!provider.price || !rules) return pricesUnpublished
  const rates = await provider.price(model, signal)
  if (!rates.ok) return rates
  const asOf = new Date(clock.now()).toISOString().slice(0, 10)
  const { prices } = settings.read()
  const read = rates.value.map(
    ({ mode, perSecond }) =>
      [priceKey(rules, mode), { perSecond, asOf, source: 'read from the provider' }] as const,
  )
  const [first] = read
  if (!first) return priceMissing
  // A price entered by the user stays until the user resets it.
  const news = read.filter(([key]) => prices[key]?.source !== enteredByUser)
  settings.change({ prices: { ...prices, ...Object.fromEntries(news) } })
  return ok(first[1])
}
