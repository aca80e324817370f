import { mkdirSync, existsSync } from 'node:fs'
import { readdir, rm, access, constants, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { MiB, type Bytes } from '../../shared/units.ts'
import type { Attempt } from './attempt.ts'
import { folderNotWritable, notAFolder, resultFolderGone, tooLittleRoom } from './problems.ts'

type TakeFolder = { readonly folder: string; readonly clip: string }

/** The folder of a take’s files. It may be missing: the user may have moved it away. */
export function takeFolder(library: string, id: string): TakeFolder {
  const folder = join(library, id)
  return { folder, clip: join(folder, 'clip.mp4') }
}

/** The same, for writing into it: created if it is missing. */
export function makeTakeFolder(library: string, id: string): TakeFolder {
  const made = takeFolder(library, id)
  mkdirSync(made.folder, { recursive: true, mode: 0o700 })
  return made
}

/** Deletes unfinished files of a preparation that was killed. Their names start with a dot and contain `.part`. */
export async function sweepParts(folder: string): Promise<void> {
  const left = (await readdir(folder)).filter((name) => /^\.[0-9a-f]+\.part\.\w+$/.test(name))
  await Promise.all(left.map((name) => rm(join(folder, name), { force: true })))
}

type Placed = Pick<Attempt, 'take' | 'resultFolder'>
type ResultPlace = {
  readonly folder: string
  readonly part: string
  readonly result: string
  /** The watermarked version, and the unfinished download of it. */
  readonly marked: string
  readonly markedPart: string
}

/** Where the result of an attempt is or will be. */
export function resultPlace(library: string, { take, resultFolder }: Placed): ResultPlace {
  const [folder, name] =
    resultFolder === null ? [join(library, take), 'result'] : [resultFolder, `understudy-${take}`]
  const result = join(folder, `${name}.mp4`)
  const marked = join(folder, `${name}-watermarked.mp4`)
  return { folder, part: `${result}.part`, result, marked, markedPart: `${marked}.part` }
}

/** The same, for writing into it. A folder that the user chose is never created again. */
export function makeResultPlace(library: string, placed: Placed): ResultPlace {
  if (placed.resultFolder === null) makeTakeFolder(library, placed.take)
  return resultPlace(library, placed)
}

/** Free space that a download must leave for the journal. */
const roomToSpare = 64 * MiB

/** Whether a folder has room for a file of `expected` bytes, of which `there` are downloaded already. */
export async function roomIn(folder: string, expected: Bytes | null, there: Bytes): Promise<Outcome<null>> {
  // A disk that was unplugged is not a full disk.
  const space = await statfs(folder).catch(() => null)
  if (space === null || !existsSync(folder)) return resultFolderGone(folder)
  const free = space.bavail * space.bsize
  const needed = 2 * (expected ?? 0) - there + roomToSpare
  return free >= needed ? ok(null) : tooLittleRoom(free, needed)
}

/** Whether a result can be saved in a folder that the user chose. */
export async function usableFolder(folder: string): Promise<Outcome<string>> {
  try {
    if (!(await stat(folder)).isDirectory()) return notAFolder(folder)
    await access(folder, constants.W_OK)
    return ok(folder)
  } catch (error) {
    return folderNotWritable(folder, error instanceof Error ? error.message : String(error))
  }
}
