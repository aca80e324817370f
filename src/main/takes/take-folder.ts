import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Take } from '../../shared/take.ts'

export type TakeFolder = {
  readonly folder: string
  readonly clip: string
  readonly part: string
  readonly result: string
}

/** Where the files of a take lie; the folder is made on first use. */
export function takeFolder(library: string, id: string): TakeFolder {
  const folder = join(library, id)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return {
    folder,
    clip: join(folder, 'clip.mp4'),
    part: join(folder, 'result.mp4.part'),
    result: join(folder, 'result.mp4'),
  }
}

/** Deletes half-written files of a preparation that was killed; they begin with a dot and carry `.part`. */
export async function sweepParts(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => /^\.[0-9a-f]+\.part\.\w+$/.test(name))
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
}

type Told = Take & { readonly commands: readonly string[]; readonly history: readonly unknown[] }

/** Writes `take.json` whole or not at all. It repeats the journal in plain words, so a lost write loses nothing. */
export function writeTakeFile(library: string, take: Told): void {
  const { folder } = takeFolder(library, take.id)
  const target = join(folder, 'take.json')
  writeFileSync(`${target}.new`, `${JSON.stringify(take, null, 2)}\n`)
  renameSync(`${target}.new`, target)
}

/** Whether `take.json` tells of this very state; a kill between the journal and the file leaves it one step behind. */
export async function isTold(library: string, take: Pick<Take, 'id' | 'state' | 'since'>): Promise<boolean> {
  try {
    const text = await readFile(join(library, take.id, 'take.json'), 'utf8')
    const { state, since } = JSON.parse(text) as Partial<Take>
    return state === take.state && since === take.since
  } catch {
    return false
  }
}
