import { fail, ok, type Failure, type Outcome } from '../outcome.ts'
import { modelRules } from '../rules/models.ts'
import { nameOfProvider } from '../rules/providers.ts'
import { flags, folded, highestNumber, mostStars, oneLine, type Flag } from './marks.ts'
import { modes, terminalStates, type Mode, type TakeState } from './take.ts'

export const comparisons = ['=', '<', '<=', '>', '>='] as const
export type Comparison = (typeof comparisons)[number]

/** Where a take is, as a person asks for it. */
export const stateGroups = ['done', 'failed', 'running', 'waiting'] as const
export type StateGroup = (typeof stateGroups)[number]

const waiting: ReadonlySet<TakeState> = new Set<TakeState>(['DRAFT', 'HELD', 'NEEDS_USER'])

export function stateGroupOf(state: TakeState): StateGroup {
  if (state === 'DONE') return 'done'
  if (terminalStates.has(state)) return 'failed'
  return waiting.has(state) ? 'waiting' : 'running'
}

export const markedParts = ['name', 'note', 'stars', 'flag', 'tag', 'board'] as const
export type MarkedPart = (typeof markedParts)[number]

/** One condition of a filter. */
export type Condition =
  /** Words in this order, anywhere or in one field. `starts`: the last one may be the start of a word. */
  | {
      readonly kind: 'words'
      readonly in: 'model' | 'clip' | 'character' | null
      readonly words: string
      readonly starts: boolean
    }
  | { readonly kind: 'stars' | 'number'; readonly comparison: Comparison; readonly value: number }
  | { readonly kind: 'flag'; readonly flag: Flag | null }
  | { readonly kind: 'tag' | 'board'; readonly name: string }
  | { readonly kind: 'provider'; readonly given: string; readonly ids: readonly string[] }
  | { readonly kind: 'state'; readonly group: StateGroup }
  | { readonly kind: 'mode'; readonly mode: Mode }
  /** `before` the day begins, or `after` it began; a day of this computer, such as 2026-11-20. */
  | { readonly kind: 'before' | 'after'; readonly day: string }
  | { readonly kind: 'has'; readonly part: MarkedPart }

export type FilterPart = {
  /** As it was typed. */
  readonly text: string
  readonly isNegated: boolean
  readonly condition: Condition
}

/** All parts must be true of a take. */
export type TakeFilter = readonly FilterPart[]

export const longestFilter = 2000
/** The full-text search limits how deep a question may be. */
export const mostParts = 50

/** A part as it was typed, taken apart: `-stars>=4`, `board:"Hero"`, `"red coat"`, `red`. */
type Piece = {
  readonly text: string
  readonly isNegated: boolean
  readonly field: string | null
  readonly comparison: Comparison
  readonly value: string
  /** `open`: the quotation mark that ends it is not typed yet. */
  readonly quote: 'none' | 'closed' | 'open'
}

