import { closeSync, fsyncSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { rename, unlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { flushFile, flushFolder, flushFolderSync, makeFolder, publishNew } from './durable.ts'
import { errorCode } from './error-code.ts'

type Options = {
  /** Waits until the new content would survive a power cut. */
  readonly durable?: boolean
}

/** The name of a file until it is whole. */
export const unfinishedName = (path: string) => `${path}.new`

/** Only this user may read what Understudy keeps; `wx`, because an existing file or link would keep its own rights. */
const newFile = { mode: 0o600, flag: 'wx' } as const

// Not `rm`: on Windows some versions of Node leave a file whose path is not plain ASCII, and say nothing.
const ignoreMissing = (error: unknown) => {
  if (errorCode(error) !== 'ENOENT') throw error
}

function removeSync(path: string): void {
  try {
    unlinkSync(path)
  } catch (error) {
    ignoreMissing(error)
  }
}

function flushFileSync(path: string): void {
  const handle = openSync(path, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Replaces a file as a whole: after a kill it has the old content or the new. `write` makes the new file under the name
 * it gets. Throws as the file system does; until the rename the old file is unchanged. One writer for each path at a
 * time: two would share the unfinished file.
 */
export async function replaceWhole(
  path: string,
  write: (unfinished: string) => Promise<void>,
  { durable = false }: Options = {},
): Promise<void> {
  const unfinished = unfinishedName(path)
  // An earlier kill may have left one.
  await unlink(unfinished).catch(ignoreMissing)
  try {
    await write(unfinished)
    if (durable) await flushFile(unfinished)
    await rename(unfinished, path)
  } catch (error) {
    await unlink(unfinished).catch(() => undefined)
    throw error
  }
  if (durable) await flushFolder(dirname(path))
}

/** For changes that must be on the disk before the next line runs. */
export function replaceWholeSync(
  path: string,
  write: (unfinished: string) => void,
  { durable = false }: Options = {},
): void {
  const unfinished = unfinishedName(path)
  removeSync(unfinished)
  try {
    write(unfinished)
    if (durable) flushFileSync(unfinished)
    renameSync(unfinished, path)
  } catch (error) {
    try {
      unlinkSync(unfinished)
    } catch {
      // What is thrown is why it could not be written.
    }
    throw error
  }
  if (durable) flushFolderSync(dirname(path))
}

export const writeWhole = (path: string, content: string | Uint8Array, options?: Options): Promise<void> =>
  replaceWhole(path, (unfinished) => writeFile(unfinished, content, newFile), options)

/** Makes a new file as a whole; throws where there is one already. */
export async function writeNewWhole(path: string, content: string): Promise<void> {
  const unfinished = unfinishedName(path)
  await unlink(unfinished).catch(ignoreMissing)
  try {
    await writeFile(unfinished, content, newFile)
    await flushFile(unfinished)
    await publishNew(unfinished, path)
  } finally {
    await unlink(unfinished).catch(() => undefined)
  }
}

export function writeWholeSync(path: string, content: string, options?: Options): void {
  replaceWholeSync(path, (unfinished) => writeFileSync(unfinished, content, newFile), options)
}

/** A small JSON file, and its folder where it is missing, for this user alone. */
export function writeJsonSync(path: string, content: unknown, options?: Options): void {
  makeFolder(dirname(path), 0o700)
  writeWholeSync(path, `${JSON.stringify(content, null, 2)}\n`, options)
}
