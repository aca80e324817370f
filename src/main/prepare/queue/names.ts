import { basename, extname } from 'node:path'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fillTemplate } from '../../../shared/domain/batch.ts'
import { localDay } from '../../../shared/domain/local-day.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { fileStamp } from '../../files/file-identity.ts'
import { safeName } from '../../files/names.ts'
import type { Inputs } from '../types.ts'
import type { Problem } from '../../../shared/outcome.ts'
import { sourceChanged, sourceMissing } from '../problems.ts'

const stem = (path: string | null) =>
  path === null ? '' : basename(path, extname(path)).replaceAll(/[/\\]/g, '_')

/**
 * A name by its template, for a folder of a preparation or a saved file; the same inputs at the same place in the list
 * have the same name.
 */
export function nameFor(
  template: string,
  { character, clip, settings }: Pick<Inputs, 'character' | 'clip' | 'settings'>,
  nth: { readonly n: number | null; readonly now: Milliseconds },
): string {
  const filled = fillTemplate(template, {
    clip: stem(clip),
    character: stem(character),
    provider: settings.provider,
    model: settings.model,
    orientation: settings.orientation,
    n: nth.n === null ? '' : String(nth.n),
    date: localDay(new Date(nth.now)),
  })
  // With an extension of ours, a dot in a folder’s name is not taken for one and cut.
  const text = filled.trim().replace(/[. ]+$/, '')
  const safe = safeName(`${text === '' ? 'prepared' : text}.x`)
  const whole = safe.endsWith('.x') ? safe.slice(0, -2).replace(/[. ]+$/, '') : safe
  return whole === '' ? 'prepared' : whole
}

/** Equal for names that some file systems treat as the same. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()

/** The name, then the name with ascending numbers. */
export function* namesLike(name: string): Generator<string> {
  yield name
  for (let nth = 2; ; nth += 1) yield `${name} (${String(nth)})`
}

/** Finds the first free name like this one, and claims it. */
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
/** A file of the user, as it was when it was chosen. */
type Source = Readonly<z.infer<typeof source>>

export type Sources = { readonly character: Source | null; readonly clip: Source | null }

async function sourceOf(path: string | null): Promise<Source | null> {
  if (path === null) return null
  // The preparation reports files that cannot be read.
  return { path, ...((await fileStamp(path)) ?? { bytes: 0, modified: 0 }) }
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

/** Why the chosen files cannot be prepared as they were; null when they are unchanged. */
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

/** Identifies a preparation: equal for the same files, part, settings and template. */
export function keyOf(
  sources: Sources,
  { window, settings }: { readonly window: unknown; readonly settings: Inputs['settings'] },
  template: string,
): string {
  return createHash('sha256')
    .update(JSON.stringify([sources, window, settings, template]))
    .digest('hex')
}
