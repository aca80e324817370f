import type { CharacterFacts, ClipFacts } from '../domain/media.ts'
import type { Target } from './finding.ts'
import { mostEnlarged } from './image-limits.ts'
import { cutsInside } from './hints.ts'
import { lengthenSentence } from './window.ts'
import type { Rule, RuleId } from './rules.ts'
import { limitFor, type Subject } from './subject.ts'
import { formatSeconds, roundingTolerance } from '../units.ts'

/** How a rule reads its input: what it measures and how the limit binds. */
export type Gauge = {
  readonly target: Target
  /** What is measured, as the sentence names it. */
  readonly label: string
  readonly bound: 'max' | 'min' | 'oneOf' | 'range' | 'present'
  /** null where there is nothing to measure yet. */
  readonly measure: (subject: Subject) => number | string | null
  /** The sentence where there is nothing to measure although the input is there: the rule holds then. */
  readonly absent?: string
  /** The sentence about a broken rule, where measured value beside limit does not say it; null where it does. */
  readonly broken?: (
    measured: string,
    limit: string,
    severity: Rule['severity'],
    subject: Subject,
  ) => string | null
  /** What else there is to know about a broken rule; begins with a space. */
  readonly besides?: (subject: Subject) => string
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))
const onImage = (read: (facts: CharacterFacts) => number | string) => (subject: Subject) =>
  subject.character && read(subject.character)
const onClip = (read: (facts: ClipFacts) => number | string) => (subject: Subject) =>
  subject.clip && read(subject.clip)

/** What the user wants performed, before any limit cut it down. */
const wanted = ({ clip, asked }: Subject) =>
  clip && round(asked.length ?? Math.max(0, clip.duration - asked.start), 3)

/** An in-point with nothing behind it. */
const isBehind = ({ clip, asked }: Subject) => clip !== null && asked.start >= clip.duration

/** Why a picture cannot be scaled into the limits. */
const unscalable = (what: 'image' | 'clip') => (subject: Subject) => {
  const facts = what === 'image' ? subject.character : subject.clip
  const least = limitFor(subject, `${what}.side.min`)
  if (facts === null || least === null) return ''
  const factor = least / Math.min(facts.width, facts.height)
  return factor > mostEnlarged + roundingTolerance
    ? ` Enlarging it ${String(Number(factor.toFixed(1)))} times would leave hardly any detail.`
    : ' It is so narrow that one side breaks a limit at any size.'
}

export const gauges: Readonly<Record<RuleId, Gauge>> = {
  'image.format': {
    target: 'character',
    label: 'image format',
    bound: 'oneOf',
    measure: onImage((facts) => facts.format),
  },
  'image.bytes': {
    target: 'character',
    label: 'image size',
    bound: 'max',
    measure: onImage((facts) => facts.bytes),
  },
  'image.side.min': {
    target: 'character',
    label: 'shorter side of the image',
    bound: 'min',
    measure: onImage((facts) => Math.min(facts.width, facts.height)),
    besides: unscalable('image'),
  },
  'image.side.max': {
    target: 'character',
    label: 'longer side of the image',
    bound: 'max',
    measure: onImage((facts) => Math.max(facts.width, facts.height)),
    besides: unscalable('image'),
  },
  'image.aspect': {
    target: 'character',
    label: 'aspect ratio of the image',
    bound: 'range',
    measure: onImage((facts) => facts.width / facts.height),
  },
  'clip.format': {
    target: 'clip',
    label: 'clip format',
    bound: 'oneOf',
    measure: onClip((facts) => facts.container),
  },
  'clip.codec': {
    target: 'clip',
    label: 'video codec',
    bound: 'oneOf',
    measure: onClip((facts) => facts.codec),
  },
  'clip.bytes': {
    target: 'clip',
    label: 'clip size',
    bound: 'max',
    measure: onClip((facts) => facts.bytes),
  },
  'clip.side.min': {
    target: 'clip',
    label: 'shorter side of the clip',
    bound: 'min',
    measure: onClip((facts) => Math.min(facts.width, facts.height)),
    besides: unscalable('clip'),
  },
  'clip.side.max': {
    target: 'clip',
    label: 'longer side of the clip',
    bound: 'max',
    measure: onClip((facts) => Math.max(facts.width, facts.height)),
    besides: unscalable('clip'),
  },
  'clip.duration.min': {
    target: 'clip',
    label: 'length of the performed part',
    bound: 'min',
    measure: ({ performed }) => performed && round(performed, 3),
    broken: (_measured, _limit, _severity, subject) =>
      subject.clip !== null && isBehind(subject)
        ? `The clip ends at ${formatSeconds(subject.clip.duration)}; the in-point at ${formatSeconds(subject.asked.start)} is after its end.`
        : null,
    besides: (subject) =>
      subject.performed === null || isBehind(subject)
        ? ''
        : lengthenSentence(
            subject.performed,
            limitFor(subject, 'clip.duration.min') ?? 0,
            subject.settings.fit,
          ),
  },
  'clip.duration.max': {
    target: 'clip',
    label: 'length of the performed part',
    bound: 'max',
    measure: wanted,
    // Where no length was asked for, the performed part is not what was measured.
    broken: (measured, limit, severity, { asked }) => {
      if (severity !== 'error' || asked.length !== null) return null
      return asked.start > 0
        ? `The clip has ${measured} left after the in-point; the limit is ${limit}.`
        : `The clip is ${measured} long; the limit is ${limit}.`
    },
  },
  'clip.frameRate': {
    target: 'clip',
    label: 'frame rate',
    bound: 'max',
    measure: onClip((facts) => round(facts.frameRate, 2)),
  },
  'clip.cuts': {
    target: 'clip',
    label: 'scene cuts',
    bound: 'max',
    measure: (subject) => cutsInside(subject)?.length ?? null,
  },
  'prompt.required': {
    target: 'settings',
    label: 'prompt',
    bound: 'present',
    measure: (subject) => subject.settings.prompt.trim().length,
    broken: (_measured, _limit, severity) =>
      severity === 'error'
        ? 'This model needs a prompt. Describe what the result should show.'
        : 'There is no prompt, so a neutral one is sent. The provider’s documentation contradicts itself on whether it is needed.',
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
    absent: 'No element is used, so either orientation works.',
  },
  'output.length': {
    target: 'settings',
    label: 'result length',
    bound: 'max',
    measure: (subject) => subject.sent && round(subject.sent, 3),
    broken: (measured, limit) =>
      `This orientation gives a result of only ${limit}, although you send ${measured}.`,
  },
}
