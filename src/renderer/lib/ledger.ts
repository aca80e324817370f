import { localDay } from '../../shared/domain/local-day.ts'
import { countsFor, type SpendEntry } from '../../shared/domain/money.ts'

export type LedgerDay = {
  /** Year, month and day where the user is. */
  readonly day: string
  readonly entries: readonly SpendEntry[]
  /** What was deducted, and where that is not known what was estimated, in US dollars. */
  readonly sum: number
  /** How much of that is an estimate. */
  readonly estimated: number
  /** How many entries have an unknown cost. */
  readonly unknown: number
}

/** The ledger by the user's days, in the order it came, and summed as the limits count. */
export function ledgerDays(entries: readonly SpendEntry[]): readonly LedgerDay[] {
  const byDay = Map.groupBy(entries, ({ at }) => localDay(at))
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

/** "$3.15 today", "about $3.15 today" where some of it is an estimate; null where nothing was paid. */
export function spentWords(entries: readonly SpendEntry[], now: Date): string | null {
  const today = localDay(now)
  const [day] = ledgerDays(entries.filter(({ at }) => localDay(at) === today))
  if (!day || (day.sum === 0 && day.unknown === 0)) return null
  const about = day.estimated > 0 ? 'about ' : ''
  const known = day.sum > 0 ? [`${about}$${day.sum.toFixed(2)}`] : []
  const unknown = day.unknown > 0 ? [`${String(day.unknown)} unknown`] : []
  return `${[...known, ...unknown].join(' + ')} today`
}
