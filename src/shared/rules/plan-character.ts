import type { CharacterFacts } from '../domain/media.ts'
import { areaOf } from '../domain/picture-geometry.ts'
import type { Finding, PlanStep } from './finding.ts'
import { characterLayout } from './fixes.ts'
import { because, stepFor, timesAs, withoutMetadata } from './plan-steps.ts'
import type { Subject } from './subject.ts'

const isSrgb = ({ colourSpace, colourProfile }: CharacterFacts) =>
  colourSpace === 'srgb' && (colourProfile === null || /srgb/i.test(colourProfile))

/** What is changed about a picture whatever the rules say, with its reason and its cost. */
function conversions(character: CharacterFacts, background: string): readonly (readonly [string, string])[] {
  return [
    ...(character.orientation === 1
      ? []
      : ([['The picture is stored lying and is turned upright.', 'none']] as const)),
    ...(character.animated
      ? ([['Only the first picture of the animation is sent.', 'the other pictures']] as const)
      : []),
    ...(character.alpha
      ? ([[`What is see-through is filled with ${background}.`, 'the see-through parts']] as const)
      : []),
    ...(isSrgb(character)
      ? []
      : ([['The colours are turned into sRGB.', 'colours that screens rarely show']] as const)),
  ]
}

function ownFrame(source: CharacterFacts, { settings }: Subject): readonly string[] {
  if (settings.fit.crop === null) return []
  const { width, height } = areaOf(settings.fit.crop, source)
  return [`Your frame keeps ${String(width)} × ${String(height)} px of the picture.`]
}

/** The steps for the character, in the order they are made. `source` is the file, the subject what your frame keeps of it. */
export function characterSteps(
  source: CharacterFacts,
  subject: Subject,
  findings: readonly Finding[],
): readonly PlanStep[] {
  const layout = characterLayout(subject)
  const enlarged = layout ? layout.shown.width / layout.kept.width : 1
  const converted = conversions(source, subject.settings.fit.background)
  const weighty = because(findings, 'convert-image')
  const costs = [...(weighty.length > 0 ? ['hardly visible'] : []), ...converted.map(([, cost]) => cost)]
  const costly = [...new Set(costs)].filter((cost) => cost !== 'none')
  return [
    ...stepFor(
      'crop',
      'character',
      [...ownFrame(source, subject), ...because(findings, 'crop')],
      'what lies outside is not sent',
    ),
    ...stepFor(
      'pad',
      'character',
      because(findings, 'pad'),
      `a border in ${subject.settings.fit.background} beside the picture`,
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
