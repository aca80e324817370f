import type { Orientation } from '../take.ts'
import type { Rule } from './rules.ts'

type Short = Pick<Rule, 'rule' | 'limit' | 'unit'> & Partial<Pick<Rule, 'severity' | 'source'>>

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
