import { countsFor, type SpendEntry } from '../../../shared/domain/spend.ts'
import { localDay } from './local-day.ts'

export type LedgerDay = {
  /** Year, month and day where the user is. */
  readonly day: string
  readonly entries: readonly SpendEntry[]
  /** What was deducted, and where that is not known what was estimated, in US dollars. */
  readonly sum: number
  /** How much of that is an estimate. */
  readonly estimated: number
  /** Of how many entries nobody knows what they cost. */
  readonly unknown: number
}

/** The ledger by the user's days, in the order it came, and summed as the limits count. */
export function ledgerDays(entries: readonly SpendEntry[]): readonly LedgerDay[] {
  const byDay = Map.groupBy(entries, ({ at }) => localDay(new Date(at)))
  return [...byDay].map(([day, ofDay]) => {
    const sumOf = (entries: readonly SpendEntry[]) =>
      entries.reduce((total, entry) => total + (countsFor(entry) ?? 0), 0)
    return {
      day,
      entries: ofDay,
      sum: sumOf(ofDay),
      estimated: sumOf(ofDay.filter(({ deducted }) => deducted === null)),
      unknown: ofDay.filter((entry) => countsFor(entry) === null).length,
    }
  })
}

export const outcomeWords: Readonly<Record<SpendEntry['outcome'], string>> = {
  open: 'no final answer yet',
  refused: 'refused, nothing was made',
  failed: 'failed at the provider',
  done: 'done',
}
