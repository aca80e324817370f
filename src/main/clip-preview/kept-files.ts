import { createHash } from 'node:crypto'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Bytes, Milliseconds } from '../../shared/units.ts'
import { makeFolder } from '../files/durable.ts'
import { writeProblem } from '../files/problems.ts'
import { isWholeWebp } from '../files/whole-webp.ts'

export type Kind = {
  readonly ending: 'mp4' | 'wav' | 'webp' | 'jpg'
  /** Limits of all of them on the disk; they can always be made again. */
  readonly count: number
  readonly bytes: Bytes
  readonly age: Milliseconds
  /** A window may read them at any time of this run, so none that was asked for is deleted. */
  readonly stayOpen: boolean
  /** Whether a file that is there can still be used; what can’t is made again. */
  readonly isWhole?: (path: string) => Promise<boolean>
}

const twoWeeks: Milliseconds = 14 * 24 * 60 * 60_000

export const proxies: Kind = { ending: 'mp4', count: 20, bytes: 2_000_000_000, age: twoWeeks, stayOpen: true }

/** A window reads a sound once and as a whole, right after it asked. */
export const sounds: Kind = { ending: 'wav', count: 60, bytes: 1_000_000_000, age: twoWeeks, stayOpen: false }

/** Pictures of results that a window shows under the pointer: about 40 KB each. */
export const sprites: Kind = {
  ending: 'webp',
  count: 50_000,
  bytes: 1_000_000_000,
  age: Infinity,
  stayOpen: false,
  isWhole: isWholeWebp,
}

/** As many as the pairs that are offered have files: one that left the list soon leaves no picture behind. */
export const thumbnails: Kind = {
  ending: 'jpg',
  count: 24,
  bytes: 5_000_000,
  age: Infinity,
  stayOpen: false,
}

type Kept = { readonly path: string; readonly bytes: Bytes; readonly used: Milliseconds }

/** The files to delete, the least recently used first. The one used last always stays. */
function superfluous(files: readonly Kept[], newest: Milliseconds, limits: Kind): readonly Kept[] {
  let bytes = 0
  return [...files]
    .sort((left, right) => right.used - left.used)
    .filter((file, nth) => {
      bytes += file.bytes
      return nth > 0 && (nth >= limits.count || bytes > limits.bytes || newest - file.used > limits.age)
    })
}

/** A private folder of files that were made from others, named after what they were made of. */
export function createKeptFiles(folder: string, kind: Kind, now: () => Milliseconds) {
  const names = new RegExp(`^[0-9a-f]{32}\\.${kind.ending}$`)
  const open = new Set<string>()
  /** What the last look at the folder found, and what was added since: to look at thousands of files takes a while. */
  let held: { readonly count: number; readonly bytes: Bytes } | null = null

  async function keptNow(): Promise<readonly Kept[]> {
    const found = await Promise.all(
      (await readdir(folder).catch(() => []))
        .filter((name) => names.test(name))
        .map(async (name): Promise<Kept | null> => {
          const path = join(folder, name)
          const file = await stat(path).catch(() => null)
          return file && { path, bytes: file.size, used: file.mtimeMs }
        }),
    )
    const kept = found.filter((file) => file !== null)
    held = { count: kept.length, bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0) }
    return kept
  }

  async function remove(files: readonly Kept[]): Promise<void> {
    for (const { path } of files)
      // One that is open elsewhere is deleted another time.
      if (!open.has(path)) await rm(path, { force: true }).catch(() => undefined)
  }

  const sweep = async () => remove(superfluous(await keptNow(), now(), kind))

  async function makeRoomFor(path: string): Promise<void> {
    const size = (await stat(path).catch(() => null))?.size ?? 0
    held &&= { count: held.count + 1, bytes: held.bytes + size }
    if (held === null || held.count > kind.count || held.bytes > kind.bytes) await sweep()
  }

  const pathOf = (identity: string) =>
    join(folder, `${createHash('sha256').update(identity).digest('hex').slice(0, 32)}.${kind.ending}`)

  /** Whether the file can be used; it then counts as used now. */
  async function isThere(path: string): Promise<boolean> {
    if (!(await stat(path).catch(() => null)) || (await kind.isWhole?.(path)) === false) return false
    const used = new Date(now())
    await utimes(path, used, used).catch(() => undefined)
    return true
  }

  return {
    sweep,
    /** Deletes all that no window may be reading. */
    clear: async () => remove(await keptNow()),
    /** The file made of what this identifies, if it is there. */
    find: async (identity: string): Promise<string | null> => {
      const path = pathOf(identity)
      return (await isThere(path)) ? path : null
    },
    /** The same, made by `make` where there is none yet. */
    of: async (
      identity: string,
      make: (target: string) => Promise<Outcome<null>>,
    ): Promise<Outcome<string>> => {
      const path = pathOf(identity)
      try {
        makeFolder(folder, 0o700)
      } catch (error) {
        return writeProblem(error, folder)
      }
      if (!(await isThere(path))) {
        const made = await make(path)
        if (!made.ok) return made
        await makeRoomFor(path)
      }
      if (kind.stayOpen) open.add(path)
      return ok(path)
    },
  }
}
