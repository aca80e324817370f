import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { z } from 'zod'
import { fail, type Problem } from '../../../shared/outcome.ts'
import { nameOf } from '../../media/naming.ts'
import type { Inputs } from '../../core/studio-types.ts'

export const source = z.strictObject({
  path: z.string().min(1),
  bytes: z.number().int().min(0),
  /** When it was last changed, in milliseconds since 1970. */
  modified: z.number(),
})
/** A file of the user as it was when it was chosen. */
export type Source = Readonly<z.infer<typeof source>>

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
    if (isMissing(after))
      return fail('file-missing', `“${nameOf(before.path)}” is not there any more.`, {
        advice: 'Put it back and try again.',
      }).problem
    if (!isSame(before, after))
      return fail('input-refused', `“${nameOf(before.path)}” was changed after it was added.`, {
        advice: 'Try again to prepare it as it is now.',
      }).problem
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
