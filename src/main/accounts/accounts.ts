import {
  isPractice,
  defaultParallel,
  type Account,
  type AccountView,
  type RemoteProvider,
} from '../../shared/domain/account.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { findModel } from '../../shared/rules/models.ts'
import { providerAbouts } from '../../shared/rules/providers.ts'
import type { Settings, SettingsChange } from '../../shared/domain/settings.ts'
import type { ClipHost } from '../hosting/hosts.ts'
import type { Secrets } from '../system/ports.ts'
import { safeUrl } from '../network/addresses.ts'
import { examineNetwork, whyUnreached } from '../network/examine.ts'
import { wordsOf } from '../network/unreached.ts'
import type { Provider } from '../providers/provider.ts'
import type { Order } from '../takes/attempt.ts'
import type { Accounts, Whom } from './types.ts'
import type { Reached } from '../takes/types.ts'
import type { Reach } from '../takes/submit/admit.ts'
import { createAccountList, variablesOf } from './account-list.ts'
import { addressOf, createAdapters, type AdaptersParts } from './adapters.ts'
import { createClipHosts, type ClipHostsParts } from './clip-hosts.ts'
import {
  keysForNewBucket,
  characterLinkNeeded,
  elementsUndocumented,
  keyNotTested,
  practiceIsLocal,
} from './problems.ts'
import { isEnvironment, keyView, readKeys, readPrice } from './keys.ts'

export type AccountsParts = AdaptersParts &
  Omit<ClipHostsParts, 'settings'> & {
    readonly secrets: Secrets
    readonly settings: {
      readonly read: () => Settings
      readonly change: (change: SettingsChange) => unknown
    }
    readonly newId: (provider: RemoteProvider) => string
    readonly openTakesOf: (provider: string, account: string) => number
    /** The provider on this computer. It starts when it is first used. */
    readonly practice: () => Promise<Provider>
  }

/** What the takes use. */
type Routing = {
  readonly providerOf: (order: Pick<Order, 'settings' | 'baseUrl'>) => Promise<Outcome<Provider>>
  readonly hostOf: (order: Reach) => Promise<Outcome<ClipHost>>
  readonly widthOf: (order: Pick<Order, 'settings'>) => number
  readonly byId: (account: string) => Promise<Outcome<Provider>>
  /** Every key of every account and of the bucket, to take them out of what leaves this computer. */
  readonly secretsNow: () => Promise<readonly string[]>
}

/** Practice runs on this computer. Another address or host is refused, because it would be ignored. */
function reachPractice({ baseUrl, host, clipUrl, characterUrl }: Reach): Outcome<Reached> {
  const plain = baseUrl === null && (host === null || host === 'loopback')
  if (plain && clipUrl === null && characterUrl === null) return ok({ account: null, host: 'loopback' })
  return practiceIsLocal
}

const elementsUnknown = ({ provider, model, elements }: Order['settings']) =>
  elements.length > 0 && findModel(provider, model)?.elementsInNewerApi === false

