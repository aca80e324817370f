import type { AccountView } from '../../shared/domain/account.ts'
import type { ProviderView } from '../../shared/domain/views.ts'
import type { Delivery, HostId, HostView } from '../../shared/domain/delivery.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import type { Problem } from '../../shared/outcome.ts'
import { chosenAccount } from './accounts.ts'
import type { AppState, Slice } from './store.ts'
import { desktop } from '../lib/desktop.ts'
import { chosenModel, chosenProvider } from './inputs.ts'

/** The choice of a clip host in the form; an address may be half typed. */
type DeliveryDraft = {
  readonly host: HostId | null
  readonly clipUrl: string
  readonly characterUrl: string
}

const draftOf = ({ host, clipUrl, characterUrl }: Delivery): DeliveryDraft => ({
  host,
  clipUrl: clipUrl ?? '',
  characterUrl: characterUrl ?? '',
})

/** What of the draft can be remembered for the next take. */
export function deliveryOf({ host, clipUrl, characterUrl }: DeliveryDraft): Delivery {
  const kept = (text: string) => (addressProblem(text) === null ? text.trim() : null)
  return { host, clipUrl: kept(clipUrl), characterUrl: kept(characterUrl) }
}

const maxUrlLength = 8000
const onThisComputer = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Why a provider could not be sent to this address, as a sentence; null when it could. */
export function addressProblem(text: string): string | null {
  const trimmed = text.trim()
  if (trimmed === '') return 'No link is entered yet.'
  if (!URL.canParse(trimmed) || trimmed.length > maxUrlLength)
    return 'This is not a full link. Enter one that starts with https://.'
  const { protocol, hostname } = new URL(trimmed)
  if (protocol === 'https:') return null
  if (protocol === 'http:' && onThisComputer.test(hostname)) return null
  return 'The link must start with https://.'
}

type DeliveryView = {
  readonly provider: ProviderView | undefined
  readonly model: ModelRules | undefined
  readonly account: AccountView | undefined
  /** Null while the hosts of this account are being read. */
  readonly hosts: readonly HostView[] | null
  readonly draft: DeliveryDraft
}

/** The host that was chosen, as far as it can be used for this account now. */
export const usableHost = ({ hosts, draft }: Pick<DeliveryView, 'hosts' | 'draft'>): HostView | undefined =>
  hosts?.find(({ id, missing }) => id === draft.host && missing === null)

/** Ways that are private and need nothing more than they have, the quickest first. */
const usableFirst: readonly HostId[] = ['loopback', 'provider', 's3']

/** The way to offer first: what can be used at once, else the one that takes least to set up. */
export function recommendedHost(hosts: readonly HostView[]): HostId | null {
  const isUsable = (host: HostId) => hosts.some(({ id, missing }) => id === host && missing === null)
  return usableFirst.find(isUsable) ?? hosts.find(({ id }) => id === 'tunnel')?.id ?? null
}

const nowhere: Delivery = { host: null, clipUrl: null, characterUrl: null }

/** Exactly what is sent: addresses only with the host they belong to, a host only while it can be used. */
export function deliveryToSend(view: DeliveryView): Delivery {
  if (view.provider?.practice !== false) return nowhere
  const host = usableHost(view)
  if (!host) return nowhere
  if (host.id !== 'given') return { ...nowhere, host: host.id }
  const { clipUrl, characterUrl } = deliveryOf(view.draft)
  return { host: 'given', clipUrl, characterUrl: view.model?.characterBy === 'url' ? characterUrl : null }
}

function accountObstacle({ name }: ProviderView, view: AccountView | undefined): string | null {
  if (!view) return `Add an account for ${name} to use it.`
  if (view.key.state === 'none') return `The key of the account “${view.account.name}” is missing.`
  if (view.key.state === 'needed-again') return `Enter the key of the account “${view.account.name}” again.`
  return null
}

