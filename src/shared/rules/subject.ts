import type { CharacterFacts, ClipFacts, ClipWindow } from '../media.ts'
import { areaOf } from '../picture-geometry.ts'
import type { Scan } from '../scan.ts'
import type { TakeSettings } from '../take.ts'
import type { Seconds } from '../units.ts'
import { sentLength } from './lengthen.ts'
import type { ModelRules } from './rules.ts'
import { numericLimit, performedWindow } from './window.ts'

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
  /** How long the part is that is sent; it differs where the user lets it be lengthened. */
  readonly sent: Seconds | null
  readonly rules: ModelRules
}

/** The picture inside the user's own frame: what lies outside of it is never sent, so that no rule asks for it. */
function framed(character: CharacterFacts, { fit }: TakeSettings): CharacterFacts {
  if (fit.crop === null) return character
  const { width, height } = areaOf(fit.crop, character)
  return { ...character, width, height }
}

/** The limit of a rule as it binds this subject, where it is a plain number. */
export const limitFor = ({ rules, settings }: Pick<Subject, 'rules' | 'settings'>, rule: string) =>
  numericLimit(rules, rule, settings.orientation)

export function subjectOf(inputs: CheckInputs, rules: ModelRules): Subject {
  const { character, clip, asked, settings } = inputs
  const window = clip && performedWindow(clip, asked, rules, settings.orientation)
  const least = numericLimit(rules, 'clip.duration.min', settings.orientation)
  return {
    ...inputs,
    character: character && framed(character, settings),
    window,
    sent: clip && window && sentLength(window.length, least, settings.fit, clip),
    rules,
  }
}
