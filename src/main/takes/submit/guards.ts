import type { Guards } from '../../../shared/domain/spend.ts'
import type { Milliseconds, Timestamp } from '../../../shared/units.ts'

const dollars = (amount: number) => `${amount.toFixed(2)} USD`

/** The user's day begins at midnight where the user is. */
export function startOfDay(now: Milliseconds): Timestamp {
  const day = new Date(now)
  day.setHours(0, 0, 0, 0)
  return day.toISOString()
}

/**
 * The limits that one more take of this amount would pass, as whole sentences. A cost that nobody knows passes every
 * limit there is: it could be anything.
 */
export function guardsPassed(
  guards: Guards,
  amount: number | null,
  spentSince: (from: Timestamp) => number,
  now: Milliseconds,
): readonly string[] {
  if (amount === 0) return []
  const { perTake, perDay, lost } = guards
  if (lost !== undefined)
    return ['Your settings could not be read, so the limits you may have set for spending are not known.']
  if (amount === null) {
    if (perTake === null && perDay === null) return []
    return ['The cost of this take is not known, so it may pass the limit you set.']
  }
  const sentences: string[] = []
  if (perTake !== null && amount > perTake)
    sentences.push(`This take costs about ${dollars(amount)}; your limit for a take is ${dollars(perTake)}.`)
  const spent = perDay === null ? 0 : spentSince(startOfDay(now))
  if (perDay !== null && spent + amount > perDay) {
    sentences.push(
      `With this take you would spend about ${dollars(spent + amount)} today; your limit for a day is ${dollars(perDay)}.`,
    )
  }
  return sentences
}
