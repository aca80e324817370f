import { readdirSync, readFileSync, statSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { takeId } from '../../../shared/domain/take.ts'
import type { KeptTake, TakeRecord } from '../record.ts'
import { parseTakeJson, fromFolder } from './read-take-json.ts'
import { moveToBackupName } from '../../files/durable.ts'
import type { Journal } from '../journal/journal.ts'
import type { Upload } from '../journal/tables.ts'
import { resultPlace } from '../take-folder.ts'
import { sha256Of } from '../../media/source-file.ts'

/** A folder of the library that doesn’t contain enough to restore its take. */
export type LostTake = {
  readonly id: string
  /** Null if it can’t be read. */
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

function read(library: string, id: string): { readonly take: KeptTake | null; readonly text: string } {
  const folder = join(library, id)
  const text = textOf(join(folder, 'take.json'))
  const take = parseTakeJson(jsonOf(text), folder)
  return { take: take?.order.id === id ? take : null, text }
}

/** Reads one take from its `take.json`; null if that doesn’t contain enough. */
export const readFolder = (library: string, id: string): KeptTake | null => read(library, id).take

/** Reads every take of the library folder from its `take.json`, except known ones. */
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

/** Names of uploads that more than one take claims. */
function contested(uploads: readonly Upload[]): ReadonlySet<string> {
  const owners = new Map<string, string>()
  const names = uploads.filter(({ name, take }) => {
    const owner = owners.get(name) ?? take
    owners.set(name, owner)
    return owner !== take
  })
  return new Set(names.map(({ name }) => name))
}

/** Keeps a result of another size under another name: the user may have edited it. */
function keepChanged(library: string, { attempts }: KeptTake): void {
  const newest = attempts.at(-1)
  if (newest?.state !== 'VERIFIED' || newest.result === null) return
  const { result } = resultPlace(library, newest)
  try {
    if (statSync(result).size !== newest.result.bytes) moveToBackupName(result)
  } catch {
    // The file is missing, or another program is using it. The list is rebuilt anyway.
  }
}

/** Adds takes to the list. Those that conflict with it are returned with their task. */
export function bringBack(
  journal: Pick<Journal, 'restore'>,
  library: string,
  takes: readonly KeptTake[],
): { readonly back: readonly KeptTake[]; readonly lost: readonly LostTake[] } {
  const contestedNames = contested(takes.flatMap(({ uploads }) => uploads))
  const own = ({ name }: Upload) => !contestedNames.has(name)
  const misfits = new Set(
    journal.restore(takes.map((take) => ({ ...take, uploads: take.uploads.filter(own) }))),
  )
  const lost = takes.filter(({ order }) => misfits.has(order.id))
  const back = takes.filter(({ order }) => !misfits.has(order.id))
  for (const take of back) keepChanged(library, take)
  return {
    back,
    lost: lost.map(({ order, attempts }) => ({ id: order.id, taskId: attempts.at(-1)?.taskId ?? null })),
  }
}

type Parts = { readonly library: string; readonly journal: Pick<Journal, 'restore' | 'load'> }

/** A take whose verified result is in place is done. Any other is checked when it resumes. */
async function proven(library: string, kept: KeptTake): Promise<KeptTake> {
  const newest = kept.attempts.at(-1)
  if (newest?.state !== 'VERIFIED') return kept
  const { result } = resultPlace(library, newest)
  const isWhole = existsSync(result) && (await sha256Of(result)) === newest.result?.sha256
  return isWhole ? { ...kept, attempts: [...kept.attempts.slice(0, -1), { ...newest, state: 'DONE' }] } : kept
}

/** Adds takes to the journal that only have a folder. */
export async function rebuildMissing(
  { library, journal }: Parts,
  known: ReadonlySet<string>,
): Promise<{ readonly takes: readonly TakeRecord[]; readonly lost: readonly LostTake[] }> {
  const { takes, lost } = readFolders(library, known)
  const rebuilt = await Promise.all(takes.map((take) => proven(library, fromFolder(take))))
  // Hashing takes time, and another call may have restored a take meanwhile.
  const { records } = journal.load()
  const here = new Set(records.map(({ order }) => order.id))
  const missing = rebuilt.filter(({ order }) => !here.has(order.id))
  const { back, lost: misfits } = bringBack(journal, library, missing)
  const ids = new Set(back.map(({ order }) => order.id))
  return {
    takes: journal.load().records.filter(({ order }) => ids.has(order.id)),
    lost: [...lost, ...misfits],
  }
}
