import { correlate, peaksOf, prominence, ratioOf } from './correlate.ts'
import type { Seconds } from '../../../shared/units.ts'

/** Steps of the envelope in a second. */
const rate = 100
/** Peaks nearer than this are one. */
const apart: Seconds = 0.1
/** Sound this far below the average is silence: its changes say nothing. */
const floor = 1e-3

/** How much louder each hundredth of a second begins than the one before: where beats and syllables start. */
function onsets(samples: Float32Array, sampleRate: number): Float32Array {
  const hop = sampleRate / rate
  const energies = Float64Array.from({ length: Math.floor(samples.length / hop) }, (_, nth) => {
    let energy = 0
    for (const value of samples.subarray(nth * hop, (nth + 1) * hop)) energy += value * value
    return energy
  })
  const quiet = (floor * energies.reduce((sum, energy) => sum + energy, 0)) / Math.max(1, energies.length)
  const levels = energies.map((energy) => Math.log(energy + quiet))
  const rises = Float32Array.from(levels, (level, nth) => Math.max(0, level - (levels[nth - 1] ?? level)))
  const mean = rises.reduce((sum, rise) => sum + rise, 0) / Math.max(1, rises.length)
  return rises.map((rise) => rise - mean)
}

export type EnvelopeMatch = {
  /** Seconds by which the result has to be moved later to match. */
  readonly offset: Seconds
  readonly z: number
  /** The highest peak in terms of the second; null without a second. */
  readonly ratio: number | null
}

/** Matches only when sounds begin, which survives another voice or pitch; good to about 10 ms. Null without a second in common. */
export function envelopeMatch(
  reference: Float32Array,
  result: Float32Array,
  sampleRate: number,
  inCommon: Seconds,
): EnvelopeMatch | null {
  const [one, other] = [onsets(reference, sampleRate), onsets(result, sampleRate)]
  const least = inCommon * rate
  if (Math.min(one.length, other.length) < least) return null
  const correlation = correlate(one, other, { from: least - other.length, to: one.length - least }, 0)
  const [first, second] = peaksOf(correlation, apart * rate, 2)
  if (first === undefined || first.height <= 0) return null
  return {
    offset: first.lag / rate,
    z: prominence(correlation, first.height),
    ratio: ratioOf(first, second),
  }
}
