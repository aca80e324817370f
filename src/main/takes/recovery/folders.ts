import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { takeId } from '../../../shared/domain/take.ts'
import { readKeptMarks } from '../marks/kept-marks.ts'
import type { Numbered } from '../marks/numbers.ts'
import type { KeptTake } from '../record.ts'
import { trashFolder } from '../trash/trash-folder.ts'
import { parseTakeJson } from './read-take-json.ts'

/** How the folders of a library are looked at. */
export type FolderPorts = {
  /** The text of a file; empty if it can’t be read. */
  readonly read: (path: string) => string
  /** Size and times of a file, and its last change in wall-clock milliseconds; null if there is none. */
  readonly stat: (path: string) => { readonly mark: string; readonly changedAt: number } | null
}

export const folderPorts: FolderPorts = {
  read: (path) => {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      return ''
    }
  },
  stat: (path) => {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false })
    if (found === undefined) return null
    const { size, mtimeNs, ctimeNs, mtimeMs, ctimeMs } = found
    // Nobody can set the time of the last change to the file itself, so a copy of an older file is another one.
    return {
      mark: [size, mtimeNs, ctimeNs].join(' '),
      changedAt: Math.max(Number(mtimeMs), Number(ctimeMs)),
    }
  },
}

/** What is in one folder of the library. */
export type FoundFolder = {
  readonly id: string
  /** Null if it doesn’t contain enough to restore the take. */
  readonly take: KeptTake | null
  /** The task it names; null if it names none, or if it has the take. */
  readonly taskId: string | null
}

/** A folder of the library that doesn’t contain enough to restore its take. */
export type LostTake = {
  readonly id: string
  /** Null if it can’t be read. */
  readonly taskId: string | null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The ids of the takes that have a folder, oldest first. */
export function foldersOf(library: string): readonly string[] {
  try {
    return readdirSync(library, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && takeId.safeParse(entry.name).success)
      .map(({ name }) => name)
      .toSorted()
  } catch {
    return []
  }
}

/** Finds a task id in a file that may be cut off. */
function taskIdIn(text: string): string | null {
  const found = /"taskId":\s*("(?:[^"\\]|\\.)+")/.exec(text)?.[1]
  const taskId = found === undefined ? null : jsonOf(found)
  return typeof taskId === 'string' ? taskId : null
}

/** Whether nothing was ever written into a folder, so that nothing can be lost. */
export function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).length === 0
  } catch {
    return false
  }
}

export const takeJsonOf = (library: string, id: string): string => join(library, id, 'take.json')

/** Reads one folder from its `take.json`. */
export function readFolder(library: string, id: string, { read } = folderPorts): FoundFolder {
  const text = read(takeJsonOf(library, id))
  const take = parseTakeJson(jsonOf(text), join(library, id))
  return take?.order.id === id ? { id, take, taskId: null } : { id, take: null, taskId: taskIdIn(text) }
}

/** Which folder holds that of a take: the library, or its trash. */
export type HolderOf = (id: string) => string

/** The takes with a folder that aren’t known: those of the library, and those in its trash alone. */
export function missingFolders(library: string, known: ReadonlySet<string>) {
  const isMissing = (id: string) => !known.has(id)
  const inLibrary = foldersOf(library).filter(isMissing)
  const listed = new Set(inLibrary)
  const inTrash = new Set(foldersOf(trashFolder(library)).filter((id) => isMissing(id) && !listed.has(id)))
  const holderOf: HolderOf = (id) => (inTrash.has(id) ? trashFolder(library) : library)
  return { ids: [...inLibrary, ...inTrash], holderOf }
}

/** Reads folders one by one. Those that don’t contain enough are added to `lost`. */
export function* takesIn(holderOf: HolderOf, ids: Iterable<string>, lost: LostTake[]): Generator<KeptTake> {
  for (const id of ids) {
    const { take, taskId } = readFolder(holderOf(id), id)
    if (take) yield take
    else lost.push({ id, taskId })
  }
}

const numbered = z.object({ id: takeId, createdAt: z.string(), marks: z.unknown() })

/** The number that a `take.json` names, without the rest of it; null if this can’t be the file of the take. */
export function numberIn(library: string, id: string): Numbered | null {
  const read = numbered.safeParse(jsonOf(folderPorts.read(takeJsonOf(library, id))))
  if (!read.success || read.data.id !== id) return null
  const { createdAt, marks } = read.data
  return { id, createdAt, number: readKeptMarks(marks)?.number ?? null }
}
