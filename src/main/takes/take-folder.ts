import { mkdirSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

export type TakeFolder = { readonly folder: string; readonly clip: string }

/** Where the files of a take lie; the folder is made on first use. */
export function takeFolder(library: string, id: string): TakeFolder {
  const folder = join(library, id)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return { folder, clip: join(folder, 'clip.mp4') }
}

/** Deletes half-written files of a preparation that was killed; they begin with a dot and carry `.part`. */
export async function sweepParts(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => /^\.[0-9a-f]+\.part\.\w+$/.test(name))
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
}
