import { existsSync } from 'node:fs'
import { sha256Of } from '../../media/hash-file.ts'
import type { Journal } from '../journal/journal.ts'
import type { KeptTake, TakeRecord } from '../record.ts'
import { fromFolder } from './believed.ts'
import { bringBack } from './restore.ts'
import { readFolders, type LostTake } from './read-folders.ts'
import { resultPlace } from '../result-place.ts'

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
