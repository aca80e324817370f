import { createHash } from 'node:crypto'
import { keyCharacters, type Account } from '../../shared/domain/account.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { providerAbouts } from '../../shared/rules/providers.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { Clock, Log } from '../system/ports.ts'
import { type AdapterParts, localCadence, remoteCadence, type Provider } from '../providers/provider.ts'
import type { Network } from '../network/connect.ts'
import { isLoopbackHost, safeUrl } from '../network/addresses.ts'
import { bearer, signed } from '../providers/http/authorization.ts'
import { createHighway } from '../providers/highway/highway.ts'
import { createKlingGateway } from '../providers/kling/gateway.ts'
import { createKlingTwo } from '../providers/kling/official-2.ts'
import { createKling } from '../providers/kling/official.ts'
import { createModelsLab } from '../providers/modelslab/modelslab.ts'
import { createOxen } from '../providers/oxen/oxen.ts'
import type { RateLimiter } from '../system/scheduling.ts'
import { createHttpClient } from '../providers/http/client.ts'
import { badKeyCharacters, newerApiHasNoKey, noKeyForAccount } from './problems.ts'
import type { Keys } from './keys.ts'

/** How late a task may appear in a look-up after a submit without an answer. */
const settleRemote: Milliseconds = 15 * 60_000

export type AdaptersParts = {
  readonly network: Network
  readonly clock: Clock
  readonly log: Log
  /** From 0 to 1. */
  readonly random: () => number
  readonly pace: RateLimiter
}

const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22)

type Made = { readonly account: Account; readonly keys: Keys; readonly parts: AdapterParts }

function klingAdapter({ account, keys, parts }: Made): Outcome<Provider> {
  const { key, accessKey, secretKey } = keys
  if (account.generation === '2') {
    return key === null ? newerApiHasNoKey : ok(createKlingTwo({ ...parts, authorization: bearer(key) }))
  }
  if (key !== null) return ok(createKling({ ...parts, id: 'kling', authorization: bearer(key) }))
  if (accessKey === null || secretKey === null) return noKeyForAccount(account.name)
  const authorization = signed({ accessKey, secretKey, serverTime: parts.http.serverTime })
  return ok(createKling({ ...parts, id: 'kling', authorization }))
}

function adapterFor(made: Made, { clock }: AdaptersParts): Outcome<Provider> {
  const { account, keys, parts } = made
  if (account.provider === 'kling') return klingAdapter(made)
  const { key } = keys
  if (key === null) return noKeyForAccount(account.name)
  switch (account.provider) {
    case 'kling-gateway':
      return ok(createKlingGateway({ ...parts, key, pollPath: account.pollPath }))
    case 'oxen':
      return ok(createOxen({ ...parts, key, repository: account.repository, clock }))
    case 'modelslab':
      return ok(createModelsLab({ ...parts, key, clock }))
    case 'highway':
      return ok(createHighway({ ...parts, key }))
  }
}

/** The address of an account: the one asked for, its own, or the documented one. */
export const addressOf = (
  account: Pick<Account, 'provider' | 'baseUrl'>,
  baseUrl: string | null = null,
): string => baseUrl ?? account.baseUrl ?? providerAbouts[account.provider].addresses[0].url

/** Makes the adapter of an account, and keeps it until its settings or keys change. */
export function createAdapters(outside: AdaptersParts) {
  /** One for each account and address. New keys or settings replace it. */
  const made = new Map<string, { readonly name: string; readonly provider: Provider }>()

  return (account: Account, keys: Keys, baseUrl: string | null): Outcome<Provider> => {
    const address = addressOf(account, baseUrl)
    const place = JSON.stringify([account.id, address])
    const name = hashOf([account, keys, address])
    const known = made.get(place)
    if (known?.name === name) return ok(known.provider)
    const url = safeUrl(address, true)
    if (!url.ok) return url
    const secrets = Object.values(keys).filter((value) => value !== null)
    if (!secrets.every((secret) => keyCharacters.test(secret))) return badKeyCharacters(account.name)
    const loopback = isLoopbackHost(url.value.hostname)
    const parts: AdapterParts = {
      baseUrl: url.value,
      loopback,
      cadence: loopback ? localCadence : remoteCadence(outside.random),
      http: createHttpClient({ network: outside.network, clock: outside.clock, pace: outside.pace, secrets }),
      settle: settleRemote,
    }
    const provider = adapterFor({ account, keys, parts }, outside)
    if (!provider.ok) return provider
    const paidWith = hashOf([keys.key ?? keys.accessKey])
    const paying = { ...provider.value, paidWith, outage: parts.http.outage }
    made.set(place, { name, provider: paying })
    return ok(paying)
  }
}
