import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from './durable.ts'

/**
 * Replaces a small JSON file as a whole, for this user alone: a kill leaves the old content or the new. What an earlier
 * kill left under the unfinished name is taken away first, because it would keep the rights it has.
 */
export function writeSmallFile(path: string, content: unknown, { durable = false } = {}): void {
  const fresh = `${path}.new`
  makeFolder(dirname(path), 0o700)
  rmSync(fresh, { force: true })
  writeFileSync(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: durable })
  renameSync(fresh, path)
}
