import { mkdirSync, existsSync } from 'node:fs'
import { readdir, rm, access, constants, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { MiB, type Bytes } from '../../shared/units.ts'
import type { Attempt } from './attempt.ts'
import { folderNotWritable, notAFolder, resultFolderGone, tooLittleRoom } from './problems.ts'

type TakeFolder = { readonly folder: string; readonly clip: string }

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

type Placed = Pick<Attempt, 'take' | 'resultFolder'>
type ResultPlace = {
  readonly folder: string
  readonly part: string
  readonly result: string
  /** Where the version with the mark of the provider lies, and where it arrives. */
  readonly marked: string
  readonly markedPart: string
}

/** Where the result of an attempt lies, or will lie; a folder the user chose is never made anew once it is gone. */
export function resultPlace(library: string, { take, resultFolder }: Placed): ResultPlace {
  const [folder, name] =
    resultFolder === null
      ? [takeFolder(library, take).folder, 'result']
      : [resultFolder, `understudy-${take}`]
  const result = join(folder, `${name}.mp4`)
  const marked = join(folder, `${name}-watermarked.mp4`)
  return { folder, part: `${result}.part`, result, marked, markedPart: `${marked}.part` }
}

/** Less than this free, and a download is not begun: the journal needs room as well. */
const roomToSpare = 64 * MiB

/** Whether a file of so many bytes, of which some are there already, may be fetched into a folder. */
export async function roomIn(folder: string, expected: Bytes | null, there: Bytes): Promise<Outcome<null>> {
  // A disk that was pulled out is no full disk.
  const space = await statfs(folder).catch(() => null)
  if (space === null || !existsSync(folder)) return resultFolderGone(folder)
  const free = space.bavail * space.bsize
  const needed = 2 * (expected ?? 0) - there + roomToSpare
  return free >= needed ? ok(null) : tooLittleRoom(free, needed)
}

/** Whether a folder the user chose can take a result. */
export async function usableFolder(folder: string): Promise<Outcome<string>> {
  try {
    if (!(await stat(folder)).isDirectory()) return notAFolder(folder)
    await access(folder, constants.W_OK)
    return ok(folder)
  } catch (error) {
    return folderNotWritable(folder, error instanceof Error ? error.message : String(error))
  }
}
