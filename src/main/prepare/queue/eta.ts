import type { Fraction, Milliseconds, Seconds } from '../../../shared/units.ts'

/** Before this much is done, what is left is a guess of no use. */
const tellsFrom: Fraction = 0.02

/** How long a preparation that goes on as it did so far still takes; null while that cannot be told. */
export function etaOf(progress: Fraction | null, elapsed: Milliseconds): Seconds | null {
  if (progress === null || progress < tellsFrom || elapsed <= 0) return null
  return Math.max(0, (elapsed / 1000 / progress) * (1 - Math.min(1, progress)))
}
