import type { ShortFix } from '../domain/fit.ts'
import { formatSeconds } from '../units.ts'
import type { Finding, PlanStep } from './finding.ts'
import { clipScale } from './fixes.ts'
import { stretchOf } from './lengthen.ts'
import { because, stepFor, timesAs, withoutMetadata } from './plan-steps.ts'
import { recodings, soundChanges, type Reason } from './recoding.ts'
import { limitFor, type Subject } from './subject.ts'

/** A hundredth of a frame is rounding. */
const slack = 0.001

const lengthenCost: Readonly<Record<ShortFix, (stretch: number, sound: boolean) => string>> = {
  'slow-down': (stretch) => `plays ${timesAs(stretch)} slower, the sound too`,
  boomerang: (_, sound) =>
    `the motion runs backwards on its way back${sound ? ', and the sound is left out' : ''}`,
  loop: () => 'a jump where the part begins again',
}

function lengthening(subject: Subject, findings: readonly Finding[]): readonly PlanStep[] {
  const { clip, performed, planned, settings } = subject
  const least = limitFor(subject, 'clip.duration.min')
  const way = planned?.lengthen ?? null
  if (performed === null || least === null || way === null) return []
  const sound = settings.keepSound && clip !== null && clip.audio !== null
  return stepFor(way, 'clip', because(findings, way), lengthenCost[way](stretchOf(performed, least), sound))
}

function trimming({ clip, window, performed }: Subject, findings: readonly Finding[]): readonly PlanStep[] {
  if (clip === null || window === null || window.length >= clip.duration - slack) return []
  const part = `${formatSeconds(performed ?? window.length)} from ${formatSeconds(window.start)}`
  const why = [...because(findings, 'trim'), `Performed: ${part}.`]
  return stepFor('trim', 'clip', why, 'the rest of the clip is not sent')
}

/** All that is lost, each once. */
const costsOf = (reasons: readonly Reason[]): readonly string[] => [
  ...new Set(reasons.flatMap(({ cost }) => cost ?? [])),
]

/** The packets as they are, or all of it coded anew with every reason for that. */
function coding(subject: Subject, findings: readonly Finding[], untouched: boolean): readonly PlanStep[] {
  if (subject.clip === null) return []
  if (untouched) {
    const why = [
      'The clip fits as it is: it is copied, and coded again only where the copy would not read as it should.',
    ]
    const changes = soundChanges(subject)
    return stepFor(
      'remux',
      'clip',
      [...why, ...changes.map((change) => change.why)],
      costsOf(changes).join('; ') || 'none',
    )
  }
  const reasons = recodings(subject)
  const why = [...because(findings, 're-encode'), ...reasons.map((reason) => reason.why)]
  const usual = 'Coded anew as plain H.264 it reads the same everywhere.'
  return stepFor(
    're-encode',
    'clip',
    why.length > 0 ? why : [usual],
    ['hardly visible', ...costsOf(reasons)].join('; '),
  )
}

/** The steps for the clip, in the order they are made. */
export function clipSteps(
  subject: Subject,
  findings: readonly Finding[],
  untouched: boolean,
): readonly PlanStep[] {
  if (subject.clip === null || subject.window === null) return []
  const scale = clipScale(subject) ?? 1
  return [
    ...trimming(subject, findings),
    ...lengthening(subject, findings),
    ...stepFor('scale-up', 'clip', because(findings, 'scale-up'), `enlarged ${timesAs(scale)}, looks softer`),
    ...stepFor('scale-down', 'clip', because(findings, 'scale-down'), 'fewer pixels'),
    ...coding(subject, findings, untouched),
    ...stepFor(
      'compress',
      'clip',
      because(findings, 'compress'),
      'some detail, where the performed part is too large, too',
    ),
    withoutMetadata('clip'),
  ]
}
