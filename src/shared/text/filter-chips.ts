import type { Comparison, Condition, FilterPart, MarkedPart, TakeFilter } from '../domain/take-filter.ts'
import { nameOfProvider } from '../rules/providers.ts'

/** One part of a filter as the window shows it. */
export type FilterChip = {
  /** As it was typed. */
  readonly text: string
  readonly label: string
  /** The filter without this part. */
  readonly remove: string
}

const stars = (count: number) => (count === 1 ? '1 star' : `${String(count)} stars`)

const compared: Readonly<Record<Comparison, (value: string) => string>> = {
  '=': (value) => value,
  '<': (value) => `fewer than ${value}`,
  '<=': (value) => `at most ${value}`,
  '>': (value) => `more than ${value}`,
  '>=': (value) => `at least ${value}`,
}

const numbered: Readonly<Record<Comparison, string>> = {
  '=': 'Take',
  '<': 'Before take',
  '<=': 'Up to take',
  '>': 'After take',
  '>=': 'From take',
}

const stateLabels = { done: 'Done', failed: 'Failed', running: 'Running', waiting: 'Waiting' } as const

const parts: Readonly<Record<MarkedPart, string>> = {
  name: 'With a name',
  note: 'With a note',
  stars: 'With stars',
  flag: 'With a flag',
  tag: 'With a tag',
  board: 'On a board',
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`

function labelOf(condition: Condition): string {
  switch (condition.kind) {
    case 'words': {
      const quoted = condition.starts ? condition.words : `“${condition.words}”`
      return condition.in === null ? quoted : `${capital(condition.in)}: ${condition.words}`
    }
    case 'stars':
      return capital(compared[condition.comparison](stars(condition.value)))
    case 'number':
      return `${numbered[condition.comparison]} ${String(condition.value)}`
    case 'flag':
      return condition.flag === null ? 'No flag' : { pick: 'Picked', reject: 'Rejected' }[condition.flag]
    case 'tag':
    case 'board':
      return `${capital(condition.kind)}: ${condition.name}`
    case 'provider':
      return condition.ids.map(nameOfProvider).join(' or ')
    case 'state':
      return stateLabels[condition.group]
    case 'mode':
      return `Mode: ${condition.mode}`
    case 'before':
      return `Before ${condition.day}`
    case 'after':
      return `From ${condition.day}`
    case 'has':
      return parts[condition.part]
  }
}

/** Words of the user and names of services keep their case. */
const keepsCase = ({ kind }: Condition) => kind === 'words' || kind === 'provider'

function chipLabel({ isNegated, condition }: FilterPart): string {
  const label = labelOf(condition)
  if (!isNegated) return label
  return `Not ${keepsCase(condition) ? label : label.charAt(0).toLowerCase() + label.slice(1)}`
}

/** A filter taken apart for the window. */
export const chipsOf = (filter: TakeFilter): readonly FilterChip[] =>
  filter.map((part) => ({
    text: part.text,
    label: chipLabel(part),
    remove: filter
      .filter((other) => other !== part)
      .map(({ text }) => text)
      .join(' '),
  }))
