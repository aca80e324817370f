import type { Fraction, Seconds } from '../../shared/units.ts'

/**
 * Fraction done, from one line of ffmpeg's `-progress` output; null when the line says nothing about time.
 * (`out_time_ms` holds microseconds too, whatever its name says.)
 */
export function readProgress(line: string, duration: Seconds): Fraction | null {
  const micros = /^out_time_us=(\d+)\s*$/.exec(line)?.[1]
  if (micros === undefined || duration <= 0) return null
  return Math.min(1, Number(micros) / 1_000_000 / duration)
}

/** Feeds the lines of a progress stream to `report`, which only ever hears of going forward. */
export function progressReader(
  duration: Seconds,
  report: (fraction: number) => void,
): (chunk: Uint8Array) => void {
  const decoder = new TextDecoder()
  let rest = ''
  let furthest = 0
  return (chunk) => {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const fraction = readProgress(line, duration)
      if (fraction === null || fraction <= furthest) continue
      furthest = fraction
      report(fraction)
    }
  }
}
