import { existsSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Log } from '../../system/ports.ts'
import { listRebuilt, listWasDamaged, listWasMissing, notRebuilt, repairedElsewhere } from './problems.ts'
import { bringBack, isEmpty, readFolders, type FoundTakes, type LostTake } from './restore.ts'
import { bringMissing, catchUp } from './catch-up.ts'
import { openJournal, type Journal } from '../journal/journal.ts'
import type { KeptTake } from '../record.ts'
import { openExclusive } from '../journal/database.ts'
import { fromFolder } from './read-take-json.ts'
import { newerRecord, rebuiltTake } from './rebuild.ts'
import { salvage } from './salvage.ts'
import { isBusy } from '../journal/writes.ts'

type LibraryPlace = {
  /** The database. */
  readonly path: string
  /** The folder that holds one folder per take. */
  readonly library: string
  readonly log: Log
  /** ISO time, for the name of the backup of a damaged file. */
  readonly now: () => string
}

/** `notice`: what the user has to know about how it was opened. */
type OpenedLibrary = { readonly journal: Journal; readonly notice: Problem | null }

const lostLine = ({ id, taskId }: LostTake): string => (taskId === null ? id : `${id}: task ${taskId}`)

const rebuiltNotice = (what: string, { takes, lost }: FoundTakes, backup: string | null): Problem =>
  listRebuilt(what, { back: takes.length, lost: lost.map(lostLine), backup })

/** Everything from the damaged list and the folders; for each take the newer of both records. */
function merged(salvaged: readonly KeptTake[], { takes, lost }: FoundTakes): FoundTakes {
  const all = new Map(salvaged.map((take) => [take.order.id, take]))
  for (const take of takes) {
    const listed = all.get(take.order.id)
    all.set(take.order.id, listed ? { ...newerRecord(listed, take), order: listed.order } : fromFolder(take))
  }
  return {
    takes: [...all.values()].map(rebuiltTake),
    lost: lost.filter(({ id }) => !all.has(id)),
  }
}

const files = (path: string) => ['', '-wal', '-shm'].map((end) => path + end)

/** Replaces the damaged database by the finished new one, and keeps the damaged one under another name. */
function swapIn(path: string, backup: string): void {
  const into = files(backup)
  for (const [index, from] of files(path).entries()) {
    if (existsSync(from)) renameSync(from, into[index] ?? backup)
  }
  renameSync(`${path}.mended`, path)
}

function rebuildList({ path, library, log, now }: LibraryPlace): Problem {
  const building = `${path}.building`
  for (const old of files(building)) rmSync(old, { force: true })
  const found = merged(salvage(path), readFolders(library, new Set()))
  const opened = openJournal(building, log)
  if (!opened.ok) throw new Error(opened.problem.message)
  const { back, lost } = bringBack(opened.value, library, found.takes)
  opened.value.close()
  rmSync(`${building}.ballast`, { force: true })
  renameSync(building, `${path}.mended`)
  const backup = `${path}.damaged-${now().replace(/[:.]/g, '-')}`
  swapIn(path, backup)
  const outcome = { takes: back, lost: [...found.lost, ...lost] }
  return rebuiltNotice(listWasDamaged, outcome, basename(backup))
}

/** Rebuilds under a separate lock that ends with the process: two starts at once must not move each other’s files. */
function rebuildLocked(place: LibraryPlace): Outcome<Problem | null> {
  const lockPath = `${place.path}.mending`
  try {
    const lock = openExclusive(lockPath)
    try {
      if (!existsSync(place.path) && existsSync(`${place.path}.mended`)) {
        swapIn(place.path, `${place.path}.damaged-${place.now().replace(/[:.]/g, '-')}`)
        return ok(null)
      }
      const again = openJournal(place.path, place.log)
      if (again.ok) again.value.close()
      if (again.ok) return ok(null)
      return again.problem.code === 'library-damaged' ? ok(rebuildList(place)) : again
    } finally {
      lock.close()
      for (const file of files(lockPath)) rmSync(file, { force: true })
    }
  } catch (error) {
    if (isBusy(error)) return repairedElsewhere
    place.log('the library couldn’t be repaired', { error })
    return notRebuilt(place.path, error instanceof Error ? error.message : String(error))
  }
}

type Listed = ReturnType<Journal['load']>

/** For a list that is empty while the library has takes. */
function restoreMissing(
  journal: Journal,
  { library }: LibraryPlace,
  { records, unreadable }: Listed,
): Problem | null {
  if (journal.readOnly !== null || records.length + unreadable.length > 0) return null
  const found = merged([], readFolders(library, new Set()))
  const tells = found.takes.length > 0 || found.lost.some(({ id }) => !isEmpty(join(library, id)))
  if (!tells) return null
  const { back, lost } = bringBack(journal, library, found.takes)
  return rebuiltNotice(listWasMissing, { takes: back, lost: [...found.lost, ...lost] }, null)
}

/** For a list that may be older than the library. */
function updateList(journal: Journal, library: string, listed: Listed): Problem | null {
  const [behind, missing] = [
    catchUp(journal, library, listed.records),
    bringMissing(journal, library, listed),
  ]
  if (behind === null || missing === null) return behind ?? missing
  const details = [behind, missing].flatMap(({ detail }) => detail ?? [])
  return { ...missing, message: `${behind.message} ${missing.message}`, detail: details.join('\n') }
}

/** Opens the journal of a library. A damaged or missing one is rebuilt from what is left. */
export function openLibraryJournal(place: LibraryPlace): Outcome<OpenedLibrary> {
  const { path, log } = place
  const isHalfRebuilt = !existsSync(path) && existsSync(`${path}.mended`)
  const first = isHalfRebuilt ? null : openJournal(path, log)
  if (first?.ok) {
    const journal = first.value
    const listed = journal.load()
    const notice = restoreMissing(journal, place, listed) ?? updateList(journal, place.library, listed)
    return ok({ journal, notice })
  }
  if (first && first.problem.code !== 'library-damaged') return first
  const rebuilt = rebuildLocked(place)
  if (!rebuilt.ok) return rebuilt
  const opened = openJournal(path, log)
  return opened.ok ? ok({ journal: opened.value, notice: rebuilt.value }) : opened
}