const piece = /(-)?(?:(#)|([a-z]+)(:(?!\/\/)|>=|<=|=|>|<))?(?:"([^"]*)("|$)|([^\s"]*))/gisu

const isComparison = (text: string): text is Comparison => comparisons.some((known) => known === text)

function piecesOf(text: string): readonly Piece[] {
  return [...text.matchAll(piece)].flatMap(
    ([all, minus, hash, field, sign = ':', quoted, end, bare = '']): readonly Piece[] =>
      all === ''
        ? []
        : [
            {
              text: all.trim(),
              isNegated: minus !== undefined,
              field: hash === undefined ? (field?.toLowerCase() ?? null) : 'number',
              comparison: isComparison(sign) ? sign : '=',
              value: (quoted ?? bare).trim(),
              quote: quoted === undefined ? 'none' : end === '"' ? 'closed' : 'open',
            },
          ],
  )
}

const refuse = ({ text }: Piece, possible: string): Failure =>
  fail('usage', `“${text}” is not a filter.`, { advice: possible })

const oneOf = <T extends string>(known: readonly T[], { value }: Piece): T | undefined =>
  known.find((one) => one === value.toLowerCase())

const listed = (words: readonly string[]) => `${words.slice(0, -1).join(', ')} or ${words.slice(-1).join('')}`

function count(kind: 'stars' | 'number', most: number, given: Piece, possible: string): Outcome<Condition> {
  const value = /^\d{1,7}$/.test(given.value) ? Number(given.value) : NaN
  return value <= most ? ok({ kind, comparison: given.comparison, value }) : refuse(given, possible)
}

const knownProviders = [...new Set(modelRules.map(({ provider }) => provider))]

/** The provider of this id or name; while that is typed, every provider that begins so. */
function provider(given: Piece): Outcome<Condition> {
  const asked = folded(given.value)
  const namesOf = (id: string) => [id, folded(nameOfProvider(id))]
  const exact = knownProviders.filter((id) => namesOf(id).includes(asked))
  const begun = knownProviders.filter((id) => namesOf(id).some((name) => name.startsWith(asked)))
  const ids = exact.length > 0 ? exact : begun
  return asked === '' || ids.length === 0
    ? refuse(given, `Possible providers: ${knownProviders.join(', ')}.`)
    : ok({ kind: 'provider', given: given.value, ids })
}

/** A calendar day that exists. */
function day(kind: 'before' | 'after', given: Piece): Outcome<Condition> {
  const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(given.value) ?? []).map(Number)
  const moment = new Date(Date.UTC(year ?? NaN, (month ?? NaN) - 1, date))
  const exists = moment.getUTCMonth() + 1 === month && moment.getUTCDate() === date
  return exists
    ? ok({ kind, day: given.value })
    : refuse(given, `Write the day as year, month and day: ${kind}:2026-11-20.`)
}

/** Letters, digits and private characters are what the full-text search sees. */
const isSearchable = (text: string) => /[\p{L}\p{N}\p{Co}]/u.test(text)

function words(field: 'model' | 'clip' | 'character' | null, given: Piece): Outcome<Condition> {
  return isSearchable(given.value)
    ? ok({ kind: 'words', in: field, words: given.value, starts: given.quote !== 'closed' })
    : refuse(given, `Write a word after it: ${field ?? ''}:dance.`)
}

function named(kind: 'tag' | 'board', given: Piece): Outcome<Condition> {
  const name = oneLine(given.value)
  return name === '' ? refuse(given, `Write a name after it: ${kind}:"Red coat".`) : ok({ kind, name })
}

const flagWords = [...flags, 'none'] as const

const fields: Readonly<Record<string, (given: Piece) => Outcome<Condition>>> = {
  stars: (given) =>
    count('stars', mostStars, given, `Compare with 0 to ${String(mostStars)}: stars>=4, stars=5, stars<3.`),
  number: (given) =>
    count('number', highestNumber, given, 'Compare with a number of a take: number:12, number>=100.'),
  flag: (given) => {
    const flag = oneOf(flagWords, given)
    if (flag === undefined) return refuse(given, `A flag is ${listed(flagWords)}.`)
    return ok({ kind: 'flag', flag: flag === 'none' ? null : flag })
  },
  tag: (given) => named('tag', given),
  board: (given) => named('board', given),
  provider,
  model: (given) => words('model', given),
  clip: (given) => words('clip', given),
  character: (given) => words('character', given),
  state: (given) => {
    const group = oneOf(stateGroups, given)
    return group ? ok({ kind: 'state', group }) : refuse(given, `A state is ${listed(stateGroups)}.`)
  },
  mode: (given) => {
    const mode = oneOf(modes, given)
    return mode ? ok({ kind: 'mode', mode }) : refuse(given, `A mode is ${listed(modes)}.`)
  },
  before: (given) => day('before', given),
  after: (given) => day('after', given),
  has: (given) => {
    const part = oneOf(markedParts, given)
    return part ? ok({ kind: 'has', part }) : refuse(given, `After has: comes ${listed(markedParts)}.`)
  },
}

/** What may come before a colon or a comparison. */
export const filterFields: readonly string[] = Object.keys(fields)

/** `null`: nothing to look for, such as a lone dash. */
function conditionOf(given: Piece): Outcome<Condition | null> {
  const { field, comparison, text } = given
  if (field === null) return isSearchable(given.value) ? words(null, given) : ok(null)
  const read = Object.hasOwn(fields, field) ? fields[field] : undefined
  if (!read) return refuse(given, `Possible filters: ${filterFields.join(', ')}.`)
  const compares = field === 'stars' || field === 'number'
  return compares || comparison === '='
    ? read(given)
    : refuse(given, `Use a colon: ${text.replace(/[<>]=?/, ':')}.`)
}

/** Reads what is typed into a search, in the window and on the command line. */
export function parseFilter(text: string): Outcome<TakeFilter> {
  if (text.length > longestFilter)
    return fail('usage', `A filter can have at most ${String(longestFilter)} characters.`)
  const parts: FilterPart[] = []
  for (const given of piecesOf(text)) {
    const condition = conditionOf(given)
    if (!condition.ok) return condition
    if (condition.value !== null)
      parts.push({ text: given.text, isNegated: given.isNegated, condition: condition.value })
  }
  return parts.length > mostParts
    ? fail('usage', `A filter can have at most ${String(mostParts)} parts.`)
    : ok(parts)
}
