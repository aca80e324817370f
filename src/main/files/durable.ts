import { constants } from 'node:fs'
import { copyFile, link, open } from 'node:fs/promises'
import { errorCode } from './write-problem.ts'

/** Waits until the content of a file is on the disk. */
export async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes names in a folder survive a power cut; Windows has no such call and needs none. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Gives a finished file its name; unlike a rename, this cannot replace a file that appeared meanwhile. */
export async function publishNew(finished: string, target: string): Promise<void> {
  try {
    await link(finished, target)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error
    // Some file systems (FAT, network drives) have no hard links.
    await copyFile(finished, target, constants.COPYFILE_EXCL)
  }
}
