import { chmodSync, readdirSync, statSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './durable.ts'

const folderMode = 0o700
const fileMode = 0o600
const othersMayUseIt = 0o077
/** Set on folders that belong to everybody, such as /tmp. They have to stay open. */
const sticky = 0o1000

const modeFor = (found: Stats) => (found.isDirectory() ? folderMode : fileMode)

/** True when only this user can use it from now on. Windows inherits the rights of the user's own folder. */
function closeToOthers(path: string): boolean {
  if (process.platform === 'win32') return true
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return true
  const mode = modeFor(found)
  if ((found.mode & othersMayUseIt) === 0 && (found.mode & mode) === mode) return true
  if ((found.mode & sticky) !== 0) return false
  try {
    chmodSync(path, mode)
    return (statSync(path).mode & othersMayUseIt) === 0
  } catch {
    // It belongs to another user, or the disk knows no rights.
    return false
  }
}

/** Makes a folder for this user alone, whatever the umask, also where it already exists. False where that isn't possible. */
export function privateFolder(path: string): boolean {
  makeFolder(path, folderMode)
  return closeToOthers(path)
}

const ownFolders = new Set(['dropped', 'library', 'practice', 'previews', 'viewing', 'window', 'work'])
const ownFiles = [
  'desk.json',
  'keys.json',
  'prepare-queue.json',
  'recents.json',
  'settings.json',
  'studio.db',
  'take-queue.json',
]
/** Whether Understudy keeps this in its home folder. */
export const isOwn = (name: string): boolean =>
  ownFolders.has(name) || ownFiles.some((own) => name.startsWith(own))

/** Closes what Understudy keeps in its home folder. Other files in there are the user's and stay as they are. */
export function closeHome(home: string): void {
  for (const name of readdirSync(home)) if (isOwn(name)) closeToOthers(join(home, name))
}
