import { isAbsolute, relative, sep } from 'node:path'

/** Folders of the system that are neither dot files nor anybody's videos. */
const systemNames = new Set(['$RECYCLE.BIN', 'System Volume Information', 'lost+found'])

export const isHidden = (name: string): boolean => name.startsWith('.') || systemNames.has(name)

/**
 * Whether `path` is `folder` or lies below it, with nothing hidden in between. Both are real paths: no links, no dots.
 */
export function isVisibleInside(folder: string, path: string): boolean {
  const way = relative(folder, path)
  // `..` counts as hidden; between two Windows drives the relative path is an absolute one.
  return !isAbsolute(way) && !way.split(sep).some(isHidden)
}
