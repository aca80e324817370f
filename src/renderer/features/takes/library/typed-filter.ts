import { parseFilter } from '../../../../shared/domain/take-filter.ts'
import { chipsOf, type FilterChip } from '../../../../shared/text/filter-chips.ts'

/** The chips of a filter that can be read; none of another. */
export function chipsIn(filter: string): readonly FilterChip[] {
  const parsed = parseFilter(filter)
  return parsed.ok ? chipsOf(parsed.value) : []
}

/** What is typed, and what of it became chips. */
export type TypedFilter = { readonly filter: string; readonly typedFilter: string }

const joined = (...parts: readonly string[]) => parts.join(' ').trim()

/** All that is typed becomes chips; what cannot be read stays as it is. */
export function entered({ filter, typedFilter }: TypedFilter): TypedFilter {
  const parsed = parseFilter(typedFilter)
  return parsed.ok
    ? { filter: joined(filter, ...parsed.value.map(({ text }) => text)), typedFilter: '' }
    : { filter, typedFilter }
}

/** After a key: conditions such as `stars>=4` become chips at the space after them, words only with Enter. */
export function typed({ filter }: TypedFilter, text: string): TypedFilter {
  const parsed = /\s$/.test(text) ? parseFilter(text) : null
  if (!parsed?.ok) return { filter, typedFilter: text }
  const isWord = (condition: string, part: string) => condition === 'words' && !/^-?[a-z]+:/i.test(part)
  const isOpen = (part: string) => (part.split('"').length - 1) % 2 === 1
  const done = parsed.value.filter(
    ({ condition, text: part }) => !isWord(condition.kind, part) && !isOpen(part),
  )
  if (done.length === 0) return { filter, typedFilter: text }
  const left = parsed.value.filter((part) => !done.includes(part)).map((part) => part.text)
  return {
    filter: joined(filter, ...done.map((part) => part.text)),
    typedFilter: left.length === 0 ? '' : `${left.join(' ')} `,
  }
}

/** The last chip becomes text again. */
export function takenBack({ filter, typedFilter }: TypedFilter): TypedFilter {
  const last = chipsIn(filter).at(-1)
  return last ? { filter: last.remove, typedFilter: `${last.text}${typedFilter}` } : { filter, typedFilter }
}

const boardPart = (name: string) => `board:"${name}"`

/** The board whose takes alone are shown; null where the filter says more or something else. */
export function onlyBoard(filter: string): string | null {
  const parsed = parseFilter(filter)
  const [only, ...others] = parsed.ok ? parsed.value : []
  return only && others.length === 0 && !only.isNegated && only.condition.kind === 'board'
    ? only.condition.name
    : null
}

/** The filter with this board in place of other boards; null: without any. */
export function withBoard(filter: string, name: string | null): string {
  const parsed = parseFilter(filter)
  const others = (parsed.ok ? parsed.value : [])
    .filter(({ condition }) => condition.kind !== 'board')
    .map(({ text }) => text)
  return joined(...others, ...(name === null ? [] : [boardPart(name)]))
}

/** The boards that a filter names. */
export function boardsIn(filter: string): readonly string[] {
  const parsed = parseFilter(filter)
  return (parsed.ok ? parsed.value : []).flatMap(({ condition, isNegated }) =>
    condition.kind === 'board' && !isNegated ? [condition.name] : [],
  )
}
