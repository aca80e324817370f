import { stat, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Stats } from 'node:fs'
import type { Bytes, Milliseconds } from '../../shared/units.ts'

/**
 * "Is it still the same file?", answered without reading it. That is enough for what is only remembered about a file;
 * what a take pays for is proven by a hash of its content instead (takes/submit/source-fingerprint.ts).
 *
 * This form is for one run: it follows a file that is moved on its disk. Rejects where the file can't be read.
 */
async function fileIdentity(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true })
  return [dev, ino, size, mtimeNs].join('-')
}

export const fileIdentityIfAny = (path: string): Promise<string | null> =>
  fileIdentity(path).catch(() => null)

/** The identity of a file under this very name. */
export const namedFileIdentity = async (path: string): Promise<string> =>
  `${resolve(path)}\0${await fileIdentity(path)}`

type FileStamp = {
  readonly bytes: Bytes
  /** When it was last changed, since 1970. */
  readonly modified: Milliseconds
}

/** What is stored for the next start. A drive that is connected again may have another device number, so it is left out. */
export const fileStamp = (path: string): Promise<FileStamp | null> =>
  stat(path).then(
    ({ size, mtimeMs }) => ({ bytes: size, modified: mtimeMs }),
    () => null,
  )

/** As the entity tag of HTTP, for a file that is already open. */
export const entityTag = ({ ino, size, mtimeMs }: Stats): string =>
  `"${[ino, size, mtimeMs].map((number) => number.toString(36)).join('-')}"`

const aDay: Milliseconds = 24 * 60 * 60_000

/**
 * Deletes what has been in a folder of temporary files for more than a day: the process that made it was killed. A command that runs
 * at the same time as the studio keeps its own files.
 */
export async function sweepOld(
  folder: string,
  now: Milliseconds,
  spared: ReadonlySet<string> = new Set(),
): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    if (spared.has(name)) continue
    const path = join(folder, name)
    const found = await stat(path).catch(() => null)
    if (found && now - found.mtimeMs > aDay)
      await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}