function givenObstacle({ draft, model }: DeliveryView): string | null {
  const wanted = [
    { whose: 'the clip', text: draft.clipUrl },
    ...(model?.characterBy === 'url' ? [{ whose: 'the character', text: draft.characterUrl }] : []),
  ]
  const missing = wanted.filter(({ text }) => text.trim() === '').map(({ whose }) => whose)
  if (missing.length > 0) return `Enter the link to ${missing.join(' and ')}.`
  const wrong = wanted.find(({ text }) => addressProblem(text) !== null)
  return wrong ? `A provider can’t download from the link to ${wrong.whose}.` : null
}

export const lookingForHosts = 'Looking for ways to send the files…'

/** What keeps the files from reaching the provider; null when nothing does. */
export function deliveryObstacle(view: DeliveryView): string | null {
  const { provider, hosts } = view
  if (!provider || provider.practice) return null
  const obstacle = accountObstacle(provider, view.account)
  if (obstacle !== null) return obstacle
  if (hosts === null) return lookingForHosts
  const host = usableHost(view)
  if (!host) return `Choose how ${provider.name} gets your files.`
  return host.id === 'given' ? givenObstacle(view) : null
}

export type DeliverySlice = {
  /** The clip hosts for one account. */
  readonly hosts: {
    readonly account: string
    readonly views: readonly HostView[]
    readonly problem: Problem | null
  } | null
  /** What was chosen or typed since the start; null while the remembered choice applies. */
  readonly deliveryDraft: DeliveryDraft | null
  readonly pricesRead: readonly string[]
  readonly readHosts: (account: string) => Promise<void>
  readonly changeDelivery: (change: Partial<DeliveryDraft>) => void
  /** Drops the addresses of files that gave way to others, so that no take is paid for under an old address. */
  readonly forgetAddresses: (of: { readonly clip: boolean; readonly character: boolean }) => void
  /** Keeps the choice for the next take and the next start. */
  readonly keepDelivery: () => void
  /** Reads a price once for an account and model; it arrives with the settings, and without an answer the old one stays. */
  readonly readPriceOnce: (account: string, model: string) => Promise<void>
}

export const draftNow = ({ deliveryDraft, settings }: AppState): DeliveryDraft =>
  deliveryDraft ?? draftOf(settings.lastDelivery)

/** How the files would reach the provider now. */
export function deliveryView(state: AppState): DeliveryView {
  const account = chosenAccount(state)
  const current = state.hosts?.account === account?.account.id
  return {
    provider: chosenProvider(state),
    model: chosenModel(state),
    account,
    hosts: current ? (state.hosts?.views ?? null) : null,
    draft: draftNow(state),
  }
}

/** Everything that a yes to the cost is about, as one text: what is sent, by whom and how. */
export const orderKey = (state: AppState): string =>
  JSON.stringify([
    state.character?.file,
    state.clip?.file,
    state.performedWindow(),
    state.takeSettings,
    deliveryToSend(deliveryView(state)),
  ])

export const createDeliverySlice: Slice<DeliverySlice> = (set, get) => ({
  hosts: null,
  deliveryDraft: null,
  pricesRead: [],

  readHosts: async (account) => {
    const answer = await desktop().ask['host:list']({ account })
    if (get().takeSettings.account !== account) return
    set({
      hosts: answer.ok
        ? { account, views: answer.value, problem: null }
        : { account, views: [], problem: answer.problem },
    })
  },

  changeDelivery: (change) => {
    set({ deliveryDraft: { ...draftNow(get()), ...change } })
  },

  forgetAddresses: ({ clip, character }) => {
    const { clipUrl, characterUrl } = draftNow(get())
    const gone = {
      ...(clip && clipUrl && { clipUrl: '' }),
      ...(character && characterUrl && { characterUrl: '' }),
    }
    if (Object.keys(gone).length > 0) get().changeDelivery(gone)
  },

  keepDelivery: () => {
    void get().changeSettings({ lastDelivery: deliveryOf(draftNow(get())) })
  },

  readPriceOnce: async (account, model) => {
    const key = `${account} ${model}`
    if (get().pricesRead.includes(key)) return
    set({ pricesRead: [...get().pricesRead, key] })
    const answer = await desktop().ask['price:refresh']({ account, model })
    if (!answer.ok) set({ pricesRead: get().pricesRead.filter((entry) => entry !== key) })
  },
})
