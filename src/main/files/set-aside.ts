import { constants, copyFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Milliseconds } from '../../shared/units.ts'

/**
 * Keeps a copy of a file that can’t be read beside it, and returns its name; null if there can be no copy, for example
 * on a full disk. Never replaces a file.
 */
export function copyAside(path: string, now: Milliseconds): string | null {
  const name = `${basename(path)}.aside-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`
  try {
    copyFileSync(path, join(dirname(path), name), constants.COPYFILE_EXCL)
    return name
  } catch {
    return null
  }
}
