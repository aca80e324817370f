import type { Finding } from '../../shared/rules/finding.ts'
import { boundOf } from '../../shared/rules/labels.ts'
import { inUnit } from '../../shared/rules/sentence.ts'
import { boundWords } from './finding-words.ts'
import { isHint } from './hints.ts'

const limitOf = (finding: Finding) => {
  if (isHint(finding)) return 'hint'
  const { limit, rule, unit } = finding
  return limit === null ? 'no limit stated' : `${boundWords[boundOf(rule)]} ${inUnit(limit, unit)}`.trim()
}

/** Measured value beside limit, as a table shows them. */
export const valuesOf = (finding: Finding): { readonly measured: string; readonly limit: string } => ({
  measured: finding.measured === null ? '–' : inUnit(finding.measured, finding.unit),
  limit: limitOf(finding),
})
