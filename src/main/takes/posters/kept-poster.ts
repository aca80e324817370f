import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Seconds } from '../../../shared/units.ts'
import { isWholeWebp } from '../../files/whole-webp.ts'
import { writeWhole } from '../../files/write-whole.ts'

const keptPoster = z.object({
  version: z.literal(1),
  /** The moment that the user chose; null for the sharpest. */
  posterAt: z.number().min(0).nullable(),
  /** What `poster.webp` shows. A poster of another result, or of another moment, is made again. */
  made: z.object({ sha256: z.string(), at: z.number() }).nullable().catch(null),
})

type KeptPoster = z.infer<typeof keptPoster>

const nothing: KeptPoster = { version: 1, posterAt: null, made: null }

const choiceIn = (folder: string) => join(folder, 'poster.json')
const pictureIn = (folder: string) => join(folder, 'poster.webp')

/** The poster in the folder of a take, and the moment that the user chose for it. */
export async function readPoster(folder: string): Promise<KeptPoster> {
  try {
    return keptPoster.parse(JSON.parse(await readFile(choiceIn(folder), 'utf8')))
  } catch {
    return nothing
  }
}

type Shown = { readonly path: string; readonly at: Seconds }

/** The kept poster of this result; null where it has to be made. */
export async function posterOf(folder: string, sha256: string): Promise<Shown | null> {
  const { posterAt, made } = await readPoster(folder)
  if (made === null || made.sha256 !== sha256 || (posterAt !== null && posterAt !== made.at)) return null
  const path = pictureIn(folder)
  return (await isWholeWebp(path)) ? { path, at: made.at } : null
}

/** Keeps a poster beside its take. Throws as the file system does; a kill between the two files makes it once more. */
export async function keepPoster(
  folder: string,
  { picture, ...kept }: Omit<KeptPoster, 'version'> & { readonly picture: Uint8Array },
): Promise<void> {
  await writeWhole(choiceIn(folder), json({ ...kept, made: null }))
  await writeWhole(pictureIn(folder), picture)
  await writeWhole(choiceIn(folder), json(kept))
}

/** Lets the sharpest moment be the poster again. Throws as the file system does. */
export const forgetChoice = (folder: string): Promise<void> =>
  writeWhole(choiceIn(folder), json({ posterAt: null, made: null }))

const json = (kept: Omit<KeptPoster, 'version'>) => `${JSON.stringify({ version: 1, ...kept })}\n`
