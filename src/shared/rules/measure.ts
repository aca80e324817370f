import type { CharacterFacts, ClipFacts, ClipWindow } from '../media.ts'
import type { TakeSettings } from '../take.ts'
import type { Seconds } from '../units.ts'
import type { FixId, Target } from './finding.ts'
import type { Rule, RuleId } from './rules.ts'

export type Subject = {
  readonly character: CharacterFacts | null
  readonly clip: ClipFacts | null
  readonly asked: ClipWindow
  /** The part that will be performed; null without a clip. */
  readonly window: { readonly start: Seconds; readonly length: Seconds } | null
  readonly settings: TakeSettings
}

/** How a rule reads its input: what it measures, how the limit binds, and what the app can do about it. */
export type Gauge = {
  readonly target: Target
  /** What is measured, as the sentence names it. */
  readonly label: string
  readonly bound: 'max' | 'min' | 'oneOf' | 'range' | 'present'
  /** null where there is nothing to measure yet. */
  readonly measure: (subject: Subject) => number | string | null
  readonly fix?: (subject: Subject) => FixId | undefined
  /** The sentence about a broken rule, where measured value beside limit does not say it. */
  readonly broken?: (measured: string, limit: string, severity: Rule['severity']) => string
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))
const onImage = (read: (facts: CharacterFacts) => number | string) => (subject: Subject) =>
  subject.character && read(subject.character)
const onClip = (read: (facts: ClipFacts) => number | string) => (subject: Subject) =>
  subject.clip && read(subject.clip)
const always = (fix: FixId) => () => fix

/** What the user wants performed, before any limit cut it down. */
const wanted = ({ clip, asked }: Subject) =>
  clip && round(asked.length ?? Math.max(0, clip.duration - asked.start), 3)

/** Without a length of the user's own, the app may cut at the limit; a chosen length is never changed silently. */
const cutAtLimit = ({ asked }: Subject): FixId | undefined => (asked.length === null ? 'trim' : undefined)

export const gauges: Readonly<Record<RuleId, Gauge>> = {
  'image.format': {
    target: 'character',
    label: 'image format',
    bound: 'oneOf',
    measure: onImage((facts) => facts.format),
    fix: always('convert-image'),
  },
  'image.bytes': {
    target: 'character',
    label: 'image size',
    bound: 'max',
    measure: onImage((facts) => facts.bytes),
    fix: always('convert-image'),
  },
  'image.side.min': {
    target: 'character',
    label: 'shorter side of the image',
    bound: 'min',
    measure: onImage((facts) => Math.min(facts.width, facts.height)),
  },
  'image.side.max': {
    target: 'character',
    label: 'longer side of the image',
    bound: 'max',
    measure: onImage((facts) => Math.max(facts.width, facts.height)),
    fix: always('convert-image'),
  },
  'image.aspect': {
    target: 'character',
    label: 'width divided by height of the image',
    bound: 'range',
    measure: onImage((facts) => round(facts.width / facts.height, 3)),
  },
  'clip.format': {
    target: 'clip',
    label: 'clip format',
    bound: 'oneOf',
    measure: onClip((facts) => facts.container),
    fix: always('re-encode'),
  },
  'clip.codec': {
    target: 'clip',
    label: 'video codec',
    bound: 'oneOf',
    measure: onClip((facts) => facts.codec),
    fix: always('re-encode'),
  },
  'clip.bytes': {
    target: 'clip',
    label: 'clip size',
    bound: 'max',
    measure: onClip((facts) => facts.bytes),
    fix: always('compress'),
  },
  'clip.side.min': {
    target: 'clip',
    label: 'shorter side of the clip',
    bound: 'min',
    measure: onClip((facts) => Math.min(facts.width, facts.height)),
  },
  'clip.side.max': {
    target: 'clip',
    label: 'longer side of the clip',
    bound: 'max',
    measure: onClip((facts) => Math.max(facts.width, facts.height)),
    fix: always('scale-down'),
  },
  'clip.duration.min': {
    target: 'clip',
    label: 'length of the performed part',
    bound: 'min',
    measure: (subject) => subject.window && round(subject.window.length, 3),
  },
  'clip.duration.max': {
    target: 'clip',
    label: 'length of the performed part',
    bound: 'max',
    measure: wanted,
    fix: cutAtLimit,
  },
  'clip.frameRate': {
    target: 'clip',
    label: 'frame rate',
    bound: 'max',
    measure: onClip((facts) => round(facts.frameRate, 2)),
    fix: always('re-encode'),
  },
  'clip.cuts': { target: 'clip', label: 'scene cuts', bound: 'max', measure: () => null },
  'prompt.required': {
    target: 'settings',
    label: 'prompt',
    bound: 'present',
    measure: (subject) => subject.settings.prompt.trim().length,
    broken: (_measured, _limit, severity) =>
      severity === 'error'
        ? 'This model needs a prompt: say what should be seen.'
        : 'There is no prompt, so a neutral one is sent: the provider contradicts itself about leaving it out.',
  },
  'prompt.length': {
    target: 'settings',
    label: 'prompt length',
    bound: 'max',
    measure: (subject) => subject.settings.prompt.length,
  },
  'negativePrompt.length': {
    target: 'settings',
    label: 'negative prompt length',
    bound: 'max',
    measure: (subject) => subject.settings.negativePrompt.length,
  },
  'elements.count': {
    target: 'settings',
    label: 'number of elements',
    bound: 'max',
    measure: (subject) => subject.settings.elements.length,
  },
  'elements.orientation': {
    target: 'settings',
    label: 'orientation with an element',
    bound: 'oneOf',
    measure: (subject) => (subject.settings.elements.length > 0 ? subject.settings.orientation : null),
  },
  'output.length': {
    target: 'settings',
    label: 'length that comes out',
    bound: 'max',
    measure: (subject) => subject.window && round(subject.window.length, 3),
    broken: (measured, limit) =>
      `Only ${limit} come out with this orientation, although ${measured} are sent.`,
  },
}
