import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { flushFile, flushFolder, makeFolder } from './durable.ts'

type Options = {
  /** Waits until the new content would survive a power cut. */
  readonly durable?: boolean
}

const unfinishedName = (path: string) => `${path}.new`

/** Only this user may read what Understudy keeps; `wx`, because an existing file or link would keep its own rights. */
const newFile = { mode: 0o600, flag: 'wx' } as const

function flushSync(path: string, flags: 'r' | 'r+'): void {
  const handle = openSync(path, flags)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Replaces a file as a whole: after a kill it has the old content or the new. `write` makes the new file under the name
 * it gets. Throws as the file system does, and the old file is then unchanged.
 */
export async function replaceWhole(
  path: string,
  write: (unfinished: string) => Promise<void>,
  { durable = false }: Options = {},
): Promise<void> {
  const unfinished = unfinishedName(path)
  // An earlier kill may have left one.
  await rm(unfinished, { force: true })
  try {
    await write(unfinished)
    if (durable) await flushFile(unfinished)
    await rename(unfinished, path)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
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
  rmSync(unfinished, { force: true })
  try {
    write(unfinished)
    if (durable) flushSync(unfinished, 'r+')
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
  if (durable && process.platform !== 'win32') flushSync(dirname(path), 'r')
}

export const writeWhole = (path: string, content: string, options?: Options): Promise<void> =>
  replaceWhole(path, (unfinished) => writeFile(unfinished, content, newFile), options)

export function writeWholeSync(path: string, content: string, options?: Options): void {
  replaceWholeSync(path, (unfinished) => writeFileSync(unfinished, content, newFile), options)
}

/** A small JSON file, and its folder where it is missing, for this user alone. */
export function writeJsonSync(path: string, content: unknown, options?: Options): void {
  makeFolder(dirname(path), 0o700)
  writeWholeSync(path, `${JSON.stringify(content, null, 2)}\n`, options)
}
