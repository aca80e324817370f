import { readdir, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { cancelled, ok, type Outcome } from '../../shared/outcome.ts'
import { isAtRest, waitingForUser, type Take } from '../../shared/domain/take.ts'
import type { Bytes, Fraction } from '../../shared/units.ts'
import { copyEntry, flushTree, listTree, type TreeEntry } from '../files/copy-tree.ts'
import { flushFile, flushFolder, makeFolder } from '../files/durable.ts'
import { isOwn } from '../files/private.ts'
import { freeBytes, probeFolder } from '../files/probe-folder.ts'
import { writeJsonSync, writeWhole } from '../files/write-whole.ts'
import { arrivingFile, arrivingFrom, databaseFile, movedFile } from '../system/moved-home.ts'
import { copyDiffers, copyStopped, noRoom, notEmpty, sameFolder, takesRun } from './move-problems.ts'

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
  /** Writes the database as it is now to a new file. */
  readonly copyDatabase: (target: string) => Promise<void>
}

/** What can be made again, belongs to a window, or is copied in another way. What was dropped is named by its path. */
const left: ReadonlySet<string> = new Set(['window', 'viewing', 'previews', 'work', 'dropped'])

const readme = 'Where is my library.txt'

const noteText = (to: string) =>
  [
    'This library was moved. It is now in this folder:',
    to,
    '',
    `Understudy finds it there because of the file ${movedFile}. Keep that file, and the folder “dropped”.`,
    'You can delete everything else in this folder.',
    '',
  ].join('\n')

/** Neither is inside of the other, by their real places. */
async function areApart(home: string, to: string): Promise<boolean> {
  const real = async (path: string): Promise<string> =>
    realpath(path).catch(async () =>
      dirname(path) === path ? path : join(await real(dirname(path)), basename(path)),
    )
  const [one, other] = [await real(home), await real(to)]
  const isInside = (inner: string, outer: string) => {
    const way = relative(outer, inner)
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`))
  }
  return !isInside(one, other) && !isInside(other, one)
}

const ownNames = async (home: string): Promise<readonly string[]> =>
  (await readdir(home)).filter((name) => isOwn(name) && !left.has(name) && !name.startsWith(databaseFile))

/** Deletes what an interrupted move has left there; other files are not touched. */
async function clear(to: string): Promise<void> {
  const names = await readdir(to).catch(() => [])
  for (const name of names.filter(isOwn)) await rm(join(to, name), { recursive: true, force: true })
}

/** Why the library can't be moved there; nothing is written yet. */
async function check({ home, takes }: MoveParts, to: string, needed: Bytes): Promise<Outcome<null>> {
  const running = takes().filter((take) => !isAtRest(take) && !waitingForUser.has(take.state))
  if (running.length > 0) return takesRun(running.length)
  if (!(await areApart(home, to))) return sameFolder
  const usable = await probeFolder(to)
  if (!usable.ok) return usable
  const there = await readdir(to).catch(() => [])
  if (there.length > 0 && arrivingFrom(to) !== home) return notEmpty(to)
  const free = await freeBytes(to)
  return free !== null && needed > free ? noRoom(to, needed, free) : ok(null)
}

async function copyAll(
  parts: MoveParts,
  to: string,
  entries: readonly TreeEntry[],
  { signal, onProgress, onStep }: MoveCall,
): Promise<Outcome<null>> {
  const { home, copyDatabase } = parts
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  let done = 0
  for (const entry of entries) {
    if (signal?.aborted) return cancelled('Moving the library')
    onStep?.(`copy ${entry.name}`)
    if (!(await copyEntry(entry, { from: home, to, ...(signal && { signal }) })))
      return copyDiffers(entry.name)
    done += entry.bytes
    onProgress?.(total === 0 ? null : done / total)
  }
  await flushTree(to, entries)
  onStep?.('database')
  // Last: without it, the folder isn't a library.
  const unfinished = join(to, `${databaseFile}.new`)
  await copyDatabase(unfinished)
  await flushFile(unfinished)
  onStep?.('name the database')
  await rename(unfinished, join(to, databaseFile))
  await flushFolder(to)
  return signal?.aborted === true ? cancelled('Moving the library') : ok(null)
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
  const entries = await listTree(home, await ownNames(home))
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  const may = await check(parts, to, bytes)
  if (!may.ok) return may
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
    return call.signal?.aborted === true ? cancelled('Moving the library') : copyStopped(to, error)
  }
  call.onStep?.('switch')
  writeJsonSync(join(home, movedFile), { to }, { durable: true })
  call.onStep?.('switched')
  await writeWhole(join(home, readme), noteText(to)).catch(() => undefined)
  await rm(join(to, arrivingFile), { force: true })
  return ok({ to, files: entries.filter(({ kind }) => kind === 'file').length + 1, bytes })
}
