import type { Scan, Span, ClipFacts } from '../domain/media.ts'
import { type Seconds, roundingTolerance } from '../units.ts'
import type { Subject } from './subject.ts'
import type { Finding, HintId } from './finding.ts'
import type { Rule } from './rules.ts'

/** What was seen of the performed part; null where it was not looked at as a whole. */
function seenOf({ scan, window, clip }: Subject) {
  if (scan === null || window === null || clip === null) return null
  const frame = 1 / clip.frameRate
  const part: Span = { start: window.start, end: window.start + window.length }
  if (
    scan.span.start > part.start + roundingTolerance ||
    scan.span.end < part.end - frame - roundingTolerance
  )
    return null
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
const jumpsInside = (subject: Subject) => pointsInside(subject, ({ jumps }) => jumps)

/** The parts of these spans inside the performed part, longer than a frame; null where it was not scanned. */
function spansInside(subject: Subject, read: (scan: Scan) => readonly Span[]): readonly Span[] | null {
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
const atTimes = (times: readonly Seconds[]): string => `at ${listed(times.map(clock))}`

/** "from 2.4 s to 5.1 s", by the clip's own clock. */
const fromTo = (spans: readonly Span[]): string =>
  listed(spans.map(({ start, end }) => `from ${clock(start)} to ${clock(end)}`))

const point = (at: number): Span => ({ start: at, end: at })
const paidAnyway = 'You pay even if the result is cut short or wrong.'

/** Cuts are found by scanning, so the rule about them is also a hint. */
export function cutsFinding(rule: Rule, subject: Subject): Finding | null {
  if (subject.clip === null) return null
  const base = { rule: rule.rule, target: 'clip', limit: 0, unit: rule.unit } as const
  const cuts = cutsInside(subject)
  if (cuts === null)
    return {
      ...base,
      level: 'info',
      measured: null,
      message: 'Cuts are not known: the clip has not been checked yet, or could not be read to its end.',
    }
  if (cuts.length === 0)
    return { ...base, level: 'pass', measured: 0, message: 'No cuts were found in the performed part.' }
  return {
    ...base,
    level: 'warning',
    measured: cuts.length,
    message: `Hint: the clip seems to cut ${atTimes(cuts)}; providers ask for one continuous shot. ${paidAnyway}`,
    spans: cuts.map(point),
  }
}

function jumpsHint(subject: Subject): Finding | null {
  const jumps = jumpsInside(subject)
  if (jumps === null) return null
  const base = {
    rule: 'clip.jumps',
    target: 'clip',
    measured: jumps.length,
    limit: null,
    unit: 'times',
  } as const
  if (jumps.length === 0)
    return { ...base, level: 'pass', message: 'No camera jumps were found in the performed part.' }
  return {
    ...base,
    level: 'warning',
    message: `Hint: the camera seems to jump ${atTimes(jumps)}, and models lose the motion there. ${paidAnyway}`,
    spans: jumps.map(point),
  }
}

type SpanHint = {
  readonly rule: HintId
  readonly read: (scan: Scan) => readonly Span[]
  readonly none: string
  readonly found: (when: string) => string
}

const covers = (spans: readonly Span[], { start, end }: Span) =>
  spans.some((span) => span.start <= start && span.end >= end)

const spanHints: readonly SpanHint[] = [
  {
    rule: 'clip.frozen',
    read: ({ frozen }) => frozen,
    none: 'No frozen frames were found in the performed part.',
    found: (when) =>
      `Hint: nothing seems to change ${when}. You pay for every second, even when nothing happens.`,
  },
  {
    rule: 'clip.still',
    // A frozen part is reported once.
    read: ({ still, frozen }) => still.filter((span) => !covers(frozen, span)),
    none: 'There is motion throughout the performed part.',
    found: (when) =>
      `Hint: hardly anything seems to move ${when}. You pay for every second, even with nothing to perform.`,
  },
  {
    rule: 'clip.black',
    read: ({ black }) => black,
    none: 'No black frames were found in the performed part.',
    found: (when) => `Hint: the clip seems to be black ${when}, with nobody to follow. ${paidAnyway}`,
  },
  {
    rule: 'clip.motion',
    read: ({ fast }) => fast,
    none: 'No very fast motion was found in the performed part.',
    found: (when) =>
      `Hint: the motion seems to be very fast ${when}, and models lose track of it. ${paidAnyway}`,
  },
]

function spanFinding({ rule, read, none, found }: SpanHint, subject: Subject): Finding | null {
  const spans = spansInside(subject, read)
  if (spans === null) return null
  const total = spans.reduce((sum, { start, end }) => sum + end - start, 0)
  const measured = Number(total.toFixed(2))
  const base = { rule, target: 'clip', measured, limit: null, unit: 's' } as const
  if (spans.length === 0) return { ...base, level: 'pass', message: none }
  return { ...base, level: 'warning', message: found(fromTo(spans)), spans }
}

/** No program can tell how much of a body is visible, so the user is asked. */
const framing: Finding = {
  rule: 'framing.body',
  target: 'clip',
  level: 'info',
  measured: null,
  limit: null,
  unit: 'format',
  message:
    'Check for yourself: image and clip should show the same amount of the body. A half-body image can’t ' +
    `perform a full-body clip. ${paidAnyway}`,
}

/** What no provider sets a limit to and still costs money when it goes wrong. */
export function hintFindings(subject: Subject): readonly Finding[] {
  return [
    jumpsHint(subject),
    ...spanHints.map((hint) => spanFinding(hint, subject)),
    subject.character !== null && subject.clip !== null ? framing : null,
  ].filter((finding) => finding !== null)
}

/** Whole frames that fit into so many seconds, as seconds. */
const wholeFrames = (seconds: Seconds, { frameRate }: ClipFacts) =>
  Math.floor(seconds * frameRate + roundingTolerance) / frameRate

/**
 * The longest part of the clip without a cut in it, at most `max` long, and the first of several that are as long.
 * It begins and ends at cuts or at the ends of what was looked at, so that it holds whole frames; where `max` cuts it
 * short it holds as many whole frames as fit. null where no frame is left.
 */
export function longestSpanWithoutCut(
  facts: ClipFacts,
  { span, cuts }: Pick<Scan, 'span' | 'cuts'>,
  { max }: { readonly max: Seconds },
): { readonly start: Seconds; readonly length: Seconds } | null {
  const start = Math.max(0, span.start)
  const end = Math.min(facts.duration, span.end)
  const inside = cuts
    .filter((cut) => cut > start + roundingTolerance && cut < end - roundingTolerance)
    .toSorted((a, b) => a - b)
  const edges = [start, ...inside, end]
  const parts = edges.slice(1).map((to, index) => {
    const from = edges[index] ?? start
    const whole = to - from
    return { start: from, length: whole <= max + roundingTolerance ? whole : wholeFrames(max, facts) }
  })
  const longest = parts.reduce<(typeof parts)[number] | null>(
    (best, part) => (best === null || part.length > best.length + roundingTolerance ? part : best),
    null,
  )
  return longest !== null && longest.length > roundingTolerance ? longest : null
}
