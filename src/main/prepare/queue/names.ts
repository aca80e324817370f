import { basename, extname } from 'node:path'
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { fillTemplate } from '../../../shared/domain/batch.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { safeName } from '../../files/names.ts'
import type { Inputs } from '../types.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { sourceChanged, sourceMissing } from '../problems.ts'

const stem = (path: string | null) =>
  path === null ? '' : basename(path, extname(path)).replaceAll(/[/\\]/g, '_')

/** The day as the user's own calendar has it, for example 2026-11-20. */
function localDay(now: Milliseconds): string {
  const day = new Date(now)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${String(day.getFullYear())}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
}

/** The folder of one preparation by its template; the same inputs at the same place in the list have the same name. */
export function nameFor(
  template: string,
  { character, clip, settings }: Omit<Inputs, 'window'>,
  nth: { readonly n: number; readonly now: Milliseconds },
): string {
  const filled = fillTemplate(template, {
    clip: stem(clip),
    character: stem(character),
    provider: settings.provider,
    model: settings.model,
    orientation: settings.orientation,
    n: String(nth.n),
    date: localDay(nth.now),
  })
  // An ending of our own, so that a dot in a folder's name is not taken for one and cut.
  const text = filled.trim().replace(/[. ]+$/, '')
  const safe = safeName(`${text === '' ? 'prepared' : text}.x`)
  const whole = safe.endsWith('.x') ? safe.slice(0, -2).replace(/[. ]+$/, '') : safe
  return whole === '' ? 'prepared' : whole
}

/** Two names that some file systems take for one. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()

/** The name, then the name with a number, without end. */
export function* namesLike(name: string): Generator<string> {
  yield name
  for (let nth = 2; ; nth += 1) yield `${name} (${String(nth)})`
}

/** The first name like this one that nobody has taken, which is then taken. */
export function claimName(name: string, claimed: Set<string>): string {
  for (const candidate of namesLike(name)) {
    if (claimed.has(nameKey(candidate))) continue
    claimed.add(nameKey(candidate))
    return candidate
  }
  throw new Error('names like this one never end')
}

export const source = z.strictObject({
  path: z.string().min(1),
  bytes: z.number().int().min(0),
  /** When it was last changed, in milliseconds since 1970. */
  modified: z.number(),
})
/** A file of the user as it was when it was chosen. */
type Source = Readonly<z.infer<typeof source>>

export type Sources = { readonly character: Source | null; readonly clip: Source | null }

async function sourceOf(path: string | null): Promise<Source | null> {
  if (path === null) return null
  // What cannot be looked at is for the preparation to name.
  const found = await stat(path).catch(() => null)
  return { path, bytes: found?.size ?? 0, modified: found?.mtimeMs ?? 0 }
}

export const sourcesOf = async ({
  character,
  clip,
}: Pick<Inputs, 'character' | 'clip'>): Promise<Sources> => ({
  character: await sourceOf(character),
  clip: await sourceOf(clip),
})

const isSame = (one: Source, other: Source) => one.bytes === other.bytes && one.modified === other.modified

const isMissing = ({ bytes, modified }: Source) => bytes === 0 && modified === 0

/** Why a preparation would not be of the files that were chosen; null when they are as they were. */
export function sourceTrouble(chosen: Sources, now: Sources): Problem | null {
  for (const [before, after] of [
    [chosen.character, now.character],
    [chosen.clip, now.clip],
  ] as const) {
    if (before === null || after === null) continue
    if (isMissing(after)) return sourceMissing(before.path)
    if (!isSame(before, after)) return sourceChanged(before.path)
  }
  return null
}

/** Tells one preparation from another: equal for the same files, part and settings, asked for under the same name. */
export function keyOf(
  sources: Sources,
  { window, settings }: { readonly window: unknown; readonly settings: Inputs['settings'] },
  template: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([sources, window, settings, template]))
    .digest('hex')
}
