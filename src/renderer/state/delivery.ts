import type { HostView } from '../../shared/domain/delivery.ts'
import type { Problem } from '../../shared/outcome.ts'
import { chosenAccount } from './chosen.ts'
import type { AppState, Slice } from './store.ts'
import { desktop } from '../lib/desktop.ts'
import {
  deliveryOf,
  deliveryToSend,
  draftOf,
  type DeliveryDraft,
  type DeliveryView,
} from './prepare-delivery.ts'
import { chosenModel, chosenProvider } from './inputs.ts'

export type DeliverySlice = {
  /** The clip hosts as they stand for one account. */
  readonly hosts: {
    readonly account: string
    readonly views: readonly HostView[]
    readonly problem: Problem | null
  } | null
  /** What was chosen or typed since the start; null while the remembered choice stands. */
  readonly deliveryDraft: DeliveryDraft | null
  readonly pricesRead: readonly string[]
  readonly readHosts: (account: string) => Promise<void>
  readonly changeDelivery: (change: Partial<DeliveryDraft>) => void
  /** Drops the addresses of files that gave way to others, so that no take is paid for under an old address. */
  readonly forgetAddresses: (of: { readonly clip: boolean; readonly character: boolean }) => void
  /** Keeps the choice for the next take and the next start. */
  readonly keepDelivery: () => void
  /** Reads a price once for an account and model; it arrives with the settings, and without an answer the old one stands. */
  readonly readPriceOnce: (account: string, model: string) => Promise<void>
}

export const draftNow = ({ deliveryDraft, settings }: AppState): DeliveryDraft =>
  deliveryDraft ?? draftOf(settings.lastDelivery)

/** How the files would reach the provider as everything stands now. */
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
