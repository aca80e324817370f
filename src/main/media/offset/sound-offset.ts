import type { SoundOffset, Soundless } from '../../../shared/domain/offset.ts'
import type { Seconds } from '../../../shared/units.ts'
import {
  correlate,
  faded,
  peaksOf,
  prominence,
  ratioOf,
  smeared,
  type Correlation,
  type Peak,
} from './correlate.ts'
import { envelopeMatch, type EnvelopeMatch } from './envelope.ts'
import { compareWindows, loudness, silence, type SoundPair, type WindowsAgree } from './windows.ts'

/** Between plain correlation, which follows the loudest tone, and the phase transform, which follows noise as well. */
const whitening = 0.8
/** Less than this in common proves nothing. */
const inCommon: Seconds = 1

/** Measured: the same sound reaches at least 19, different sounds at most 6.3. */
const clearZ = 15
/** The part of all windows that has to agree, and how far from the line they may be where the result runs slower. */
const mostWindows = 0.6
const steady: Seconds = 0.01
/** Another peak this high fits almost as well, as in music that repeats; nearer ones are echoes. */
const rival = 0.5
const apart: Seconds = 0.5
const mostCandidates = 4
/** Of the ends of both. */
const fade: Seconds = 0.1

/**
 * A slower run: half the width in which the energy is added up, and what it has to reach. Measured: at least 9.5 where
 * the result runs 0.1 to 1 % slower, at most 6.8 with different sounds, whose windows are never in one line.
 */
const smear: Seconds = 0.02
const smearedZ = 9
const smearedRival = 0.8
const manyWindows = 6
const nearlyAll = 0.8
const mostSlope = 0.03

const envelopeZ = 9
const envelopeRatio = 1.5
/** A slower run below this is off by 8 ms at either end of half a minute. */
const leastSlope = 0.0005

const rounded = (value: number, digits: number) => Number(value.toFixed(digits))
const shownRatio = (ratio: number | null) => ratio && rounded(ratio, 2)

const nothing: SoundOffset = {
  verdict: 'none',
  offset: null,
  slope: 0,
  candidates: [],
  z: 0,
  ratio: null,
  windows: 0,
  agreeing: 0,
  envelope: null,
  soundless: null,
}

export const soundless = (why: Soundless): SoundOffset => ({ ...nothing, soundless: why })

function withEnvelope(measured: SoundOffset, envelope: EnvelopeMatch | null): SoundOffset {
  if (envelope === null) return measured
  const { offset, z, ratio } = envelope
  const seen = {
    ...measured,
    envelope: { offset: rounded(offset, 4), z: rounded(z, 1), ratio: shownRatio(ratio) },
  }
  if (z < envelopeZ || (ratio ?? Infinity) < envelopeRatio) return seen
  return { ...seen, verdict: 'likely', offset: seen.envelope.offset, candidates: [seen.envelope.offset] }
}

const doAgree = ({ agreeing, windows, slope, residual }: WindowsAgree): boolean =>
  agreeing >= mostWindows * windows &&
  Math.abs(slope) <= mostSlope &&
  (Math.abs(slope) <= leastSlope || residual <= steady)

/** What only many windows in line can prove: the same sound, which runs slower or faster. */
function drifting(pair: SoundPair, correlation: Correlation): WindowsAgree | null {
  const energies = smeared(correlation, Math.round(smear * pair.rate))
  const [first, second] = peaksOf(energies, apart * pair.rate, 2)
  if (first === undefined || prominence(energies, first.height) < smearedZ) return null
  if (second !== undefined && second.height > smearedRival * first.height) return null
  const parts = compareWindows(pair, Math.round(first.lag), whitening)
  if (parts === null || parts.windows < manyWindows || parts.agreeing < nearlyAll * parts.windows) return null
  return Math.abs(parts.slope) > leastSlope && doAgree(parts) ? parts : null
}

const inLine = (measured: SoundOffset, { windows, agreeing, offset, slope }: WindowsAgree): SoundOffset => ({
  ...measured,
  ...{ verdict: 'sure', windows, agreeing, slope: rounded(slope, 5) },
  ...{ offset: rounded(offset, 5), candidates: [rounded(offset, 5)] },
})

function judge(pair: SoundPair, correlation: Correlation): SoundOffset {
  const { reference, result, rate } = pair
  const peaks = peaksOf(correlation, apart * rate, mostCandidates)
  const [first, second] = peaks
  if (first === undefined || first.height <= 0) return nothing
  const inSeconds = ({ lag }: Peak) => rounded(lag / rate, 5)
  const z = prominence(correlation, first.height)
  const measured: SoundOffset = {
    ...nothing,
    offset: inSeconds(first),
    z: rounded(z, 1),
    ratio: shownRatio(ratioOf(first, second)),
  }
  const parts = z < clearZ ? null : compareWindows(pair, Math.round(first.lag), whitening)
  const seen = { ...measured, windows: parts?.windows ?? 0, agreeing: parts?.agreeing ?? 0 }
  const rivals = peaks.filter(({ height }) => height > rival * first.height)
  if (parts !== null && rivals.length === 1 && doAgree(parts))
    return Math.abs(parts.slope) > leastSlope
      ? inLine(measured, parts)
      : { ...seen, verdict: 'sure', candidates: [inSeconds(first)] }
  const line = drifting(pair, correlation)
  if (line !== null) return inLine(measured, line)
  if (z >= clearZ && rivals.length > 1)
    return { ...seen, verdict: 'ambiguous', candidates: rivals.map(inSeconds) }
  return withEnvelope(seen, envelopeMatch(reference, result, rate, inCommon))
}

/** The offset between two sounds that begin with the first frames of their videos. */
export function soundOffset(pair: SoundPair): SoundOffset {
  const { reference, result, rate } = pair
  if (loudness(reference) < silence) return soundless({ side: 'reference', why: 'silent' })
  if (loudness(result) < silence) return soundless({ side: 'result', why: 'silent' })
  const least = Math.round(inCommon * rate)
  if (Math.min(reference.length, result.length) < least) return nothing
  const lags = { from: least - result.length, to: reference.length - least }
  const edge = Math.round(fade * rate)
  return judge(pair, correlate(faded(reference, edge), faded(result, edge), lags, whitening))
}
