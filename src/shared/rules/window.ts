import type { ClipFacts, ClipWindow } from '../domain/media.ts'
import { type Orientation, shortFixes, type FitChoices, type ShortFix } from '../domain/take.ts'
import { type FrameRate, type Seconds, roundingTolerance } from '../units.ts'
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

/** Slower than this a motion no longer looks like one: judged by eye. */
const mostSlowed = 2.5
/** A part that is played more often than this is no performance: judged by eye. */
const mostPlays = 4

/** How many times as long a part has to become. */
export const stretchOf = (length: Seconds, least: Seconds): number => least / length

const isPossible = (fix: ShortFix, stretch: number) =>
  stretch <= (fix === 'slow-down' ? mostSlowed : mostPlays) + roundingTolerance

/** The ways in which a part can be brought to the least length; none where it is long enough or far too short. */
export function waysToLengthen(length: Seconds, least: Seconds): readonly ShortFix[] {
  if (length <= 0 || length >= least - roundingTolerance) return []
  return shortFixes.filter((fix) => isPossible(fix, stretchOf(length, least)))
}

/** The chosen way where it is possible; null where nothing is lengthened. */
export const lengthenedBy = (
  length: Seconds,
  least: Seconds | null,
  { short }: Pick<FitChoices, 'short'>,
): ShortFix | null => waysToLengthen(length, least ?? 0).find((fix) => fix === short) ?? null

const times = (stretch: number) => `${String(Number(stretch.toFixed(2)))} times`

const offers: Readonly<Record<ShortFix, (stretch: number) => string>> = {
  'slow-down': (stretch) => `play it ${times(stretch)} slower`,
  boomerang: () => 'play it forward and backward',
  loop: () => 'repeat it',
}

const listed = (words: readonly string[]) =>
  words.length < 3 ? words.join(' or ') : `${words.slice(0, -1).join(', ')}, or ${words.at(-1) ?? ''}`

/** What can be done about a part that is too short, to follow the sentence that it is. */
export function lengthenSentence(
  length: Seconds,
  least: Seconds,
  { short }: Pick<FitChoices, 'short'>,
): string {
  const ways = waysToLengthen(length, least)
  const stretch = stretchOf(length, least)
  const offer = listed(ways.map((way) => offers[way](stretch)))
  if (short !== null && ways.includes(short)) return ''
  if (ways.length === 0) return length < least ? ' It is too short to lengthen.' : ''
  const refused =
    short === 'slow-down'
      ? ` It would have to play ${times(stretch)} slower; the limit is ${times(mostSlowed)}.`
      : ''
  return `${refused} You can choose to ${offer}.`
}
