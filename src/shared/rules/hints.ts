import type { Scan, Span } from '../domain/scan.ts'
import type { Finding, HintId } from './finding.ts'
import { atTimes, cutsInside, fromTo, jumpsInside, spansInside } from './looks.ts'
import type { Rule } from './rules.ts'
import type { Subject } from './subject.ts'

const point = (at: number): Span => ({ start: at, end: at })
const paidAnyway = 'What then comes out shorter or wrong is paid for all the same.'

/** Cuts are found by looking, so that the rule about them is a hint as well. */
export function cutsFinding(rule: Rule, subject: Subject): Finding | null {
  if (subject.clip === null) return null
  const base = { rule: rule.rule, target: 'clip', limit: 0, unit: rule.unit } as const
  const cuts = cutsInside(subject)
  if (cuts === null)
    return {
      ...base,
      level: 'info',
      measured: null,
      message:
        'Nothing is known about cuts: the clip was not looked at yet, or could not be read to its end.',
    }
  if (cuts.length === 0)
    return { ...base, level: 'pass', measured: 0, message: 'No cut was found in the performed part.' }
  return {
    ...base,
    level: 'warning',
    measured: cuts.length,
    message: `Hint: the picture seems to cut ${atTimes(cuts)}; providers ask for one continuous take. ${paidAnyway}`,
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
    return { ...base, level: 'pass', message: 'No jump of the camera was found in the performed part.' }
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
    none: 'The picture stands still nowhere in the performed part.',
    found: (when) =>
      `Hint: nothing seems to change ${when}. Every second is paid for, also one in which nothing is performed.`,
  },
  {
    rule: 'clip.still',
    // What stands still altogether is told once.
    read: ({ still, frozen }) => still.filter((span) => !covers(frozen, span)),
    none: 'There is motion throughout the performed part.',
    found: (when) =>
      `Hint: hardly anything seems to move ${when}. Every second is paid for, also one with nothing to perform.`,
  },
  {
    rule: 'clip.black',
    read: ({ black }) => black,
    none: 'No black picture was found in the performed part.',
    found: (when) =>
      `Hint: the picture seems to be black ${when}, with nobody in it to follow. ${paidAnyway}`,
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

/** No program can tell how much of a body is to be seen, so that the user is asked to. */
const framing: Finding = {
  rule: 'framing.body',
  target: 'clip',
  level: 'info',
  measured: null,
  limit: null,
  unit: 'format',
  message:
    'Check by eye: picture and clip have to show as much of the body. A half-length picture cannot perform ' +
    `a full-length clip. ${paidAnyway}`,
}

/** What no provider sets a limit to and still costs money when it goes wrong. */
export function hintFindings(subject: Subject): readonly Finding[] {
  return [
    jumpsHint(subject),
    ...spanHints.map((hint) => spanFinding(hint, subject)),
    subject.character !== null && subject.clip !== null ? framing : null,
  ].filter((finding) => finding !== null)
}
