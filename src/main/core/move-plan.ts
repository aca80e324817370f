import { readdir, readlink, realpath, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import { isAtRest, waitingForUser, type Take } from '../../shared/domain/take.ts'
import type { Bytes } from '../../shared/units.ts'
import { listTree, type TreeEntry } from '../files/copy-tree.ts'
import { isOwn } from '../files/private.ts'
import { freeBytes, probeFolder } from '../files/probe-folder.ts'
import { arrivingFrom, databaseFile } from '../system/moved-home.ts'
import { isLink, leadsAway, noRoom, notEmpty, sameFolder, takesRun } from './move-problems.ts'

type Library = {
  /** Its lock is held until the process ends. */
  readonly home: string
  readonly takes: () => readonly Take[]
}

/** What can be made again, belongs to a window, or is copied in another way. What was dropped is named by its path. */
const left: ReadonlySet<string> = new Set(['window', 'viewing', 'previews', 'work', 'dropped'])

const moves = (name: string) => isOwn(name) && !left.has(name) && !name.startsWith(databaseFile)

/** What is copied file by file. */
export const treeOf = async (home: string): Promise<readonly TreeEntry[]> =>
  listTree(home, (await readdir(home)).filter(moves))

/** The database, with what of it is still in its log. Looked at only: a process that opens and closes it loses its lock. */
async function databaseOf(home: string): Promise<TreeEntry> {
  const sizes = [databaseFile, `${databaseFile}-wal`].map(async (name) =>
    stat(join(home, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  )
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  return { name: databaseFile, kind: 'file', bytes, written: 0 }
}

/** Everything that moves. */
export const entriesOf = async (home: string): Promise<readonly TreeEntry[]> => [
  ...(await treeOf(home)),
  await databaseOf(home),
]

export const bytesOf = (entries: readonly TreeEntry[]): Bytes =>
  entries.reduce((sum, entry) => sum + entry.bytes, 0)

/** What was added, removed or written since it was listed; null where nothing was. */
export async function changedSince(home: string, before: readonly TreeEntry[]): Promise<string | null> {
  const known = new Map(before.map((entry) => [entry.name, entry]))
  for (const { name, bytes, written } of await treeOf(home)) {
    const was = known.get(name)
    if (was?.bytes !== bytes || was.written !== written) return name
    known.delete(name)
  }
  return known.keys().next().value ?? null
}

/** Also of what is not there yet. */
const realPlace = async (path: string): Promise<string> =>
  realpath(path).catch(async () =>
    dirname(path) === path ? path : join(await realPlace(dirname(path)), basename(path)),
  )

const isInside = (inner: string, outer: string) => {
  const way = relative(outer, inner)
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`))
}

/** Neither is inside of the other, by their real places. */
async function areApart(home: string, to: string): Promise<boolean> {
  const [one, other] = [await realPlace(home), await realPlace(to)]
  return !isInside(one, other) && !isInside(other, one)
}

/** A link that a copy doesn’t lead where it does: out of what moves, or by the full path of the old home. */
async function whyLinked(home: string, entries: readonly TreeEntry[]): Promise<Failure | null> {
  const real = await realPlace(home)
  for (const { name } of entries.filter(({ kind }) => kind === 'link')) {
    if (!name.includes(sep)) return isLink(name)
    const target = await readlink(join(home, name))
    if (isAbsolute(target)) {
      if (isInside(target, home) || isInside(await realPlace(target), real)) return leadsAway(name, target)
    } else {
      const [first = ''] = relative(home, join(home, dirname(name), target)).split(sep)
      if (!moves(first)) return leadsAway(name, target)
    }
  }
  return null
}

const isFree = async (home: string, to: string) =>
  (await readdir(to).catch(() => [])).length === 0 || arrivingFrom(to) === home

/** Where the library comes to when the user chooses this folder: into it if it is empty, else into a new one inside. */
export async function placeIn(home: string, chosen: string): Promise<string> {
  return (await isFree(home, chosen)) ? chosen : join(chosen, 'Understudy')
}

/** Why the library can't be moved there; nothing is written yet. */
export async function mayMove({ home, takes }: Library, to: string): Promise<Outcome<null>> {
  const running = takes().filter((take) => !isAtRest(take) && !waitingForUser.has(take.state))
  if (running.length > 0) return takesRun(running.length)
  if (!(await areApart(home, to))) return sameFolder
  const usable = await probeFolder(to)
  if (!usable.ok) return usable
  if (!(await isFree(home, to))) return notEmpty(to)
  const entries = await entriesOf(home)
  const linked = await whyLinked(home, entries)
  if (linked) return linked
  const needed = bytesOf(entries)
  const free = await freeBytes(to)
  return free !== null && needed > free ? noRoom(to, needed, free) : ok(null)
}
