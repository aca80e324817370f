import { layOut, type PictureLayout, type Size } from '../domain/picture-geometry.ts'
import type { FixId } from './finding.ts'
import { imageLimits, mostEnlarged } from './image-limits.ts'
import { waysToLengthen } from './window.ts'
import type { Rule, RuleId } from './rules.ts'
import { limitFor, type Subject } from './subject.ts'
import { roundingTolerance } from '../units.ts'

/** How the character is laid out within the limits; null where they contradict each other or too much is enlarged. */
export function characterLayout(subject: Subject): PictureLayout | null {
  const { character, settings, rules } = subject
  if (character === null) return null
  // The user's own frame is applied to the subject already.
  const fit = { aspect: settings.fit.aspect, crop: null }
  const layout = layOut(character, fit, imageLimits(rules, settings.orientation, character, fit))
  return layout && layout.shown.width / layout.kept.width > mostEnlarged + roundingTolerance ? null : layout
}

/** By how much the clip is scaled to be within the limits; null where no factor does it, or only an absurd one. */
export function clipScale(subject: Subject): number | null {
  const { clip } = subject
  if (clip === null) return null
  const shorter = Math.min(clip.width, clip.height)
  const longer = Math.max(clip.width, clip.height)
  const least = (limitFor(subject, 'clip.side.min') ?? 0) / shorter
  const most = (limitFor(subject, 'clip.side.max') ?? Infinity) / longer
  if (least > most + roundingTolerance || least > mostEnlarged + roundingTolerance) return null
  return Math.min(most, Math.max(least, 1))
}

const smallerSize = (size: Size) => Math.min(size.width, size.height)

function enlargeCharacter(subject: Subject): FixId | undefined {
  const layout = characterLayout(subject)
  if (layout === null) return undefined
  const grown = layout.shown.width > layout.kept.width || layout.shown.height > layout.kept.height
  // A border can be all that the short side lacks.
  return grown || smallerSize(layout.kept) === smallerSize(layout.canvas) ? 'scale-up' : 'pad'
}

function shrinkCharacter(subject: Subject): FixId | undefined {
  const layout = characterLayout(subject)
  if (layout === null) return undefined
  return layout.shown.width < layout.kept.width ? 'scale-down' : 'crop'
}

const always = (fix: FixId) => () => fix
const scaling = (fix: FixId) => (subject: Subject) => (clipScale(subject) === null ? undefined : fix)

/** How the app fixes a broken rule automatically; only the user can fix a rule that is not named here. */
const fixes: Readonly<Partial<Record<RuleId, (subject: Subject) => FixId | undefined>>> = {
  'image.format': always('convert-image'),
  'image.bytes': always('convert-image'),
  'image.side.min': enlargeCharacter,
  'image.side.max': shrinkCharacter,
  'image.aspect': (subject) => (characterLayout(subject) === null ? undefined : subject.settings.fit.aspect),
  'clip.format': always('re-encode'),
  'clip.codec': always('re-encode'),
  'clip.bytes': always('compress'),
  'clip.side.min': scaling('scale-up'),
  'clip.side.max': scaling('scale-down'),
  'clip.duration.min': ({ planned }) => planned?.lengthen ?? undefined,
  // A length the user chose is never changed silently.
  'clip.duration.max': ({ asked }) => (asked.length === null ? 'trim' : undefined),
  'clip.frameRate': always('re-encode'),
}

/** Only what is re-encoded anyway: a limit that no provider states costs no pixel of the image. */
const fixedAsWish: ReadonlySet<RuleId> = new Set<RuleId>([
  'image.format',
  'clip.format',
  'clip.codec',
  'clip.frameRate',
])

/** How the app fixes a rule that does not hold automatically. */
export const fixFor = ({ rule, severity }: Rule, subject: Subject): FixId | undefined =>
  severity === 'error' || fixedAsWish.has(rule) ? fixes[rule]?.(subject) : undefined

/** The fixes among which only the user can choose. */
export function choicesFor({ rule, limit }: Rule, { performed }: Subject): readonly FixId[] {
  if (rule !== 'clip.duration.min' || performed === null || typeof limit !== 'number') return []
  return waysToLengthen(performed, limit)
}
