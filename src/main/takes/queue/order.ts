import type { QueuePlace, TakeQueue } from '../../../shared/domain/take-queue.ts'
import type { Timestamp } from '../../../shared/units.ts'
import { accountOf, isToBeSent } from '../attempt.ts'
import type { TakeRecord } from '../record.ts'

/** A take that has a place in the order. */
export type Member = {
  readonly id: string
  readonly account: string
  readonly agreedAt: Timestamp
  /** False while it is being sent. It keeps its place, because the provider may put it off. */
  readonly isWaiting: boolean
}

/** The place of a take in the order; null if it has none, because it is running, over or a draft. */
export function memberOf({ order, attempt }: TakeRecord): Member | null {
  const isBeingSent = attempt.state === 'INTENT' || attempt.state === 'WIRE'
  if (!isBeingSent && !isToBeSent(attempt)) return null
  return {
    id: order.id,
    account: accountOf(order),
    agreedAt: attempt.agreedAt ?? order.consent.at,
    isWaiting: !isBeingSent,
  }
}

export const isSameMember = (one: Member | null, other: Member | null): boolean =>
  one?.isWaiting === other?.isWaiting && one?.agreedAt === other?.agreedAt

const byAgreement = (one: Member, other: Member) =>
  one.agreedAt === other.agreedAt ? (one.id < other.id ? -1 : 1) : one.agreedAt < other.agreedAt ? -1 : 1

/** First the takes that the user arranged, then the others in the order they were agreed to. */
export function inOrder(
  members: ReadonlyMap<string, Member>,
  arranged: readonly string[],
): readonly Member[] {
  const first = [...new Set(arranged)].flatMap((id) => members.get(id) ?? [])
  const placed = new Set(first)
  return [...first, ...[...members.values()].filter((one) => !placed.has(one)).sort(byAgreement)]
}

/** The waiting takes, each with its place among those of its account. */
export function placesOf(order: readonly Member[]): TakeQueue['waiting'] {
  const counts = new Map<string, number>()
  return order
    .filter(({ isWaiting }) => isWaiting)
    .map(({ id, account }) => {
      const place = (counts.get(account) ?? 0) + 1
      counts.set(account, place)
      return { take: id, place }
    })
}

/** The order after a move; null if the take, or the one to put it before, doesn’t wait any more. */
export function moveIn(order: readonly Member[], id: string, to: QueuePlace): readonly string[] | null {
  const waits = (one: string) => order.some((member) => member.id === one && member.isWaiting)
  if (!waits(id)) return null
  const ids = order.map((member) => member.id)
  if (typeof to === 'object' && to.before === id) return ids
  if (typeof to === 'object' && !waits(to.before)) return null
  const others = ids.filter((one) => one !== id)
  const at = to === 'first' ? 0 : to === 'last' ? others.length : others.indexOf(to.before)
  return others.toSpliced(at, 0, id)
}
