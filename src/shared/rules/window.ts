import type { ClipFacts, ClipWindow } from '../media.ts'
import type { Orientation } from '../take.ts'
import type { Seconds } from '../units.ts'
import type { ModelRules, Rule } from './rules.ts'

const binding = (rules: ModelRules, rule: string, orientation: Orientation): Rule['limit'] =>
  rules.rules.find(
    (entry) =>
      entry.rule === rule &&
      entry.severity === 'error' &&
      (entry.orientation === undefined || entry.orientation === orientation),
  )?.limit ?? null

/** The limit of one rule for an orientation, where it is a plain number. */
export function numericLimit(rules: ModelRules, rule: string, orientation: Orientation): number | null {
  const limit = binding(rules, rule, orientation)
  return typeof limit === 'number' ? limit : null
}

/** The same where it is a range. */
export function rangeLimit(
  rules: ModelRules,
  rule: string,
  orientation: Orientation,
): { readonly min: number; readonly max: number } | null {
  const limit = binding(rules, rule, orientation)
  return limit !== null && typeof limit === 'object' && 'min' in limit ? limit : null
}

/**
 * The part of the clip that will be performed: from the in-point, cut at the end of the clip and, where no length
 * was asked for, at the orientation's limit. A length that was asked for is kept even when it breaks the limit, so
 * that the check can say so.
 */
export function performedWindow(
  facts: ClipFacts,
  asked: ClipWindow,
  rules: ModelRules,
  orientation: Orientation,
): { readonly start: Seconds; readonly length: Seconds } {
  const start = Math.min(asked.start, facts.duration)
  const left = facts.duration - start
  const limit = numericLimit(rules, 'clip.duration.max', orientation) ?? left
  return { start, length: Math.min(left, asked.length ?? limit) }
}
