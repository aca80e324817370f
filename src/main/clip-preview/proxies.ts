import { createHash } from 'node:crypto'
import { readdir, rm, stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Bytes, Milliseconds } from '../../shared/units.ts'
import { makeFolder } from '../files/durable.ts'
import { writeProblem } from '../files/problems.ts'

/** Limits of all proxies on the disk; they can always be made again. */
const limits: { readonly count: number; readonly bytes: Bytes; readonly age: Milliseconds } = {
  count: 20,
  bytes: 2_000_000_000,
  age: 14 * 24 * 60 * 60_000,
}

type Copy = { readonly path: string; readonly bytes: Bytes; readonly used: Milliseconds }

/** The proxies to delete, the least recently used first. */
function superfluous(copies: readonly Copy[], newest: Milliseconds): readonly Copy[] {
  let bytes = 0
  return [...copies]
    .sort((left, right) => right.used - left.used)
    .filter((copy, nth) => {
      bytes += copy.bytes
      return nth >= limits.count || bytes > limits.bytes || newest - copy.used > limits.age
    })
}

/** A private folder of proxies, named after the identity of their source. */
export function createProxies(folder: string, now: () => Milliseconds) {
  /** A window may be playing them. */
  const shown = new Set<string>()

  async function sweep(): Promise<void> {
    const names = await readdir(folder).catch(() => [])
    const found = await Promise.all(
      names
        .filter((name) => /^[0-9a-f]{32}\.mp4$/.test(name))
        .map(async (name): Promise<Copy | null> => {
          const path = join(folder, name)
          const file = await stat(path).catch(() => null)
          return file && { path, bytes: file.size, used: file.mtimeMs }
        }),
    )
    for (const { path } of superfluous(
      found.filter((copy) => copy !== null),
      now(),
    ))
      // One that is open elsewhere is deleted another time.
      if (!shown.has(path)) await rm(path, { force: true }).catch(() => undefined)
  }

  return {
    sweep,
    /** The proxy of a file with this identity, made by `make` where there is none yet. */
    of: async (
      identity: string,
      make: (target: string) => Promise<Outcome<null>>,
    ): Promise<Outcome<string>> => {
      const name = createHash('sha256').update(identity).digest('hex').slice(0, 32)
      const path = join(folder, `${name}.mp4`)
      try {
        makeFolder(folder, 0o700)
      } catch (error) {
        return writeProblem(error, folder)
      }
      if (await stat(path).catch(() => null)) {
        const used = new Date(now())
        await utimes(path, used, used).catch(() => undefined)
      } else {
        const made = await make(path)
        if (!made.ok) return made
      }
      shown.add(path)
      await sweep()
      return ok(path)
    },
  }
}
