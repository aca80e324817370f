import { stat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Milliseconds } from '../../shared/units.ts'

/**
 * Tells a file from itself after a change, wherever it is moved to on its disk; rejects where it cannot be looked at.
 * It costs no reading, so it is for what is remembered of a file and not for what is proven about it.
 */
export async function fileIdentity(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true })
  return [dev, ino, size, mtimeNs].join('-')
}

/** The same, null where it cannot be looked at. */
export const fileIdentityIfAny = (path: string): Promise<string | null> =>
  fileIdentity(path).catch(() => null)

const aDay: Milliseconds = 24 * 60 * 60_000

/**
 * Deletes what lies in a folder of temporary files for more than a day: the process that made it was killed. A command that runs
 * at this moment beside the studio keeps what it works with.
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
