import { dateFormat } from '../../../lib/language.ts'
import { formatSeconds, type Milliseconds } from '../../../../shared/units.ts'
import type { Take } from '../../../../shared/domain/take.ts'
import { spentOn } from '../../../../shared/rules/deducted.ts'
import { modelWords, modeWords } from '../../../lib/setting-words.ts'

/** "Kling · Kling 2.6 · Standard". */
export const madeWith = ({ settings }: Pick<Take, 'settings'>): string =>
  `${modelWords(settings)} · ${modeWords[settings.mode]}`

/** What was deducted, else what it is expected to cost: "$0.63", "≈ $0.48"; null where it is free, nothing or unknown. */
function priceWords(take: Take): string | null {
  const { amount, estimated } = spentOn(take)
  // A draft was not sent.
  if (amount === null || amount === 0 || take.state === 'DRAFT') return null
  return `${estimated ? '≈ ' : ''}$${amount.toFixed(2)}`
}

/** How long the result is, or will be, and what it costs. */
export function lengthAndPrice(take: Take): string {
  const seconds = take.result?.duration ?? take.estimate.seconds
  return [formatSeconds(seconds), priceWords(take)].filter((words) => words !== null).join(' · ')
}

const thisYear = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' })
const anotherYear = dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** The local day on which a take was made, in words. */
function dayWords(createdAt: string, now: Milliseconds): string {
  const made = new Date(createdAt)
  const today = new Date(now)
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (made.toDateString() === today.toDateString()) return 'Today'
  if (made.toDateString() === yesterday.toDateString()) return 'Yesterday'
  const sameYear = made.getFullYear() === today.getFullYear()
  return (sameYear ? thisYear : anotherYear).format(made)
}

export type DayRow =
  | { readonly kind: 'day'; readonly key: string; readonly words: string }
  | { readonly kind: 'takes'; readonly key: string; readonly ids: readonly string[] }

/** Rows of a grid: each day with its name, its takes in rows of so many. */
export function dayRows(takes: readonly Take[], perRow: number, now: Milliseconds): readonly DayRow[] {
  const rows: DayRow[] = []
  const byDay = Map.groupBy(takes, ({ createdAt }) => dayWords(createdAt, now))
  for (const [words, ofDay] of byDay) {
    rows.push({ kind: 'day', key: words, words })
    for (let at = 0; at < ofDay.length; at += perRow) {
      const ids = ofDay.slice(at, at + perRow).map(({ id }) => id)
      rows.push({ kind: 'takes', key: ids[0] ?? words, ids })
    }
  }
  return rows
}
