import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Milliseconds } from '../../shared/units.ts'

const aDay: Milliseconds = 24 * 60 * 60_000

/**
 * Deletes what lies in a folder of temporary files for more than a day: whoever made it was killed. A command that runs
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
