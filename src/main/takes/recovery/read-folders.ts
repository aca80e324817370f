import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeId } from '../../../shared/domain/take.ts'
import type { KeptTake } from '../record.ts'
import { readTold } from './read-take-json.ts'

/** A folder of the library from which no take can be made. */
export type LostTake = {
  readonly id: string
  /** As far as it can be read. */
  readonly taskId: string | null
}

export type FoundTakes = { readonly takes: readonly KeptTake[]; readonly lost: readonly LostTake[] }

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function foldersOf(library: string): readonly string[] {
  try {
    return readdirSync(library, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && takeId.safeParse(entry.name).success)
      .map(({ name }) => name)
      .toSorted()
  } catch {
    return []
  }
}

/** As far as it is written down in a file that was cut off. */
function taskIdIn(text: string): string | null {
  const found = /"taskId":\s*("(?:[^"\\]|\\.)+")/.exec(text)?.[1]
  const taskId = found === undefined ? null : jsonOf(found)
  return typeof taskId === 'string' ? taskId : null
}

/** A folder in which nothing was ever written tells of nothing that could be lost. */
export function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch {
    return false
  }
}

function read(library: string, id: string): { readonly take: KeptTake | null; readonly text: string } {
  const folder = join(library, id)
  const text = textOf(join(folder, 'take.json'))
  const told = readTold(jsonOf(text), folder)
  return { take: told?.order.id === id ? told : null, text }
}

/** One take as its `take.json` tells it; null where that does not say enough. */
export const readFolder = (library: string, id: string): KeptTake | null => read(library, id).take

/** Reads every take of the library folder from its `take.json`, except those that are known already. */
export function readFolders(library: string, known: ReadonlySet<string>): FoundTakes {
  const takes: KeptTake[] = []
  const lost: LostTake[] = []
  for (const id of foldersOf(library).filter((name) => !known.has(name))) {
    const { take, text } = read(library, id)
    if (take) takes.push(take)
    else lost.push({ id, taskId: taskIdIn(text) })
  }
  return { takes, lost }
}
