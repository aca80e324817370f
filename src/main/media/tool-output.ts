import type { Fraction, Seconds } from '../../shared/units.ts'

/** Splits what a tool prints into lines as it comes; `close` passes on a last line without a line end. */
export function createLineReader(onLine: (line: string) => void): {
  readonly take: (chunk: Uint8Array) => void
  readonly close: () => void
} {
  const decoder = new TextDecoder()
  let rest = ''
  return {
    take: (chunk) => {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      lines.forEach(onLine)
    },
    close: () => {
      onLine(rest + decoder.decode())
      rest = ''
    },
  }
}

/** ffmpeg reports its progress on standard error, since standard output often carries the result. */
export const progressOptions: readonly string[] = ['-progress', 'pipe:2']

/** A line of such a report. */
const line =
  /^(?:frame|fps|stream_\d+_\d+_\w+|bitrate|total_size|out_time(?:_us|_ms)?|dup_frames|drop_frames|speed|elapsed|progress)=/

/** Whether a line on standard error is a progress report and not an error message. */
export const isProgress = (text: string): boolean => line.test(text)

/**
 * Fraction done, from one line of ffmpeg’s `-progress` output; null when the line has no time. (`out_time_ms` holds
 * microseconds too, despite its name.)
 */
export function readProgress(text: string, duration: Seconds): Fraction | null {
  const micros = /^out_time_us=(\d+)\s*$/.exec(text)?.[1]
  if (micros === undefined || duration <= 0) return null
  return Math.min(1, Number(micros) / 1_000_000 / duration)
}

/** Values that do not change while nothing is produced. */
const amount = /^(?:frame|total_size|out_time_us)=/

/**
 * ffmpeg reports progress twice a second: before version 7 only while it works, since then also while a codec hangs. It
 * may report this often without producing anything: a quarter of an hour, in which decoders skip unwanted frames.
 */
const maxIdleReports = 1800

/**
 * Reads a progress stream. `report` only gets increasing fractions; the returned function tells for each chunk whether
 * it is a sign of work.
 */
export function progressReader(
  duration: Seconds,
  report: (fraction: Fraction) => void,
): (chunk: Uint8Array) => boolean {
  const made = new Map<string, string>()
  let signs = 0
  let furthest = 0
  let idle = 0

  const lines = createLineReader((text) => {
    if (isProgress(text)) signs += 1
    const name = amount.exec(text)?.[0]
    if (name !== undefined && made.get(name) !== text) {
      made.set(name, text)
      idle = 0
    }
    if (text.startsWith('progress=')) idle += 1
    const fraction = readProgress(text, duration)
    if (fraction === null || fraction <= furthest) return
    furthest = fraction
    report(fraction)
  })
  return (chunk) => {
    const before = signs
    lines.take(chunk)
    return signs > before && idle <= maxIdleReports
  }
}
