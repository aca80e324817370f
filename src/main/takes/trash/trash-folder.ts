import { existsSync, mkdirSync, renameSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { flushFolderSync } from '../../files/durable.ts'

/** Beside the takes and so on their disk: one rename moves a take there, and one brings it back. */
export const trashFolder = (library: string): string => join(library, '.trash')

type Place = 'library' | 'trash'

/** The folder that holds the folder of a take. */
export const holding = (library: string, place: Place): string =>
  place === 'trash' ? trashFolder(library) : library

/** `both`: there are two folders of this name, and neither is touched. */
export type Found = Place | 'both' | 'nowhere'

/** An empty folder has nothing to lose. Only an empty one can be removed like this. */
function dropEmpty(folder: string): void {
  try {
    rmdirSync(folder)
  } catch {
    // It is not there, or something is in it.
  }
}

/** Where the folder of a take is. */
export function findFolder(library: string, id: string): Found {
  const isIn = (place: Place) => existsSync(join(holding(library, place), id))
  if (isIn('library')) return isIn('trash') ? 'both' : 'library'
  return isIn('trash') ? 'trash' : 'nowhere'
}

/**
 * Moves the folder of a take, unless it is there already or nowhere. Never replaces a folder. Throws as the file system
 * does.
 */
export function moveFolder(library: string, id: string, to: Place): Found {
  const target = join(holding(library, to), id)
  if (findFolder(library, id) === 'both') dropEmpty(target)
  const found = findFolder(library, id)
  if (found === 'both' || found === 'nowhere' || found === to) return found
  mkdirSync(holding(library, to), { recursive: true, mode: 0o700 })
  renameSync(join(holding(library, found), id), target)
  flushFolderSync(holding(library, to))
  return to
}
