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
  const take = parseTakeJson(jsonOf(text), folder)
  return { take: take?.order.id === id ? take : null, text }
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

/** The files that more than one take says are its own. */
function contested(uploads: readonly Upload[]): ReadonlySet<string> {
  const owners = new Map<string, string>()
  const names = uploads.filter(({ name, take }) => {
    const owner = owners.get(name) ?? take
    owners.set(name, owner)
    return owner !== take
  })
  return new Set(names.map(({ name }) => name))
}

/** A result of another size is not the one that was verified; the user may have worked on it. */
function keepChanged(library: string, { attempts }: KeptTake): void {
  const newest = attempts.at(-1)
  if (newest?.state !== 'VERIFIED' || newest.result === null) return
  const { result } = resultPlace(library, newest)
  try {
    if (statSync(result).size !== newest.result.bytes) moveToBackupName(result)
  } catch {
    // It is not there, or in use by another program: that must not keep the list from being made.
  }
}

/** Puts takes into the list; one that does not fit in costs no other its place, and is named with its task. */
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

/** A take whose verified result still lies where it was put is done; any other is looked at again when it goes on. */
async function proven(library: string, kept: KeptTake): Promise<KeptTake> {
  const newest = kept.attempts.at(-1)
  if (newest?.state !== 'VERIFIED') return kept
  const { result } = resultPlace(library, newest)
  const isWhole = existsSync(result) && (await sha256Of(result)) === newest.result?.sha256
  return isWhole ? { ...kept, attempts: [...kept.attempts.slice(0, -1), { ...newest, state: 'DONE' }] } : kept
}

/** Adds to the journal what the library's folders tell of takes that it does not know. */
export async function rebuildMissing(
  { library, journal }: Parts,
  known: ReadonlySet<string>,
): Promise<{ readonly takes: readonly TakeRecord[]; readonly lost: readonly LostTake[] }> {
  const { takes, lost } = readFolders(library, known)
  const rebuilt = await Promise.all(takes.map((take) => proven(library, fromFolder(take))))
  // Hashing takes time: another wish may have brought one of them back meanwhile.
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
