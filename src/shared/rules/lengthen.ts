import { shortFixes, type FitChoices, type ShortFix } from '../domain/fit.ts'
import type { Seconds } from '../units.ts'

/** Slower than this a motion no longer looks like one: judged by eye. */
const mostSlowed = 2.5
/** A part that is played more often than this is no performance: judged by eye. */
const mostPlays = 4

const tiny = 1e-6

/** How many times as long a part has to become. */
export const stretchOf = (length: Seconds, least: Seconds): number => least / length

const isPossible = (fix: ShortFix, stretch: number) =>
  stretch <= (fix === 'slow-down' ? mostSlowed : mostPlays) + tiny

/** The ways in which a part can be brought to the least length; none where it is long enough or far too short. */
export function waysToLengthen(length: Seconds, least: Seconds): readonly ShortFix[] {
  if (length <= 0 || length >= least - tiny) return []
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
  'slow-down': (stretch) => `played ${times(stretch)} slower`,
  boomerang: () => 'played there and back',
  loop: () => 'played again',
}

const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`

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
  if (ways.length === 0) return length < least ? ' It is too short to be lengthened.' : ''
  const refused =
    short === 'slow-down'
      ? ` Slower by ${times(stretch)} is more than the ${times(mostSlowed)} that still look right.`
      : ''
  return `${refused} If you choose so, it can be ${offer}.`
}
