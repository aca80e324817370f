import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'

/** In a home whose library was moved: where it is now. Written last; from then on, nothing opens this one. */
export const movedFile = 'moved.json'
/** In a home to which a library is being moved: from where. Such a home isn't opened. */
export const arrivingFile = 'arriving.json'

/** The database makes a folder a library. */
export const databaseFile = 'studio.db'

const path = z.string().max(4096).refine(isAbsolute)
const moved = z.object({ to: path })
const arriving = z.object({ from: path })

function read<T>(file: string, schema: z.ZodType<T>): T | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

export const movedTo = (home: string): string | null => read(join(home, movedFile), moved)?.to ?? null

/** Null once the old home says that the library is here. */
export function arrivingFrom(home: string): string | null {
  const from = read(join(home, arrivingFile), arriving)?.from ?? null
  return from === null || movedTo(from) === home ? null : from
}

/** More than anybody moves; a circle would have no end. */
const mostMoves = 20

/** Where the library of a home is now. One that can't be reached stays unopened: an older one must not take its place. */
export function followMoves(home: string): string {
  let here = home
  for (let moves = 0; moves < mostMoves; moves += 1) {
    const next = movedTo(here)
    // What it holds may have been deleted after it was moved once more.
    if (next === null || !(existsSync(join(next, databaseFile)) || movedTo(next) !== null)) return here
    here = next
  }
  return here
}
