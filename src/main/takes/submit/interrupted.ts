import { isDeepStrictEqual } from 'node:util'
import type { Outcome } from '../../../shared/outcome.ts'
import type { NewTake, Reached } from '../../core/studio-types.ts'
import type { Reach } from './admit.ts'
import type { Order } from '../order.ts'
import { fingerprint } from './source-fingerprint.ts'

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

/** The orders that ask for the very same as a take that is about to be made: files, part, settings, account and way. */
export async function sameWishes(
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
