import { existsSync, statSync } from 'node:fs'
import type { KeptTake, TakeRecord } from '../record.ts'
import { fromFolder } from './read-take-json.ts'
import { missingFolders, numberIn, takesIn, type LostTake } from './folders.ts'
import { moveToBackupName } from '../../files/durable.ts'
import type { Attempt } from '../attempt.ts'
import type { Journal } from '../journal/journal.ts'
import { resultPlace } from '../take-folder.ts'
import { sha256Of } from '../../media/source-file.ts'

/** What became of takes that were brought back into the list. */
export type BroughtBack = {
  readonly back: readonly string[]
  /** Those that conflict with the list. */
  readonly lost: readonly LostTake[]
}

export const noneBrought: BroughtBack = { back: [], lost: [] }

type Whole = Pick<Attempt, 'take' | 'taskId' | 'resultFolder'> & { readonly bytes: number | null }

/** What has to be known of a take after it is in the list. */
const remains = ({ order, attempts }: KeptTake): Whole => {
  const newest = attempts.at(-1)
  return {
    take: order.id,
    taskId: newest?.taskId ?? null,
    resultFolder: newest?.resultFolder ?? null,
    bytes: newest?.state === 'VERIFIED' ? (newest.result?.bytes ?? null) : null,
  }
}

/** Keeps a result of another size under another name: the user may have edited it. */
function keepChanged(library: string, whole: Whole): void {
  if (whole.bytes === null) return
  const { result } = resultPlace(library, whole)
  try {
    if (statSync(result).size !== whole.bytes) moveToBackupName(result)
  } catch {
    // The file is missing, or another program is using it. The list is rebuilt anyway.
  }
}

/** Adds takes to the list, read one by one. */
export function bringBack(
  journal: Pick<Journal, 'restore'>,
  library: string,
  takes: Iterable<KeptTake>,
  numbers?: ReadonlyMap<string, number>,
): BroughtBack {
  const all: Whole[] = []
  function* noted() {
    for (const take of takes) {
      all.push(remains(take))
      yield take
    }
  }
  const misfits = new Set(journal.restore(noted(), numbers))
  const back = all.filter(({ take }) => !misfits.has(take))
  for (const one of back) keepChanged(library, one)
  return {
    back: back.map(({ take }) => take),
    lost: all.filter(({ take }) => misfits.has(take)).map(({ take: id, taskId }) => ({ id, taskId })),
  }
}

type Parts = {
  readonly library: string
  readonly journal: Pick<Journal, 'restore' | 'loadSome' | 'numbersOf'>
}

/** A take whose verified result is in place is done. Any other is checked when it resumes. */
async function proven(library: string, kept: KeptTake): Promise<KeptTake> {
  const newest = kept.attempts.at(-1)
  if (newest?.state !== 'VERIFIED') return kept
  const { result } = resultPlace(library, newest)
  const isWhole = existsSync(result) && (await sha256Of(result)) === newest.result?.sha256
  return isWhole ? { ...kept, attempts: [...kept.attempts.slice(0, -1), { ...newest, state: 'DONE' }] } : kept
}

/** So many takes are in memory at once, and in one transaction. */
const together = 100

const idOf = ({ order }: Pick<TakeRecord, 'order'>) => order.id

/** Adds takes to the journal that only have a folder. */
export async function rebuildMissing(
  { library, journal }: Parts,
  known: ReadonlySet<string>,
): Promise<{ readonly takes: readonly TakeRecord[]; readonly lost: readonly LostTake[] }> {
  const { ids: missing, holderOf } = missingFolders(library, known)
  // Before the first part is added: a number that a later part had may not be given away.
  const numbers =
    missing.length === 0
      ? undefined
      : journal.numbersOf(missing.flatMap((id) => numberIn(holderOf(id), id) ?? []))
  const takes: TakeRecord[] = []
  const lost: LostTake[] = []
  for (let first = 0; first < missing.length; first += together) {
    const found = [...takesIn(holderOf, missing.slice(first, first + together), lost)]
    const rebuilt: KeptTake[] = []
    for (const take of found) rebuilt.push(await proven(holderOf(idOf(take)), fromFolder(take)))
    // Hashing takes time, and the take may have been added meanwhile.
    const here = new Set(journal.loadSome(rebuilt.map(idOf)).records.map(idOf))
    const absent = rebuilt.filter((take) => !here.has(idOf(take)))
    const brought = absent.length === 0 ? noneBrought : bringBack(journal, library, absent, numbers)
    takes.push(...journal.loadSome(brought.back).records)
    lost.push(...brought.lost)
  }
  return { takes, lost }
}
