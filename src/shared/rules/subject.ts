import { countFrames, type FrameCount, perSecond } from '../domain/frames.ts'
import type { CharacterFacts, ClipFacts, ClipWindow, Scan } from '../domain/media.ts'
import { areaOf } from '../domain/picture-geometry.ts'
import type { TakeSettings } from '../domain/take.ts'
import type { Seconds } from '../units.ts'
import { lengthenedBy, frameRateCap, numericLimit, performedWindow } from './window.ts'
import type { ModelRules } from './rules.ts'

export type CheckInputs = {
  readonly character: CharacterFacts | null
  readonly clip: ClipFacts | null
  readonly asked: ClipWindow
  readonly settings: TakeSettings
  /** What a look at the moving picture found; null: not looked at. */
  readonly scan: Scan | null
}

export type Subject = CheckInputs & {
  /** The part that will be performed; null without a clip. */
  readonly window: { readonly start: Seconds; readonly length: Seconds } | null
  /** That part in whole frames, as it is sent; null without a clip and where nothing of it is left. */
  readonly planned: FrameCount | null
  /** How long those frames are before the part is lengthened. */
  readonly performed: Seconds | null
  /** How long the part is that is sent; it differs where the user lets it be lengthened. */
  readonly sent: Seconds | null
  readonly rules: ModelRules
}

/** The image inside the user's crop: what is outside is never sent, so no rule applies to it. */
function framed(character: CharacterFacts, { fit }: TakeSettings): CharacterFacts {
  if (fit.crop === null) return character
  const { width, height } = areaOf(fit.crop, character)
  return { ...character, width, height }
}

/** The limit of a rule as it binds this subject, where it is a plain number. */
export const limitFor = ({ rules, settings }: Pick<Subject, 'rules' | 'settings'>, rule: string) =>
  numericLimit(rules, rule, settings.orientation)

const lengthOf = ({ performed, rate }: FrameCount): Seconds => performed / perSecond(rate)

function plannedFrames(
  { clip, settings }: CheckInputs,
  window: Subject['window'],
  rules: ModelRules,
): FrameCount | null {
  if (clip === null || window === null || window.length <= 0) return null
  const { orientation, fit } = settings
  const minLength = numericLimit(rules, 'clip.duration.min', orientation)
  const maxLength = numericLimit(rules, 'clip.duration.max', orientation) ?? undefined
  const part = { ...window, minLength: minLength ?? undefined, maxLength }
  const cap = frameRateCap(rules, orientation)
  const alone = countFrames(clip, part, cap)
  return countFrames(clip, { ...part, lengthen: lengthenedBy(lengthOf(alone), minLength, fit) }, cap)
}

export function subjectOf(inputs: CheckInputs, rules: ModelRules): Subject {
  const { character, clip, asked, settings } = inputs
  const window = clip && performedWindow(clip, asked, rules, settings.orientation)
  const planned = plannedFrames(inputs, window, rules)
  return {
    ...inputs,
    character: character && framed(character, settings),
    window,
    planned,
    performed: planned ? lengthOf(planned) : window && 0,
    sent: planned ? planned.duration : window && 0,
    rules,
  }
}
