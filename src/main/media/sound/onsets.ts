/** How much louder than everything shortly before a sound has to begin, in energy. */
const rise = 4
/** Seconds that are listened to at once, and seconds before them that they are compared with. */
const step = 0.001
const before = 0.02
/** Mean square of the difference between neighbouring samples; −70 dB below full scale. */
const inaudible = 1e-7

type Onset = { readonly at: number; readonly strength: number }

/** The first sample of a step that is half as steep as its steepest: a step is too coarse at a tenth of the speed. */
function firstSteep(slopes: Float32Array, from: number, to: number): number {
  let steepest = 0
  for (let at = from; at < to; at += 1) steepest = Math.max(steepest, slopes[at] ?? 0)
  for (let at = from; at < to; at += 1) if ((slopes[at] ?? 0) * 4 >= steepest) return at
  return from
}

/**
 * Where clicks, beats and consonants begin: samples at which much louder sound follows quieter one. `apart` is the
 * least distance of two, in samples; of those that are nearer to each other the most sudden ones are kept.
 */
export function findOnsets(mono: Float32Array, rate: number, apart: number): readonly number[] {
  const length = Math.max(1, Math.round(step * rate))
  const compared = Math.round(before / step)
  // The difference favours high tones: they begin suddenly, low ones do not.
  const slopes = new Float32Array(mono.length)
  for (let at = 1; at < mono.length; at += 1) slopes[at] = ((mono[at] ?? 0) - (mono[at - 1] ?? 0)) ** 2
  const count = Math.floor(mono.length / length)
  const energy = new Float64Array(count)
  for (let nth = 0; nth < count; nth += 1) {
    let sum = 0
    for (let at = nth * length; at < (nth + 1) * length; at += 1) sum += slopes[at] ?? 0
    energy[nth] = sum / length
  }
  const found: Onset[] = []
  for (let nth = 1; nth < count; nth += 1) {
    let loudest = inaudible
    for (let at = Math.max(0, nth - compared); at < nth; at += 1) loudest = Math.max(loudest, energy[at] ?? 0)
    const strength = (energy[nth] ?? 0) / loudest
    if (strength > rise) found.push({ at: firstSteep(slopes, nth * length, (nth + 1) * length), strength })
  }
  const kept: number[] = []
  for (const { at } of found.sort((left, right) => right.strength - left.strength))
    if (kept.every((other) => Math.abs(other - at) >= apart)) kept.push(at)
  return kept.sort((left, right) => left - right)
}
