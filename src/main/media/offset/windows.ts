import type { Seconds } from '../../../shared/units.ts'
import { correlate, faded, peaksOf } from './correlate.ts'

/** Two sounds at the same number of samples a second. */
export type SoundPair = {
  readonly reference: Float32Array
  readonly result: Float32Array
  /** Samples in a second. */
  readonly rate: number
}

const length: Seconds = 2
const step: Seconds = 1
/** In a long clip they are further apart. */
const mostWindows = 60
/** How far from the offset of the whole a window may lie. */
const reach: Seconds = 0.6
/** Peaks nearer than this are one; windows this near to the line agree. */
const close: Seconds = 0.02
/** A window counts where its peak is so much higher than its second. */
const clear = 1.25
/** Below this part of full scale there is nothing to hear. */
export const silence = 0.001

export function loudness(samples: Float32Array): number {
  let energy = 0
  for (const value of samples) energy += value * value
  return Math.sqrt(energy / Math.max(1, samples.length))
}

type Window = { readonly at: Seconds; readonly offset: Seconds; readonly clear: boolean }

/** The offset of each part that both have and in which both are heard. */
function measureWindows({ reference, result, rate }: SoundPair, lag: number, whitening: number) {
  const around = Math.round(reach * rate)
  const begin = Math.max(0, lag)
  const end = Math.min(reference.length, result.length + lag)
  const size = Math.min(Math.round(length * rate), end - begin)
  const windows: Window[] = []
  const apart = Math.max(Math.round(step * rate), Math.ceil((end - begin) / mostWindows))
  for (let from = begin; from + size <= end; from += apart) {
    const part = reference.subarray(from, from + size)
    // Both ends are cut off at those of the result, which only moves where its part begins.
    const start = Math.max(0, from - lag - around)
    const other = result.subarray(start, Math.min(result.length, from - lag + size + around))
    if (Math.min(loudness(part), loudness(other)) < silence) continue
    const middle = lag + start - from
    const lags = { from: middle - around, to: middle + around }
    const [first, second] = peaksOf(
      correlate(faded(part, size / 2), faded(other, other.length / 2), lags, whitening),
      close * rate,
      2,
    )
    if (first === undefined) continue
    windows.push({
      at: (from + size / 2) / rate,
      offset: (first.lag + from - start) / rate,
      clear: first.height >= clear * (second?.height ?? 0),
    })
  }
  return windows
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const half = sorted.length >> 1
  const upper = sorted[half] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2
}

/** With fewer windows a slope is chance. */
const leastForSlope = 4

/** The line through most of the windows, whatever the others say (Theil–Sen). */
function lineThrough(windows: readonly Window[]) {
  const slopes =
    windows.length < leastForSlope
      ? [0]
      : windows.flatMap((one, nth) =>
          windows.slice(nth + 1).map((other) => (other.offset - one.offset) / (other.at - one.at)),
        )
  const rise = median(slopes)
  return { rise, base: median(windows.map(({ at, offset }) => offset - rise * at)) }
}

export type WindowsAgree = {
  readonly windows: number
  readonly agreeing: number
  /** How much slower the result runs. */
  readonly slope: number
  /** In the middle of what both share. */
  readonly offset: Seconds
  /** The median distance of those that agree from the line. */
  readonly residual: Seconds
}

/** What windows say about an offset of the whole, `lag` samples; null where no window is clear. */
export function compareWindows(pair: SoundPair, lag: number, whitening: number): WindowsAgree | null {
  const windows = measureWindows(pair, lag, whitening)
  const sure = windows.filter((window) => window.clear)
  if (sure.length === 0) return null
  const { rise, base } = lineThrough(sure)
  const distances = windows.map(({ at, offset }) => Math.abs(offset - base - rise * at))
  const agreeing = distances.filter((distance) => distance <= close)
  const { reference, result, rate } = pair
  const middle = (Math.max(0, lag) + Math.min(reference.length, result.length + lag)) / 2 / rate
  return {
    windows: windows.length,
    agreeing: agreeing.length,
    slope: -rise,
    offset: base + rise * middle,
    residual: median(agreeing),
  }
}
