import type { Fraction } from '../../../shared/units.ts'

const full = 32_768

/** The largest swing in each of `count` equal steps of `samples` samples, from a stream of 16-bit little-endian sound. */
export function createPeaks(samples: number, count: number, onProgress: (done: Fraction) => void) {
  const peaks = new Float64Array(count)
  let position = 0
  let odd: number | null = null

  const add = (low: number, high: number) => {
    const value = ((high << 24) >> 16) | low
    const step = Math.floor(position / samples)
    position += 1
    if (step < count) peaks[step] = Math.max(peaks[step] ?? 0, Math.abs(value) / full)
  }
  return {
    take: (chunk: Uint8Array): void => {
      let at = 0
      if (odd !== null && chunk.length > 0) {
        add(odd, chunk[0] ?? 0)
        odd = null
        at = 1
      }
      for (; at + 1 < chunk.length; at += 2) add(chunk[at] ?? 0, chunk[at + 1] ?? 0)
      if (at < chunk.length) odd = chunk[at] ?? 0
      onProgress(Math.min(1, position / (samples * count)))
    },
    /** Three digits are finer than any screen. */
    close: (): readonly number[] => [...peaks].map((peak) => Number(peak.toFixed(3))),
  }
}
