import type { ClipFacts, ClipWindow } from '../domain/media.ts'
import type { Orientation } from '../domain/take.ts'
import type { FrameRate, Seconds } from '../units.ts'
import type { ModelRules, Rule } from './rules.ts'

const limitOf = (
  rules: ModelRules,
  rule: string,
  orientation: Orientation,
  severity: Rule['severity'],
): Rule['limit'] =>
  rules.rules.find(
    (entry) =>
      entry.rule === rule &&
      entry.severity === severity &&
      (entry.orientation === undefined || entry.orientation === orientation),
  )?.limit ?? null

const asNumber = (limit: Rule['limit']) => (typeof limit === 'number' ? limit : null)

/** The limit of one rule for an orientation, where it is a plain number. */
export function numericLimit(rules: ModelRules, rule: string, orientation: Orientation): number | null {
  return asNumber(limitOf(rules, rule, orientation, 'error'))
}

/** What is only advised, where it is a plain number. */
export const wishedLimit = (rules: ModelRules, rule: string, orientation: Orientation): number | null =>
  asNumber(limitOf(rules, rule, orientation, 'warning'))

/** More frames a second than this are never sent. */
const fastestFrameRate: FrameRate = 60

/** The most frames a second that are sent. */
export const frameRateCap = (rules: ModelRules, orientation: Orientation): FrameRate =>
  Math.min(fastestFrameRate, numericLimit(rules, 'clip.frameRate', orientation) ?? fastestFrameRate)

/** The same where it is a range. */
export function rangeLimit(
  rules: ModelRules,
  rule: string,
  orientation: Orientation,
): { readonly min: number; readonly max: number } | null {
  const limit = limitOf(rules, rule, orientation, 'error')
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
