import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, lstat, readdir, readlink, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Bytes, Milliseconds } from '../../shared/units.ts'
import { flushFile, flushFolder, makeFolder } from './durable.ts'

/** One entry of a folder, by its path inside of it. */
export type TreeEntry = {
  readonly name: string
  readonly kind: 'folder' | 'file' | 'link'
  readonly bytes: Bytes
  /** When it was written last; 0 for a folder. */
  readonly written: Milliseconds
}

/** Everything below these names of a folder, each folder before what is in it; what isn't there is left out. */
export async function listTree(folder: string, names: readonly string[]): Promise<readonly TreeEntry[]> {
  const entries: TreeEntry[] = []
  for (const name of names) {
    const found = await lstat(join(folder, name)).catch(() => null)
    if (found?.isDirectory()) {
      entries.push({ name, kind: 'folder', bytes: 0, written: 0 })
      const inside = await readdir(join(folder, name))
      entries.push(
        ...(await listTree(
          folder,
          inside.map((one) => join(name, one)),
        )),
      )
    } else if (found?.isFile())
      entries.push({ name, kind: 'file', bytes: found.size, written: found.mtimeMs })
    else if (found?.isSymbolicLink()) entries.push({ name, kind: 'link', bytes: 0, written: found.mtimeMs })
  }
  return entries
}

async function hashOf(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash, { ...(signal && { signal }) })
  return hash.digest('hex')
}

/**
 * Copies one entry to where nothing is yet, and reads the copy back from the disk. False where it isn't the same, or the
 * original changed meanwhile.
 */
export async function copyEntry(
  { name, kind }: TreeEntry,
  { from, to, signal }: { readonly from: string; readonly to: string; readonly signal?: AbortSignal },
): Promise<boolean> {
  const [source, target] = [join(from, name), join(to, name)]
  if (kind === 'folder') {
    makeFolder(target, 0o700)
    return true
  }
  if (kind === 'link') {
    await symlink(await readlink(source), target)
    return true
  }
  const { mode, mtimeMs, size } = await lstat(source)
  const hash = createHash('sha256')
  const read = createReadStream(source)
  read.on('data', (chunk) => hash.update(chunk))
  const rights = mode & 0o777
  // Only a file that may be written can be flushed; what is read-only becomes so at the end.
  await pipeline(read, createWriteStream(target, { flags: 'wx', mode: rights | 0o600 }), {
    ...(signal && { signal }),
  })
  await flushFile(target)
  const [copied, now] = await Promise.all([lstat(target), lstat(source)])
  if (copied.size !== size || now.size !== size || now.mtimeMs !== mtimeMs) return false
  if ((await hashOf(target, signal)) !== hash.digest('hex')) return false
  // Some disks know no rights and refuse them; the copy is whole.
  if ((copied.mode & 0o777) !== rights) await chmod(target, rights).catch(() => undefined)
  return true
}

/** Makes the names of all folders survive a power cut, the innermost first. */
export async function flushTree(folder: string, entries: readonly TreeEntry[]): Promise<void> {
  for (const { name } of entries.filter(({ kind }) => kind === 'folder').toReversed())
    await flushFolder(join(folder, name))
  await flushFolder(folder)
}
