import FFT from 'fft.js'
import {
  motionPerSecond,
  percentile,
  withoutNeedles,
  type MotionCurve,
} from '../../../shared/domain/motion.ts'
import type { MotionOffset } from '../../../shared/domain/offset.ts'
import type { Seconds } from '../../../shared/units.ts'

/** Samples per second. */
const rate = 60
/** The least both clips must have in common. */
const leastCommon: Seconds = 1.5
/** Neighbouring samples are alike: so many of them count as one observation. */
const samplesPerObservation = 5
/** Offsets nearer than this to the best are the same answer. */
const sameAnswer: Seconds = 0.5
/** Of a perfect correlation, of which Fisher’s z would be infinite. */
const mostR = 0.9999

/**
 * Measured with synthetic dancers: the same dance has r ≥ 0.75 and a ratio of 2 or more. Of 3,200 pairs of different
 * dances of 3 to 30 s, none reaches all three limits of `sure`; their best score with both others is 11.3. Short ones
 * reach the others by chance, so that `likely` asks for a score too.
 */
const sure = { r: 0.7, score: 12, ratio: 1.8 }
const likely = { r: 0.5, score: 7, ratio: 1.5 }

/** The strongest moves differ in strength, most of all where needles are left; this share of a clip is not cut off. */
const plainShare = 0.98

function samplesOf(curve: MotionCurve): Float64Array {
  const motion = motionPerSecond(withoutNeedles(curve), rate)
  const most = percentile(motion, plainShare)
  const mean = motion.reduce((sum, value) => sum + Math.min(most, value), 0) / motion.length
  return motion.map((value) => Math.min(most, value) - mean)
}

/** Sums of the first samples and of their squares; differences of two are those of a part. */
function runningSums(samples: Float64Array) {
  const sums = new Float64Array(samples.length + 1)
  const squares = new Float64Array(samples.length + 1)
  samples.forEach((value, at) => {
    sums[at + 1] = (sums[at] ?? 0) + value
    squares[at + 1] = (squares[at] ?? 0) + value * value
  })
  return (from: number, to: number) => ({
    sum: (sums[to] ?? 0) - (sums[from] ?? 0),
    square: (squares[to] ?? 0) - (squares[from] ?? 0),
  })
}

/** The sum of `reference[at + lag] × result[at]` for a lag. By Fourier transform, because a clip may last for hours. */
function productsOf(reference: Float64Array, result: Float64Array): (lag: number) => number {
  const size = 2 ** Math.max(2, Math.ceil(Math.log2(reference.length + result.length)))
  const fft = new FFT(size)
  const spectrumOf = (samples: Float64Array) => {
    const spectrum = new Float64Array(2 * size)
    const padded = new Float64Array(size)
    padded.set(samples)
    fft.realTransform(spectrum, padded)
    fft.completeSpectrum(spectrum)
    return spectrum
  }
  const [left, right] = [spectrumOf(reference), spectrumOf(result)]
  const product = new Float64Array(2 * size)
  for (let at = 0; at < product.length; at += 2) {
    const [a = 0, b = 0, c = 0, d = 0] = [left[at], left[at + 1], right[at], right[at + 1]]
    product[at] = a * c + b * d
    product[at + 1] = b * c - a * d
  }
  const products = new Float64Array(2 * size)
  fft.inverseTransform(products, product)
  return (lag) => products[2 * ((lag + size) % size)] ?? 0
}

type At = { readonly lag: number; readonly r: number; readonly score: number }

/** Pearson’s correlation at every lag with enough in common. */
function correlate(reference: Float64Array, result: Float64Array): readonly At[] {
  const shorter = Math.min(reference.length, result.length)
  const least = Math.max(leastCommon * rate, shorter / 2)
  const [ofReference, ofResult] = [runningSums(reference), runningSums(result)]
  const products = productsOf(reference, result)
  // Rounding of the transform must not look like motion where a part of a clip is still.
  const dust = 1e-9 * Math.sqrt(ofReference(0, reference.length).square * ofResult(0, result.length).square)
  const found: At[] = []
  for (let lag = Math.ceil(least) - result.length; lag <= reference.length - least; lag += 1) {
    const from = Math.max(0, lag)
    const count = Math.min(reference.length, result.length + lag) - from
    const x = ofReference(from, from + count)
    const y = ofResult(from - lag, from - lag + count)
    const spread = Math.sqrt(
      Math.max(0, x.square - x.sum ** 2 / count) * Math.max(0, y.square - y.sum ** 2 / count),
    )
    const r = spread > dust ? (products(lag) - (x.sum * y.sum) / count) / spread : 0
    const bounded = Math.min(mostR, Math.max(-mostR, r))
    found.push({ lag, r: bounded, score: Math.atanh(bounded) * Math.sqrt(count / samplesPerObservation) })
  }
  return found
}

/** The top of the parabola through three neighbours, −0.5 to 0.5 from the middle one. */
function topOf(before: number, middle: number, after: number): number {
  const bend = before - 2 * middle + after
  return bend < 0 ? Math.min(0.5, Math.max(-0.5, (before - after) / (2 * bend))) : 0
}

const highest = (found: readonly At[]): At | undefined =>
  found.reduce<At | undefined>((best, one) => (best && best.score >= one.score ? best : one), undefined)

function verdictOf({ r, score, ratio }: Omit<MotionOffset, 'verdict' | 'offset'>): MotionOffset['verdict'] {
  const passes = (least: typeof sure) => r >= least.r && score >= least.score && ratio >= least.ratio
  if (passes(sure)) return 'sure'
  return passes(likely) ? 'likely' : 'none'
}

/**
 * How far a result has to be moved in time so that it moves when its reference moves. With nothing to compare, or
 * nowhere else to compare with, the verdict is none.
 */
export function motionOffset(reference: MotionCurve, result: MotionCurve): MotionOffset {
  const found = correlate(samplesOf(reference), samplesOf(result))
  const best = highest(found)
  if (best === undefined || best.score <= 0)
    return { verdict: 'none', offset: 0, r: best?.r ?? 0, score: 0, ratio: 1 }
  const { lag, r, score } = best
  const elsewhere = highest(found.filter((one) => Math.abs(one.lag - lag) > sameAnswer * rate))
  // A score below 1 is chance, and no measure for another.
  const ratio = elsewhere === undefined ? 1 : score / Math.max(1, elsewhere.score)
  const at = lag - (found[0]?.lag ?? 0)
  const [before = r, after = r] = [found[at - 1]?.r, found[at + 1]?.r]
  const offset = (lag + (before <= r && after <= r ? topOf(before, r, after) : 0)) / rate
  return { verdict: verdictOf({ r, score, ratio }), offset, r, score, ratio }
}
