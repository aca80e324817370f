import type { SpendEntry } from '../../../../shared/spend.ts'
import { localDay } from '../local-day.ts'

export type LedgerDay = {
  /** Year, month and day where the user is. */
  readonly day: string
  readonly entries: readonly SpendEntry[]
  /** The known estimates of what was done or may still be done, in US dollars. */
  readonly sum: number
  /** How many entries of that kind have no known estimate. */
  readonly unknown: number
}

/** The limits do not count these either: where nothing was made, nothing is deducted. */
/** The same as the limits count: what failed counts only where the provider took something for it. */
const counts = ({ outcome, cost }: SpendEntry) =>
  outcome === 'failed' ? Number(cost?.units ?? 0) > 0 : outcome !== 'refused'

/** The ledger by the user's days, in the order it came. */
export function ledgerDays(entries: readonly SpendEntry[]): readonly LedgerDay[] {
  const byDay = Map.groupBy(entries, ({ at }) => localDay(new Date(at)))
  return [...byDay].map(([day, ofDay]) => {
    const amounts = ofDay.filter(counts).map(({ amount }) => amount)
    return {
      day,
      entries: ofDay,
      sum: amounts.reduce<number>((total, amount) => total + (amount ?? 0), 0),
      unknown: amounts.filter((amount) => amount === null).length,
    }
  })
}

export const outcomeWords: Readonly<Record<SpendEntry['outcome'], string>> = {
  open: 'no final answer yet',
  refused: 'refused, nothing was made',
  failed: 'failed at the provider',
  done: 'done',
}
