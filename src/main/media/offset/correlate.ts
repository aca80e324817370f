import FFT from 'fft.js'

/** Lags in samples; both ends belong to it. */
type Lags = { readonly from: number; readonly to: number }

/** The value of each lag, the first at `from`. */
export type Correlation = { readonly from: number; readonly values: Float64Array }

/** Making the tables of a size takes as long as a transform, and every window has the same size. */
let kept: { readonly size: number; readonly fft: FFT } | null = null

function fftOf(size: number): FFT {
  if (kept?.size !== size) kept = { size, fft: new FFT(size) }
  return kept.fft
}

const powerOfTwo = (least: number) => 2 ** Math.max(1, Math.ceil(Math.log2(least)))

/**
 * Frequencies this far below the average are brought up no further: they are noise, or the edges of a pure tone, and
 * those of any two tones match somewhere.
 */
const audible = 0.03

/** The average amplitude in a spectrum. */
function amplitude(samples: Float32Array): number {
  let energy = 0
  for (const value of samples) energy += value * value
  return Math.sqrt(energy)
}

type Weighting = {
  /** How far each frequency is brought to the same weight. */
  readonly whitening: number
  /** Added to each amplitude of the reference and of the result. */
  readonly floors: readonly [number, number]
}

/**
 * Makes the cross spectrum, in place, from the spectrum of `reference + i · result`: the spectrum of a real signal is
 * symmetric, so both can be told apart again.
 */
function crossSpectrum(spectrum: Float64Array, size: number, { whitening, floors }: Weighting): void {
  const [referenceFloor, resultFloor] = floors
  for (let low = 0; low <= size / 2; low += 1) {
    const high = (size - low) % size
    const [a = 0, b = 0] = [spectrum[2 * low], spectrum[2 * low + 1]]
    const [c = 0, d = 0] = [spectrum[2 * high], spectrum[2 * high + 1]]
    const [x, xi] = [(a + c) / 2, (b - d) / 2]
    const [y, yi] = [(b + d) / 2, (c - a) / 2]
    const weight =
      whitening === 0
        ? 1
        : ((Math.sqrt(x * x + xi * xi) + referenceFloor) * (Math.sqrt(y * y + yi * yi) + resultFloor)) **
          -whitening
    const real = (x * y + xi * yi) * weight
    const imaginary = (xi * y - x * yi) * weight
    spectrum[2 * low] = spectrum[2 * high] = real
    spectrum[2 * low + 1] = imaginary
    spectrum[2 * high + 1] = -imaginary
  }
}

/**
 * How well `result` matches `reference` at each lag: how many samples later in the reference the same sound is.
 * `whitening` 0 is the plain correlation and 1 is the phase transform (GCC-PHAT), whose peak is sharp even where the
 * sounds differ in tone.
 */
export function correlate(
  reference: Float32Array,
  result: Float32Array,
  { from, to }: Lags,
  whitening: number,
): Correlation {
  const size = powerOfTwo(Math.max(reference.length - from, result.length + to))
  const fft = fftOf(size)
  const input = new Float64Array(2 * size)
  reference.forEach((value, nth) => {
    input[2 * nth] = value
  })
  result.forEach((value, nth) => {
    input[2 * nth + 1] = value
  })
  const spectrum = new Float64Array(2 * size)
  fft.transform(spectrum, input)
  crossSpectrum(spectrum, size, {
    whitening,
    floors: [audible * amplitude(reference), audible * amplitude(result)],
  })
  fft.inverseTransform(input, spectrum)
  const values = Float64Array.from({ length: to - from + 1 }, (_, nth) => {
    const lag = from + nth
    return input[2 * (lag < 0 ? lag + size : lag)] ?? 0
  })
  return { from, values }
}

/**
 * The energy around each lag, `half` samples to either side. A result that runs slower spreads its peak over many lags,
 * where it is lower than chance and has more energy all the same.
 */
export function smeared({ from, values }: Correlation, half: number): Correlation {
  let sum = 0
  const energies = new Float64Array(values.length)
  for (let at = -half; at < values.length; at += 1) {
    sum += (values[at + half] ?? 0) ** 2 - (values[at - half - 1] ?? 0) ** 2
    if (at >= 0) energies[at] = sum
  }
  return { from, values: energies }
}

/** A sound that begins at once has a click there, and the clicks of two sounds match each other. */
export function faded(samples: Float32Array, length: number): Float32Array {
  const soft = samples.slice()
  for (let nth = 0; nth < Math.min(length, soft.length / 2); nth += 1) {
    const gain = (1 - Math.cos((Math.PI * (nth + 0.5)) / length)) / 2
    soft[nth] = (soft[nth] ?? 0) * gain
    soft[soft.length - 1 - nth] = (soft[soft.length - 1 - nth] ?? 0) * gain
  }
  return soft
}

export type Peak = {
  /** In samples, between two of them where the top is there. */
  readonly lag: number
  readonly height: number
}

/** The top of the parabola through a sample and its neighbours. */
function topOf(values: Float64Array, at: number): number {
  const [before = 0, top = 0, after = 0] = [values[at - 1], values[at], values[at + 1]]
  const bend = before - 2 * top + after
  if (at === 0 || at === values.length - 1 || bend >= 0) return at
  return at + (before - after) / (2 * bend)
}

/** The highest peaks in order, each further than `apart` samples from those before. */
export function peaksOf({ from, values }: Correlation, apart: number, count: number): readonly Peak[] {
  const found: number[] = []
  while (found.length < count) {
    let best = -1
    for (let at = 0; at < values.length; at += 1) {
      if (best !== -1 && (values[at] ?? 0) <= (values[best] ?? 0)) continue
      if (found.every((known) => Math.abs(known - at) > apart)) best = at
    }
    if (best === -1) break
    found.push(best)
  }
  return found.map((at) => ({ lag: from + topOf(values, at), height: values[at] ?? 0 }))
}

/** The first of two peaks in terms of the second; null where that is no peak. */
export const ratioOf = (first: Peak, second: Peak | undefined): number | null =>
  second === undefined || second.height <= 0 ? null : first.height / second.height

/** How far a height stands out of all lags, in standard deviations. */
export function prominence({ values }: Correlation, height: number): number {
  let sum = 0
  let squares = 0
  for (const value of values) {
    sum += value
    squares += value * value
  }
  const mean = sum / values.length
  const deviation = Math.sqrt(Math.max(0, squares / values.length - mean * mean))
  return deviation > 0 ? (height - mean) / deviation : 0
}
