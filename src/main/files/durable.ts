import { errorCode } from './error-code.ts'
import { basename, dirname, extname, join } from 'node:path'
import { link, open, rename, rm } from 'node:fs/promises'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs'
import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from '../system/ports.ts'

/** Waits until the content of a file is on the disk. */
export async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** What a file system says that can’t flush a folder, as some shared and network folders can’t. */
const cannotFlush = new Set(['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])

/** Makes names in a folder survive a power cut, where that is possible; Windows has no such call and needs none. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    if (!cannotFlush.has(errorCode(error))) throw error
  } finally {
    await handle.close()
  }
}

/** The same, before the next line runs. */
export function flushFolderSync(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } catch (error) {
    if (!cannotFlush.has(errorCode(error))) throw error
  } finally {
    closeSync(handle)
  }
}

/**
 * Gives a finished file its name; unlike a rename, this cannot replace a file that appeared meanwhile. The finished
 * file may keep its other name too, which is then for the caller to remove.
 */
export async function publishNew(
  finished: string,
  target: string,
  makeLink: typeof link = link,
): Promise<void> {
  try {
    await makeLink(finished, target)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error
    await publishWithoutLinks(finished, target)
  }
}

/** FAT and some network drives know no links: the name is reserved, and our own empty file replaced. Never a copy, of which a kill would leave half. */
async function publishWithoutLinks(finished: string, target: string): Promise<void> {
  const reserved = await open(target, 'wx')
  await reserved.close()
  try {
    await rename(finished, target)
  } catch (error) {
    await rm(target, { force: true })
    throw error
  }
}

export type Rename = (from: string, to: string) => Promise<void>

/** What Windows says of a file that a virus scanner or a player has open. */
const inUse = new Set(['EPERM', 'EACCES', 'EBUSY'])
const renameGaps: readonly Milliseconds[] = [5, 10, 20, 40, 80, 160, 320, 640, 1280]

/** Renames a file that others may have open for a moment; answers why it could not be done, null when it was. */
export async function renameFirmly(
  from: string,
  to: string,
  { rename, clock }: { readonly rename: Rename; readonly clock: Pick<Clock, 'sleep'> },
  signal: AbortSignal,
): Promise<string | null> {
  let why = ''
  for (const gap of [0, ...renameGaps]) {
    if (gap > 0) await clock.sleep(gap, signal)
    if (signal.aborted) return why
    try {
      await rename(from, to)
      return null
    } catch (error) {
      if (!inUse.has(errorCode(error))) throw error
      why = error instanceof Error ? error.message : String(error)
    }
  }
  return why
}

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

/** Gives a file a free name beside its own, so that another may take its place; what is not there stays so. */
export function moveToBackupName(path: string): void {
  if (!existsSync(path)) return
  const end = extname(path)
  const stem = basename(path, end)
  let aside = join(dirname(path), `${stem} (changed)${end}`)
  for (let nth = 2; existsSync(aside); nth += 1)
    aside = join(dirname(path), `${stem} (changed ${String(nth)})${end}`)
  renameSync(path, aside)
}