/** Accounts: where a take is sent, how its files get there, and what the user manages. */
export function createAccounts(parts: AccountsParts): Accounts & Routing {
  const { secrets, settings, openTakesOf } = parts
  const list = createAccountList(parts)
  const adapterOf = createAdapters(parts)
  const hosts = createClipHosts(parts)
  const listeners = new Set<(accounts: readonly AccountView[]) => void>()

  const providerFor = async (account: Account, baseUrl: string | null = null): Promise<Outcome<Provider>> =>
    adapterOf(account, await readKeys(secrets, account), baseUrl)

  const providerOf: Routing['providerOf'] = async ({ settings: asked, baseUrl }) => {
    if (isPractice(asked.provider)) return ok(await parts.practice())
    const account = await list.find(asked.provider, asked.account)
    return account.ok ? providerFor(account.value, baseUrl) : account
  }

  const hostOf: Routing['hostOf'] = async (order) => {
    const needsProvider = order.host === null || order.host === 'loopback' || order.host === 'provider'
    const provider = needsProvider ? await providerOf(order) : ok(null)
    if (!provider.ok) return provider
    const id = order.host === null && provider.value ? await hosts.usual(provider.value) : ok(order.host)
    if (!id.ok) return id
    return hosts.hostBy(id.value ?? 'given', provider.value)
  }

  /** Checks the user’s own links: the provider can download them, and the model has all it needs. */
  function givenAddresses(
    { settings: asked, clipUrl, characterUrl }: Reach,
    loopback: boolean,
  ): Outcome<null> {
    if (findModel(asked.provider, asked.model)?.needsCharacterUrl && characterUrl === null) {
      return characterLinkNeeded
    }
    for (const address of [clipUrl, characterUrl]) {
      const url = address === null ? null : safeUrl(address, loopback)
      if (url && !url.ok) return url
    }
    return ok(null)
  }

  const reach: Accounts['reach'] = async (order) => {
    if (isPractice(order.settings.provider)) return reachPractice(order)
    const provider = await providerOf(order)
    if (!provider.ok) return provider
    const named = await list.find(order.settings.provider, order.settings.account)
    const account = named.ok ? named.value.id : null
    if (named.ok && named.value.generation === '2' && elementsUnknown(order.settings)) {
      return elementsUndocumented
    }
    if (order.clipUrl !== null) {
      const given = givenAddresses(order, provider.value.loopback)
      return given.ok ? ok({ account, host: 'given' }) : given
    }
    const host = await hostOf(order)
    return host.ok ? ok({ account, host: host.value.id }) : host
  }

  const viewOf = async (account: Account): Promise<AccountView> => ({
    account,
    key: await keyView(secrets, account),
    fromEnvironment: isEnvironment(account),
    variables: variablesOf(account.provider),
    openTakes: openTakesOf(account.provider, account.id),
  })
  const views = async () => Promise.all((await list.all()).map(viewOf))
  const announce = async () => {
    const all = await views()
    for (const listener of listeners) listener(all)
  }

  const byId = async (id: string): Promise<Outcome<Provider>> => {
    const account = await list.byId(id)
    return account.ok ? providerFor(account.value) : account
  }

  const who = async (whom: Whom) => {
    const account = await ('account' in whom ? list.byId(whom.account) : list.find(whom.provider, null))
    if (!account.ok) return account
    const baseUrl = 'account' in whom ? null : whom.baseUrl
    const provider = await providerFor(account.value, baseUrl)
    return provider.ok
      ? ok({ provider: provider.value, address: new URL(addressOf(account.value, baseUrl)) })
      : provider
  }

  /** If a test was undecided because there is no connection, the report says what is in the way. */
  async function testAt({ provider, address }: { provider: Provider; address: URL }, signal?: AbortSignal) {
    const report = await provider.test(signal)
    const why = report.verdict === 'undecided' ? await whyUnreached(parts.network, address, signal) : null
    if (why === null) return report
    const { obstacle } = why
    return { ...report, obstacle, message: keyNotTested(wordsOf(why)) }
  }

  return {
    providerOf,
    hostOf,
    reach,
    widthOf: ({ settings: asked }) =>
      isPractice(asked.provider) ? Infinity : (list.widthOf(asked.account) ?? defaultParallel),
    byId,
    list: views,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    save: async (draft, keys) => {
      const saved = await list.save(draft, keys)
      if (!saved.ok) return saved
      await announce()
      return ok(await viewOf(saved.value))
    },
    remove: async (id) => {
      const removed = await list.remove(id)
      if (removed.ok) await announce()
      return removed
    },
    test: async (whom, signal) => {
      const one = await who(whom)
      return one.ok ? ok(await testAt(one.value, signal)) : one
    },
    examineNetwork: async (signal) => {
      const there = (await list.all()).map((account) => addressOf(account))
      const all = Object.values(providerAbouts).map(({ addresses }) => addresses[0].url)
      const bucket = await hosts.bucketAddress()
      const addresses = [...(there.length === 0 ? all : there), ...(bucket === null ? [] : [bucket])]
      return examineNetwork(parts.network, addresses, signal)
    },
    refreshPrice: async (whom, model, signal) => {
      const one = await who(whom)
      return one.ok ? readPrice(one.value.provider, model, parts, signal) : one
    },
    hosts: async (id) => {
      const provider = id === null ? ok(await parts.practice()) : await byId(id)
      return provider.ok ? ok(await hosts.views(provider.value)) : provider
    },
    bucketKeys: hosts.bucketKeys,
    secretsNow: async () => {
      const keys = await Promise.all((await list.all()).map((account) => readKeys(secrets, account)))
      const all = [...keys.flatMap((one) => Object.values(one)), ...(await hosts.secretsNow())]
      return all.filter((key) => key !== null)
    },
    testBucket: hosts.testBucket,
    saveBucket: async (bucket, keys) => {
      const endpoint = safeUrl(bucket.endpoint, true)
      if (!endpoint.ok) return endpoint
      const before = settings.read().bucket
      const moved = before !== null && before.endpoint !== bucket.endpoint
      if (moved && (keys.accessKey === undefined || keys.secretKey === undefined)) return keysForNewBucket
      settings.change({ bucket })
      if (keys.accessKey !== undefined) await secrets.write('s3.accessKey', keys.accessKey)
      if (keys.secretKey !== undefined) await secrets.write('s3.secretKey', keys.secretKey)
      return ok(null)
    },
  }
}
