import type { Grouping, TakeCard, TakeOrder } from '../../../shared/domain/catalogue.ts'
import { startOfDay } from '../../../shared/domain/local-day.ts'
import { folded } from '../../../shared/domain/marks.ts'
import { stateGroupOf, type Condition, type TakeFilter } from '../../../shared/domain/take-filter.ts'
import { takeStates } from '../../../shared/domain/take.ts'
import type { Clause, TakeWords } from './take-words.ts'
import type { Prepare } from './tables.ts'

export type Search = {
  readonly filter: TakeFilter
  readonly order: TakeOrder
  readonly group: Exclude<Grouping, 'day'> | null
}

/** A card and what it is grouped by; takes of the same `key` belong together. */
export type FoundCard = TakeCard & { readonly key: string; readonly label: string }

export type SearchRows = {
  /** The cards for which the filter is true. */
  readonly search: (asked: Search) => readonly FoundCard[]
}

const marked = {
  name: 'cards.name IS NOT NULL',
  note: "cards.note <> ''",
  stars: 'cards.stars > 0',
  flag: 'cards.flag IS NOT NULL',
  tag: 'EXISTS (SELECT 1 FROM tags WHERE tags.take = cards.take)',
  board: 'EXISTS (SELECT 1 FROM board_takes WHERE board_takes.take = cards.take)',
} as const

const oneOf = (column: string, values: readonly string[]): Clause => ({
  sql: `cards.${column} IN (${values.map(() => '?').join(', ')})`,
  values,
})

function clauseOf(condition: Condition, words: TakeWords): Clause {
  switch (condition.kind) {
    case 'words':
      return words.clause(condition)
    case 'stars':
    case 'number':
      // Both are words of the program: one of a few columns, one of five signs.
      return { sql: `cards.${condition.kind} ${condition.comparison} ?`, values: [condition.value] }
    case 'flag':
      return condition.flag === null
        ? { sql: 'cards.flag IS NULL', values: [] }
        : { sql: 'cards.flag IS ?', values: [condition.flag] }
    case 'tag':
      return {
        sql: 'cards.take IN (SELECT take FROM tags WHERE folded = ?)',
        values: [folded(condition.name)],
      }
    case 'board':
      return {
        sql: `cards.take IN (SELECT take FROM board_takes WHERE board IN (SELECT id FROM boards WHERE folded = ?))`,
        values: [folded(condition.name)],
      }
    case 'provider':
      return oneOf('provider', condition.ids)
    case 'state':
      return oneOf(
        'state',
        takeStates.filter((state) => stateGroupOf(state) === condition.group),
      )
    case 'mode':
      return oneOf('mode', [condition.mode])
    case 'before':
      return { sql: 'cards.created < ?', values: [startOfDay(condition.day)] }
    case 'after':
      return { sql: 'cards.created >= ?', values: [startOfDay(condition.day)] }
    case 'has':
      return { sql: marked[condition.part], values: [] }
  }
}

const ordered: Readonly<Record<TakeOrder, string>> = {
  newest: 'cards.number DESC',
  oldest: 'cards.number',
  stars: 'cards.stars DESC, cards.number DESC',
  name: 'COALESCE(cards.name, cards.clip) COLLATE NOCASE, cards.number DESC',
}

/** The same content under another name is the same clip; older takes only know its name. */
const grouped = {
  clip: ['COALESCE(cards.clip_content, cards.clip)', 'cards.clip'],
  character: ['COALESCE(cards.character_content, cards.character)', 'cards.character'],
  provider: ['cards.provider', 'cards.provider'],
} as const

const readCard = (row: Record<string, unknown>): FoundCard => ({
  id: row['id'] as string,
  number: row['number'] as number,
  createdAt: row['created'] as string,
  state: row['state'] as TakeCard['state'],
  stars: row['stars'] as number,
  flag: row['flag'] as TakeCard['flag'],
  ratio: row['ratio'] as number | null,
  key: row['key'] as string,
  label: row['label'] as string,
})

const notInTrash = 'cards.take NOT IN (SELECT take FROM trash)'

export function searchRows(prepare: Prepare, words: TakeWords): SearchRows {
  return {
    search: ({ filter, order, group }) => {
      const clauses = filter.map(({ isNegated, condition }): Clause => {
        const { sql, values } = clauseOf(condition, words)
        return { sql: isNegated ? `NOT (${sql})` : sql, values }
      })
      const where = [notInTrash, ...clauses.map(({ sql }) => sql)].join(' AND ')
      const [key, label] = group === null ? ["''", "''"] : grouped[group]
      return prepare(
        `SELECT take AS id, number, created, state, stars, flag, ratio, ${key} AS key, ${label} AS label
         FROM cards WHERE ${where} ORDER BY ${ordered[order]}`,
      )
        .all(...clauses.flatMap(({ values }) => values))
        .map(readCard)
    },
  }
}
