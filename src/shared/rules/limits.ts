import type { Orientation } from '../domain/take.ts'
import type { Rule } from './rules.ts'

type Short = Pick<Rule, 'rule' | 'limit' | 'unit'> & Partial<Pick<Rule, 'severity' | 'source' | 'says'>>

/** When the pages behind the rules were read. */
export const rulesAsOf = '2026-11-20'

/** Writes rows of one documentation page. A row is an error unless it says otherwise. */
export const rowsFrom =
  (page: string) =>
  (short: Short, orientation?: Orientation): Rule => ({
    severity: 'error',
    source: page,
    asOf: rulesAsOf,
    ...short,
    ...(orientation && { orientation }),
  })

/**
 * A limit that the provider does not state: it is said to be unknown, and the strictest limit that a sibling documents
 * for the same model family only warns.
 */
export function unknownRows(
  page: string,
  rule: Rule['rule'],
  unit: Rule['unit'],
  sibling: { readonly limit: NonNullable<Rule['limit']>; readonly source: string },
): readonly Rule[] {
  const row = rowsFrom(page)
  return [
    row({ rule, limit: null, unit, severity: 'info' }),
    row({ rule, limit: sibling.limit, unit, severity: 'warning', source: sibling.source }),
  ]
}

/** A rule that this model has nothing to hold against, with the reason as a whole sentence. */
const nothingAsked = (page: string, rule: Rule['rule'], unit: Rule['unit'], says: string): Rule =>
  rowsFrom(page)({ rule, limit: null, unit, severity: 'info', says })

/** No page forbids cuts. All of them ask for one continuous take: what comes out shorter is paid in full. */
export const noCuts = (page: string, source: string): Rule =>
  rowsFrom(page)({ rule: 'clip.cuts', limit: 0, unit: 'cuts', severity: 'warning', source })

/** The result follows the clip; only some orientations of some services end it earlier. */
export const asLongAsPerformed = (page: string): Rule =>
  nothingAsked(page, 'output.length', 's', 'What comes out is as long as the performed part.')

export const promptIsOptional = (page: string): Rule =>
  nothingAsked(page, 'prompt.required', 'characters', 'This model performs without a prompt, too.')

/** The rows of a model that takes no library elements. */
export const noElements = (page: string): readonly Rule[] => [
  rowsFrom(page)({ rule: 'elements.count', limit: 0, unit: 'elements' }),
  nothingAsked(
    page,
    'elements.orientation',
    'format',
    'This model takes no elements, so that no orientation has to suit them.',
  ),
]
