import { join } from 'node:path'
import type { PreparedCharacter, PreparedClip } from '../../shared/domain/media.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { imageLimits } from '../../shared/rules/image-limits.ts'
import { fitsUntouched } from '../../shared/rules/recoding.ts'
import { frameRateCap, numericLimit } from '../../shared/rules/window.ts'
import type { Media } from '../media/media.ts'
import type { Call } from './types.ts'
import type { CheckedAgainst } from './check-inputs.ts'

export type Prepared = { readonly clip: PreparedClip | null; readonly character: PreparedCharacter | null }

type Paths = { readonly character: string | null; readonly clip: string | null }
type Making = Call & { readonly onCommand?: ((line: string) => void) | undefined }

function makeClip(
  media: Media,
  source: string,
  checked: CheckedAgainst,
  folder: string,
  making: Making,
): Promise<Outcome<PreparedClip>> {
  const { facts, report, rules, held } = checked
  if (facts.clip === null || report.window === null)
    throw new Error('a clip can only be prepared after it was measured')
  const limit = (rule: string) => numericLimit(rules, rule, held.settings.orientation)
  return media.prepareClip(
    {
      source,
      facts: facts.clip,
      start: report.window.start,
      length: report.window.length,
      minLength: limit('clip.duration.min') ?? undefined,
      maxLength: limit('clip.duration.max') ?? undefined,
      maxBytes: limit('clip.bytes'),
      minSide: limit('clip.side.min'),
      maxSide: limit('clip.side.max'),
      maxFrameRate: frameRateCap(rules, held.settings.orientation),
      keepSound: held.settings.keepSound,
      copy: fitsUntouched(held, rules),
      lengthen: held.settings.fit.short,
      background: held.settings.fit.background,
      target: join(folder, 'clip.mp4'),
    },
    making,
  )
}

function makeCharacter(
  media: Media,
  source: string,
  checked: CheckedAgainst,
  folder: string,
  making: Making,
): Promise<Outcome<PreparedCharacter>> {
  const { facts, rules, held } = checked
  if (facts.character === null) throw new Error('a character can only be prepared after it was measured')
  const limit = (rule: string) => numericLimit(rules, rule, held.settings.orientation)
  return media.prepareCharacter(
    {
      source,
      facts: facts.character,
      maxBytes: limit('image.bytes'),
      ...imageLimits(rules, held.settings.orientation, facts.character, held.settings.fit),
      fit: held.settings.fit,
      folder,
      name: 'character',
    },
    { signal: making.signal },
  )
}

/** Writes both prepared files into a folder; each appears completely or not at all. */
export async function prepareInputs(
  media: Media,
  paths: Paths,
  checked: CheckedAgainst,
  folder: string,
  making: Making,
): Promise<Outcome<Prepared>> {
  const character =
    paths.character === null ? ok(null) : await makeCharacter(media, paths.character, checked, folder, making)
  if (!character.ok) return character
  const clip = paths.clip === null ? ok(null) : await makeClip(media, paths.clip, checked, folder, making)
  if (!clip.ok) return clip
  return ok({ clip: clip.value, character: character.value })
}
