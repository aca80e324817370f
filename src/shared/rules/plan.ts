import type { Finding, FixId, PlanStep, Target } from './finding.ts'
import type { CharacterFacts } from '../domain/media.ts'
import { areaOf } from '../domain/picture-geometry.ts'
import { characterLayout, clipScale } from './fixes.ts'
import { type Subject, limitFor, subjectOf, type CheckInputs } from './subject.ts'
import type { ShortFix } from '../domain/take.ts'
import { formatSeconds, momentTolerance } from '../units.ts'
import { stretchOf } from './window.ts'
import { recodings, soundChanges, type Reason, fitsUntouched } from './recoding.ts'
import { check } from './check.ts'
import type { ModelRules } from './rules.ts'

const pass = ({ level }: Finding) => level === 'pass'

/** The findings that a fix is there for, as their own sentences. */
const because = (findings: readonly Finding[], fix: FixId): readonly string[] =>
  findings.filter((finding) => !pass(finding) && finding.fix === fix).map((finding) => finding.message)

/** A step where there is a reason for it. */
const stepFor = (
  step: PlanStep['step'],
  target: Target,
  why: readonly string[],
  cost: string,
): readonly PlanStep[] => (why.length === 0 ? [] : [{ step, target, why: why.join(' '), cost }])

const withoutMetadata = (target: Target): PlanStep => ({
  step: 'strip-metadata',
  target,
  why: 'Location, device and author are removed.',
  cost: 'none',
})

/** True where something about the files is changed so that they fit, not only taken from around what is seen. */
export const makesFit = (plan: readonly PlanStep[]): boolean =>
  plan.some(({ step }) => step !== 'strip-metadata' && step !== 'remux')

/** "1.5 times". */
const timesAs = (factor: number): string => `${String(Number(factor.toFixed(2)))} times`

const isSrgb = ({ colourSpace, colourProfile }: CharacterFacts) =>
  colourSpace === 'srgb' && (colourProfile === null || /srgb/i.test(colourProfile))

/** What is changed about an image regardless of the rules, with its reason and its cost. */
function conversions(character: CharacterFacts, background: string): readonly (readonly [string, string])[] {
  return [
    ...(character.orientation === 1
      ? []
      : ([['The image is stored sideways and is rotated upright.', 'none']] as const)),
    ...(character.animated
      ? ([['Only the first frame of the animation is sent.', 'loses the other frames']] as const)
      : []),
    ...(character.alpha
      ? ([[`Transparent areas are filled with ${background}.`, 'loses transparency']] as const)
      : []),
    ...(isSrgb(character)
      ? []
      : ([['The colours are converted to sRGB.', 'loses colours that few screens show']] as const)),
  ]
}

function ownFrame(source: CharacterFacts, { settings }: Subject): readonly string[] {
  if (settings.fit.crop === null) return []
  const { width, height } = areaOf(settings.fit.crop, source)
  return [`Your crop keeps ${String(width)} × ${String(height)} px of the image.`]
}

/** The steps for the character, in the order they are made. `source` is the file, the subject what your frame keeps of it. */
function characterSteps(
  source: CharacterFacts,
  subject: Subject,
  findings: readonly Finding[],
): readonly PlanStep[] {
  const layout = characterLayout(subject)
  const enlarged = layout ? layout.shown.width / layout.kept.width : 1
  const converted = conversions(source, subject.settings.fit.background)
  const weighty = because(findings, 'convert-image')
  const costs = [...(weighty.length > 0 ? ['hardly visible loss'] : []), ...converted.map(([, cost]) => cost)]
  const costly = [...new Set(costs)].filter((cost) => cost !== 'none')
  return [
    ...stepFor(
      'crop',
      'character',
      [...ownFrame(source, subject), ...because(findings, 'crop')],
      'the rest of the image is not sent',
    ),
    ...stepFor(
      'pad',
      'character',
      because(findings, 'pad'),
      `adds a border in ${subject.settings.fit.background}`,
    ),
    ...stepFor(
      'scale-up',
      'character',
      because(findings, 'scale-up'),
      `enlarged ${timesAs(enlarged)}, looks softer`,
    ),
    ...stepFor('scale-down', 'character', because(findings, 'scale-down'), 'fewer pixels'),
    ...stepFor(
      'convert-image',
      'character',
      [...weighty, ...converted.map(([why]) => why)],
      costly.join(', ') || 'none',
    ),
    withoutMetadata('character'),
  ]
}

/** A hundredth of a frame is rounding. */

const lengthenCost: Readonly<Record<ShortFix, (stretch: number, sound: boolean) => string>> = {
  'slow-down': (stretch) => `plays ${timesAs(stretch)} slower, including the sound`,
  boomerang: (_, sound) => `the motion also runs backward${sound ? ', and the sound is removed' : ''}`,
  loop: () => 'adds a jump at each repeat',
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
  if (clip === null || window === null || window.length >= clip.duration - momentTolerance) return []
  const part = `${formatSeconds(performed ?? window.length)} from ${formatSeconds(window.start)}`
  const why = [...because(findings, 'trim'), `Performed: ${part}.`]
  return stepFor('trim', 'clip', why, 'the rest of the clip is not sent')
}

/** All that is lost, each once. */
const costsOf = (reasons: readonly Reason[]): readonly string[] => [
  ...new Set(reasons.flatMap(({ cost }) => cost ?? [])),
]

/** The packets as they are, or all of it re-encoded with every reason for that. */
function coding(subject: Subject, findings: readonly Finding[], untouched: boolean): readonly PlanStep[] {
  if (subject.clip === null) return []
  if (untouched) {
    const why = [
      'The clip already fits. It is copied, and re-encoded only if the copy doesn’t read correctly.',
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
  const usual = 'Re-encoded as standard H.264 so that it plays everywhere.'
  return stepFor(
    're-encode',
    'clip',
    why.length > 0 ? why : [usual],
    ['hardly visible loss', ...costsOf(reasons)].join('; '),
  )
}

/** The steps for the clip, in the order they are made. */
function clipSteps(subject: Subject, findings: readonly Finding[], untouched: boolean): readonly PlanStep[] {
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
      'loses some detail if the performed part is also too large',
    ),
    withoutMetadata('clip'),
  ]
}

/** The chain of changes that makes both inputs fit, in the order they are made. */
export function planOf(inputs: CheckInputs, rules: ModelRules): readonly PlanStep[] {
  const findings = check(inputs, rules)
  const subject = subjectOf(inputs, rules)
  const about = (target: Finding['target']) => findings.filter((finding) => finding.target === target)
  return [
    ...(inputs.character ? characterSteps(inputs.character, subject, about('character')) : []),
    ...clipSteps(subject, about('clip'), fitsUntouched(inputs, rules)),
  ]
}
