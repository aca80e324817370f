import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false

/**
 * Makes a folder and those above it, and answers the outermost that was missing. Step by step, because Node's own recursive mkdir never ends where a file system
 * denies that a folder exists which it refuses to hold anything (`/proc` does).
 */
export function makeFolder(path: string, mode = 0o777): string | undefined {
  if (isFolder(path)) return undefined
  const parent = dirname(path)
  const made = parent === path ? undefined : makeFolder(parent, mode)
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    // Somebody else may have been quicker.
    if (!isFolder(path)) throw error
  }
  return made ?? path
}
