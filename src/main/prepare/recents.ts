import { readFileSync, rmSync, statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, isAbsolute, join, sep } from 'node:path'
import { z } from 'zod'
import type { RecentPair } from '../../shared/domain/views.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import { writeJsonSync } from '../files/write-whole.ts'
import { randomToken } from '../files/file-tokens.ts'
import type { Clock, Log } from '../system/ports.ts'
import { unknownPair } from './problems.ts'

type Pair = { readonly character: string | null; readonly clip: string | null }

/** Which files were used together, the newest first; only the main process sees paths. */
export type Recents = {
  readonly list: () => Promise<readonly RecentPair[]>
  readonly open: (pair: string) => Promise<Outcome<Pair>>
  readonly note: (pair: Pair) => void
  readonly forget: () => void
  /** Files in this folder that are in the list, the newest first, up to a total of `budget`. */
  readonly copies: (folder: string, budget: Bytes) => ReadonlySet<string>
}

type Parts = {
  /** The file itself. */
  readonly file: string
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
}

const maxRecentPairs = 12

const path = z.string().max(4096).refine(isAbsolute).nullable()
const kept = z.strictObject({
  id: z.string().min(1).max(64),
  usedAt: z.iso.datetime(),
  character: path,
  clip: path,
})
type Kept = z.infer<typeof kept>

/** A damaged list is not reported: it fills again with use. */
function read(file: string): readonly Kept[] {
  try {
    const found = z.array(z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')))
    return found.flatMap((entry) => kept.safeParse(entry).data ?? []).slice(0, maxRecentPairs)
  } catch {
    return []
  }
}

const isThere = (path: string | null) =>
  path === null
    ? true
    : stat(path).then(
        (found) => found.isFile(),
        () => false,
      )

const nameOf = (path: string | null) => path && basename(path)
const isSame = (one: Pair, other: Pair) => one.character === other.character && one.clip === other.clip

export function createRecents({ file, clock, log }: Parts): Recents {
  let pairs = read(file)

  function write(next: readonly Kept[]): void {
    pairs = next
    try {
      writeJsonSync(file, next)
    } catch (error) {
      log('the recent files couldn’t be saved', { error })
    }
  }

  return {
    list: () =>
      Promise.all(
        pairs.map(async ({ id, usedAt, character, clip }) => ({
          id,
          usedAt,
          characterName: nameOf(character),
          clipName: nameOf(clip),
          present: (await Promise.all([isThere(character), isThere(clip)])).every(Boolean),
        })),
      ),
    open: (id) => {
      const found = pairs.find((pair) => pair.id === id)
      return Promise.resolve(found ? ok({ character: found.character, clip: found.clip }) : unknownPair())
    },
    note: (pair) => {
      if (pair.character === null && pair.clip === null) return
      const id = pairs.find((one) => isSame(one, pair))?.id ?? randomToken()
      const usedAt = new Date(clock.now()).toISOString()
      const others = pairs.filter((one) => one.id !== id)
      write([{ id, usedAt, character: pair.character, clip: pair.clip }, ...others].slice(0, maxRecentPairs))
    },
    forget: () => {
      pairs = []
      rmSync(file, { force: true })
      rmSync(`${file}.new`, { force: true })
    },
    copies: (folder, budget) => {
      const paths = pairs.flatMap(({ character, clip }) => [character, clip].filter((one) => one !== null))
      let left = budget
      const within = [...new Set(paths)].filter((one) => {
        if (!one.startsWith(folder + sep)) return false
        left -= statSync(one, { throwIfNoEntry: false })?.size ?? 0
        return left >= 0
      })
      return new Set(within)
    },
  }
}

export const recentsFile = (home: string) => join(home, 'recents.json')
