import type { FoundCards, Grouping } from '../../../../shared/domain/catalogue.ts'
import { localDay, startOfDay } from '../../../../shared/domain/local-day.ts'
import { nameOfProvider } from '../../../../shared/rules/providers.ts'
import type { Milliseconds } from '../../../../shared/units.ts'
import { dateFormat } from '../../../lib/language.ts'
import { text } from './text.ts'

const thisYear = dateFormat({ weekday: 'long', day: 'numeric', month: 'long' })
const anotherYear = dateFormat({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** A day of this computer in words. */
function dayWords(day: string, now: Milliseconds): string {
  const today = new Date(now)
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (day === localDay(today)) return 'Today'
  if (day === localDay(yesterday)) return 'Yesterday'
  const made = new Date(startOfDay(day))
  const sameYear = made.getFullYear() === today.getFullYear()
  return (sameYear ? thisYear : anotherYear).format(made)
}

function groupWords(label: string, grouping: Grouping | null, now: Milliseconds): string {
  if (label === '') return text.unknown
  if (grouping === 'day') return dayWords(label, now)
  return grouping === 'provider' ? nameOfProvider(label) : label
}

export type GridRow =
  | { readonly kind: 'group'; readonly key: string; readonly words: string; readonly count: number }
  | { readonly kind: 'takes'; readonly key: string; readonly ids: readonly string[] }

type Layout = {
  readonly perRow: number
  readonly grouping: Grouping | null
  /** For which day is today. */
  readonly now: Milliseconds
}

/** What was found as rows of a grid: each group with its name, its takes in rows of so many. */
export function gridRows(
  { cards, groups }: Pick<FoundCards, 'cards' | 'groups'>,
  { perRow, grouping, now }: Layout,
): readonly GridRow[] {
  const rows: GridRow[] = []
  let from = 0
  for (const group of groups.length > 0 ? groups : [{ label: null, count: cards.length }]) {
    const { label, count } = group
    const to = from + count
    const [first] = cards.slice(from, from + 1)
    if (label !== null && first)
      rows.push({ kind: 'group', key: `of ${first.id}`, words: groupWords(label, grouping, now), count })
    for (let at = from; at < to; at += perRow) {
      const ids = cards.slice(at, Math.min(at + perRow, to)).map(({ id }) => id)
      rows.push({ kind: 'takes', key: ids[0] ?? '', ids })
    }
    from = to
  }
  return rows
}

type Place = { readonly row: number; readonly column: number }

function placeOf(rows: readonly GridRow[], id: string): Place | null {
  for (const [row, one] of rows.entries()) {
    const column = one.kind === 'takes' ? one.ids.indexOf(id) : -1
    if (column >= 0) return { row, column }
  }
  return null
}

const rowSteps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 3, PageUp: -3 }
const sideSteps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 }

/** Where a key leads from a take in the grid; null where it leads nowhere. */
export function stepInGrid(
  rows: readonly GridRow[],
  id: string,
  key: string,
): { readonly id: string; readonly row: number } | null {
  const takesRows = rows.flatMap((row, index) => (row.kind === 'takes' ? [{ index, ids: row.ids }] : []))
  const from = placeOf(rows, id)
  const at = takesRows.findIndex(({ index }) => index === from?.row)
  if (!from || at < 0) return null
  const reach = (row: number, column: number) => {
    const to = takesRows[Math.min(takesRows.length - 1, Math.max(0, row))]
    const found = to?.ids[Math.min(to.ids.length - 1, Math.max(0, column))]
    return to && found !== undefined ? { id: found, row: to.index } : null
  }
  if (key === 'Home') return reach(0, 0)
  if (key === 'End') return reach(Infinity, Infinity)
  const [down, side] = [rowSteps[key] ?? 0, sideSteps[key] ?? 0]
  if (down !== 0) return reach(at + down, from.column)
  if (side === 0) return null
  const length = takesRows[at]?.ids.length ?? 0
  const column = from.column + side
  if (column >= 0 && column < length) return reach(at, column)
  if (column < 0) return at === 0 ? reach(0, 0) : reach(at - 1, Infinity)
  return at === takesRows.length - 1 ? reach(at, column) : reach(at + 1, 0)
}
