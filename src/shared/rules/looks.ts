import type { Scan, Span } from '../domain/scan.ts'
import type { Seconds } from '../units.ts'
import type { Subject } from './subject.ts'

const tiny = 1e-6

/** What was seen of the performed part; null where it was not looked at as a whole. */
function seenOf({ scan, window, clip }: Subject) {
  if (scan === null || window === null || clip === null) return null
  const frame = 1 / clip.frameRate
  const part: Span = { start: window.start, end: window.start + window.length }
  if (scan.span.start > part.start + tiny || scan.span.end < part.end - frame - tiny) return null
  return { scan, part, frame }
}

/** Points in time strictly inside the performed part: a new scene on its first frame is no cut in it. */
function pointsInside(subject: Subject, read: (scan: Scan) => readonly Seconds[]): readonly Seconds[] | null {
  const seen = seenOf(subject)
  if (seen === null) return null
  const { scan, part, frame } = seen
  return read(scan).filter((at) => at > part.start + frame / 2 && at < part.end - frame / 2)
}

export const cutsInside = (subject: Subject) => pointsInside(subject, ({ cuts }) => cuts)
export const jumpsInside = (subject: Subject) => pointsInside(subject, ({ jumps }) => jumps)

/** What of these spans lies inside the performed part, longer than a frame; null where it was not looked at. */
export function spansInside(subject: Subject, read: (scan: Scan) => readonly Span[]): readonly Span[] | null {
  const seen = seenOf(subject)
  if (seen === null) return null
  const { scan, part, frame } = seen
  return read(scan)
    .map(({ start, end }) => ({ start: Math.max(start, part.start), end: Math.min(end, part.end) }))
    .filter(({ start, end }) => end - start > frame)
}

const clock = (at: Seconds) => {
  if (at < 60) return `${String(Number(at.toFixed(2)))} s`
  const seconds = (at % 60).toFixed(2).padStart(5, '0')
  return `${String(Math.floor(at / 60))}:${seconds}`
}

const mostNamed = 5

function listed(all: readonly string[]): string {
  const named = all.slice(0, mostNamed)
  const rest = all.length - named.length
  const parts = rest > 0 ? [...named, `${String(rest)} more`] : named
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}

/** "at 2.4 s and 5.1 s", by the clip's own clock. */
export const atTimes = (times: readonly Seconds[]): string => `at ${listed(times.map(clock))}`

/** "from 2.4 s to 5.1 s", by the clip's own clock. */
export const fromTo = (spans: readonly Span[]): string =>
  listed(spans.map(({ start, end }) => `from ${clock(start)} to ${clock(end)}`))
