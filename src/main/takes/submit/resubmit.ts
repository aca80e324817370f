import { isPractice } from '../../../shared/domain/account.ts'
import { statSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { Estimate } from '../../../shared/domain/money.ts'
import { costOf, priceOf, type Prices } from '../../../shared/rules/estimate.ts'
import { findModel } from '../../../shared/rules/models.ts'
import type { TakeState } from '../../../shared/domain/take.ts'
import { isToBeSent, type Attempt, type Order } from '../attempt.ts'
import { hasCertificate } from './certified.ts'
import type { TakeRecord } from '../record.ts'
import type { Outcome } from '../../../shared/outcome.ts'
import type { NewTake, Reached } from '../types.ts'
import type { Reach } from './admit.ts'
import { fingerprint } from './source-fingerprint.ts'

/** States from which the user may pay for a new attempt. In all others one may still be under way. */
export const mayStartOver: ReadonlySet<TakeState> = new Set<TakeState>([
  'NEEDS_USER',
  'REJECTED',
  'REMOTE_FAILED',
  'EXPIRED',
  'ABANDONED',
])

/** The cost of a new attempt at today’s price. */
export function costNow({ settings, estimate }: Order, prices: Prices): Estimate {
  const rules = findModel(settings.provider, settings.model)
  return rules ? costOf(priceOf(rules, settings.mode, prices), estimate.seconds) : estimate
}

/** The amount agreed to for an attempt that is not sent yet. */
export function unsentAmount({ order, attempt }: TakeRecord): number {
  return isToBeSent(attempt) && !isPractice(order.settings.provider)
    ? ((attempt.estimate ?? order.estimate).amount ?? 0)
    : 0
}

/** Drafts and interrupted preparations start again from the user’s own files. */
export function unpreparedSources({ order, attempt }: TakeRecord): readonly string[] {
  const begins = attempt.state === 'DRAFT' || attempt.state === 'PREPARING' || attempt.resume === 'PREPARING'
  return begins ? [order.characterPath, order.clipPath] : []
}

/**
 * The prepared files of an earlier attempt, if both are still in the library with their certificate. They are sent
 * again.
 */
export function preparedBefore(
  record: TakeRecord,
): Pick<Attempt, 'preparedClip' | 'preparedCharacter' | 'commands'> | null {
  const { preparedClip, preparedCharacter, commands } = record.attempt
  if (!preparedClip || !preparedCharacter || !hasCertificate(record)) return null
  const isThere = ({ path, bytes }: { readonly path: string; readonly bytes: number }) =>
    statSync(path, { throwIfNoEntry: false })?.size === bytes
  return isThere(preparedClip) && isThere(preparedCharacter)
    ? { preparedClip, preparedCharacter, commands }
    : null
}

type Parts = { readonly reach: (order: Reach) => Promise<Outcome<Reached>> }

const wishOf = (order: Order) => ({
  settings: order.settings,
  window: order.window,
  baseUrl: order.baseUrl,
  host: order.host,
  clipUrl: order.clipUrl,
  characterUrl: order.characterUrl,
  files: [order.characterPath, order.clipPath],
})

/** The orders with the same files, trim, settings, account and clip host as a new take. */
export async function sameOrders(
  { reach }: Parts,
  take: NewTake,
  orders: readonly Order[],
): Promise<readonly Order[]> {
  if (orders.length === 0) return []
  const reached = await reach({ settings: take.settings, ...take.route })
  if (!reached.ok) return []
  const { account, host } = reached.value
  const { baseUrl, clipUrl, characterUrl } = take.route
  const wish = {
    settings: { ...take.settings, account },
    window: take.window,
    baseUrl,
    host,
    clipUrl,
    characterUrl,
    files: [take.character, take.clip],
  } satisfies ReturnType<typeof wishOf>
  const sources = { character: await fingerprint(take.character), clip: await fingerprint(take.clip) }
  return orders.filter(
    (order) =>
      isDeepStrictEqual(wishOf(order), wish) &&
      (order.sources === undefined || isDeepStrictEqual({ ...order.sources }, sources)),
  )
}
