import { constants, copyFileSync, existsSync, renameSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Milliseconds } from '../../shared/units.ts'

/** Never replaces anything. A folder in the place of the file is moved, because nothing could be saved there. */
function setAside(path: string, now: Milliseconds): string {
  const name = `${basename(path)}.aside-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}`
  const aside = join(dirname(path), name)
  if (!statSync(path).isDirectory()) copyFileSync(path, aside, constants.COPYFILE_EXCL)
  else if (existsSync(aside)) throw new Error(`${name} already exists`)
  else renameSync(path, aside)
  return name
}

/** Keeps what can’t be read at the place of a file that is replaced as a whole. */
export type Keeper = {
  /** Keeps a copy beside it, and returns its name; null if there can be none yet, for example on a full disk. */
  readonly keep: () => string | null
  /** Call this before every write. Throws while what couldn’t be kept would be lost. */
  readonly beforeWrite: () => void
}

export function createKeeper(path: string, now: () => Milliseconds): Keeper {
  let isKept = true
  return {
    keep: () => {
      try {
        return setAside(path, now())
      } catch {
        isKept = false
        return null
      }
    },
    beforeWrite: () => {
      if (!isKept && existsSync(path)) setAside(path, now())
      isKept = true
    },
  }
}
