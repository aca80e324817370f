import { readdir, readFile, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'
import { cancelled, ok, type Outcome } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'
import type { Bytes, Fraction } from '../../shared/units.ts'
import { copyEntry, flushTree, type TreeEntry } from '../files/copy-tree.ts'
import { flushFile, flushFolder, makeFolder } from '../files/durable.ts'
import { errorCode } from '../files/error-code.ts'
import { isOwn } from '../files/private.ts'
import { writeJsonSync, writeWhole } from '../files/write-whole.ts'
import type { Journal } from '../takes/journal/journal.ts'
import { arrivingFile, databaseFile, movedFile, movedTo } from '../system/moved-home.ts'
import { bytesOf, changedSince, entriesOf, mayMove, treeOf } from './move-plan.ts'
import { changedMeanwhile, copyDiffers, copyStopped } from './move-problems.ts'

export type Moved = { readonly to: string; readonly files: number; readonly bytes: Bytes }

export type MoveCall = {
  readonly signal?: AbortSignal
  readonly onProgress?: (fraction: Fraction | null) => void
  /** Told before each step; a test dies there. */
  readonly onStep?: (step: string) => void
}

type MoveParts = {
  /** Its lock is held until the process ends. */
  readonly home: string
  readonly takes: () => readonly Take[]
  readonly platform?: NodeJS.Platform
  readonly database: Pick<Journal, 'copyTo' | 'isCopy'>
}

const readme = 'Where is my library.txt'

/** Names what was copied: everything else in that folder is the user’s own, and only here. */
const noteText = (to: string, entries: readonly TreeEntry[]) =>
  [
    'This library was moved. It is now in this folder:',
    to,
    '',
    'These were copied. You can delete them here:',
    ...[...entries.map(({ name }) => name).filter((name) => !name.includes(sep)), databaseFile].toSorted(),
    '',
    `Keep ${movedFile} and the folder “dropped”. Without them Understudy doesn’t find this library.`,
    'Other files in this folder were not moved.',
    '',
  ].join('\n')

/** Deletes what an interrupted move has left there; other files are not touched. */
async function clear(to: string): Promise<void> {
  const names = await readdir(to).catch(() => [])
  for (const name of names.filter(isOwn)) await rm(join(to, name), { recursive: true, force: true })
}

/** On Windows, saved keys are encrypted with a key in this file of the profile. The rest of the profile stays. */
const keyOfKeys = join('window', 'Local State')

/** Read at once: the browser replaces it as a whole, at any time. True where there is none to copy. */
async function copyKeyOfKeys(home: string, to: string): Promise<boolean> {
  const content = await readFile(join(home, keyOfKeys)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null
    throw error
  })
  if (content === null) return true
  makeFolder(dirname(join(to, keyOfKeys)), 0o700)
  await writeWhole(join(to, keyOfKeys), content, { durable: true })
  return content.equals(await readFile(join(to, keyOfKeys)))
}

async function copyAll(
  parts: MoveParts,
  to: string,
  entries: readonly TreeEntry[],
  { signal, onProgress, onStep }: MoveCall,
): Promise<Outcome<null>> {
  const { home, database, platform = process.platform } = parts
  const total = bytesOf(await entriesOf(home))
  let done = 0
  for (const entry of entries) {
    if (signal?.aborted) return cancelled('Moving the library')
    onStep?.(`copy ${entry.name}`)
    try {
      if (!(await copyEntry(entry, { from: home, to, ...(signal && { signal }) })))
        return copyDiffers(entry.name)
    } catch (error) {
      if (signal?.aborted) return cancelled('Moving the library')
      return copyStopped(`“${entry.name}”`, to, error)
    }
    done += entry.bytes
    onProgress?.(done / total)
  }
  if (platform === 'win32' && !(await copyKeyOfKeys(home, to))) return copyDiffers(keyOfKeys)
  await flushTree(to, entries)
  onStep?.('database')
  // Last: without it, the folder isn't a library.
  const unfinished = join(to, `${databaseFile}.new`)
  await database.copyTo(unfinished)
  await flushFile(unfinished)
  onProgress?.(1)
  onStep?.('name the database')
  if (!database.isCopy(unfinished)) return copyDiffers(databaseFile)
  await rename(unfinished, join(to, databaseFile))
  await flushFolder(to)
  if (signal?.aborted === true) return cancelled('Moving the library')
  // What was written after it was copied would be lost.
  const changed = await changedSince(home, entries)
  return changed === null ? ok(null) : changedMeanwhile(changed)
}

/**
 * Moves a library: everything is copied and read back first, then one small file in the old home says where the library is.
 * Until that file is there, only the old home can be opened; from then on, only the new one. The old one is left as it is.
 */
export async function moveLibrary(
  parts: MoveParts,
  asked: string,
  call: MoveCall = {},
): Promise<Outcome<Moved>> {
  const { home } = parts
  const to = resolve(asked)
  const may = await mayMove(parts, to)
  if (!may.ok) return may
  const entries = await treeOf(home)
  let firstMade: string | undefined
  const giveUp = async () => {
    await clear(to)
    await rm(join(to, arrivingFile), { force: true })
    if (firstMade !== undefined) await rmdir(to).catch(() => undefined)
  }
  try {
    firstMade = makeFolder(to, 0o700)
    writeJsonSync(join(to, arrivingFile), { from: home }, { durable: true })
    call.onStep?.('begin')
    await clear(to)
    const copied = await copyAll(parts, to, entries, call)
    if (!copied.ok) {
      await giveUp()
      return copied
    }
  } catch (error) {
    await giveUp().catch(() => undefined)
    return call.signal?.aborted === true
      ? cancelled('Moving the library')
      : copyStopped('The library', to, error)
  }
  call.onStep?.('switch')
  try {
    writeJsonSync(join(home, movedFile), { to }, { durable: true })
  } catch (error) {
    // Only the file says which of both opens.
    if (movedTo(home) !== to) {
      await giveUp().catch(() => undefined)
      return copyStopped('The library', to, error, home)
    }
  }
  call.onStep?.('switched')
  await writeWhole(join(home, readme), noteText(to, entries)).catch(() => undefined)
  // The switch is made: where this file stays, the old home says that it is outdated.
  await rm(join(to, arrivingFile), { force: true }).catch(() => undefined)
  const all = await entriesOf(home)
  return ok({ to, files: all.filter(({ kind }) => kind === 'file').length, bytes: bytesOf(all) })
}
