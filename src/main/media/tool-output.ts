import type { Fraction, Seconds } from '../../shared/units.ts'

/** What a tool prints, handed over line by line as it comes; `close` hands over what no end of a line has followed. */
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

/** Where ffmpeg tells how far it is: beside its complaints, since its output is often the result. */
export const toldProgress: readonly string[] = ['-progress', 'pipe:2']

/** A line of what ffmpeg tells there. */
const line =
  /^(?:frame|fps|stream_\d+_\d+_\w+|bitrate|total_size|out_time(?:_us|_ms)?|dup_frames|drop_frames|speed|elapsed|progress)=/

/** Whether a line on standard error tells how far the tool is, and complains of nothing. */
export const isProgress = (text: string): boolean => line.test(text)

/**
 * Fraction done, from one line of ffmpeg's `-progress` output; null when the line says nothing about time.
 * (`out_time_ms` holds microseconds too, whatever its name says.)
 */
export function readProgress(text: string, duration: Seconds): Fraction | null {
  const micros = /^out_time_us=(\d+)\s*$/.exec(text)?.[1]
  if (micros === undefined || duration <= 0) return null
  return Math.min(1, Number(micros) / 1_000_000 / duration)
}

/** What stays the same while nothing is made. */
const amount = /^(?:frame|total_size|out_time_us)=/

/**
 * ffmpeg tells how far it is twice a second; before version 7 only while it works, since then also while a coder hangs.
 * So often may it say that nothing was made: a quarter of an hour, in which decoders pass what is not wanted.
 */
const mostIdle = 1800

/**
 * Feeds the lines of a progress stream to `report`, which only ever hears of going forward, and says of each piece
 * whether it is a sign of work.
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
    return signs > before && idle <= mostIdle
  }
}
