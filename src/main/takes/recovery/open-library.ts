import { existsSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Log } from '../../system/ports.ts'
import { listRebuilt, listWasDamaged, listWasMissing, notRebuilt, repairedElsewhere } from './problems.ts'
import { bringBack, type BroughtBack } from './restore.ts'
import {
  folderPorts,
  missingFolders,
  isEmpty,
  readFolder,
  takesIn,
  type FolderPorts,
  type LostTake,
} from './folders.ts'
import { createSeenFolders } from './seen-folders.ts'
import { bringMissing, catchUp } from './catch-up.ts'
import { openJournal, type Journal } from '../journal/journal.ts'
import { newerMarks } from '../marks/kept-marks.ts'
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
  /** A test may count these. */
  readonly folders?: FolderPorts
}

/** `notice`: what the user has to know about how it was opened. */
export type OpenedLibrary = { readonly journal: Journal; readonly notice: Problem | null }

const lostLine = ({ id, taskId }: LostTake): string => (taskId === null ? id : `${id}: task ${taskId}`)

const rebuiltNotice = (what: string, { back, lost }: BroughtBack, backup: string | null): Problem =>
  listRebuilt(what, { back: back.length, lost: lost.map(lostLine), backup })

/**
 * Everything from the damaged list and the folders, one take at a time; of each the newer of both records, and of its
 * marks. Folders that don’t contain enough are added to `lost`.
 */
function* merged(salvaged: Iterable<KeptTake>, library: string, lost: LostTake[]): Generator<KeptTake> {
  const { ids, holderOf } = missingFolders(library, new Set())
  const unlisted = new Set(ids)
  for (const listed of salvaged) {
    const { order } = listed
    const take = unlisted.delete(order.id) ? readFolder(holderOf(order.id), order.id).take : null
    const marks = newerMarks(take?.marks ?? null, listed.marks ?? null)
    const trashedAt = listed.trashedAt ?? take?.trashedAt ?? null
    yield rebuiltTake({ ...(take ? newerRecord(listed, take) : listed), order, marks, trashedAt })
  }
  for (const take of takesIn(holderOf, unlisted, lost)) yield rebuiltTake(fromFolder(take))
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
  const missing: LostTake[] = []
  const opened = openJournal(building, log)
  if (!opened.ok) throw new Error(opened.problem.message)
  const { back, lost } = bringBack(opened.value, library, merged(salvage(path), library, missing))
  opened.value.close()
  rmSync(`${building}.ballast`, { force: true })
  renameSync(building, `${path}.mended`)
  const backup = `${path}.damaged-${now().replace(/[:.]/g, '-')}`
  swapIn(path, backup)
  return rebuiltNotice(listWasDamaged, { back, lost: [...missing, ...lost] }, basename(backup))
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

/** For a list that is empty while the library has takes. */
function restoreMissing(journal: Journal, { library }: LibraryPlace): Problem | null {
  const { ids, holderOf } = missingFolders(library, new Set())
  if (ids.length === 0) return null
  const missing: LostTake[] = []
  const { back, lost } = bringBack(journal, library, merged([], library, missing))
  const tells = back.length + lost.length > 0 || missing.some(({ id }) => !isEmpty(join(holderOf(id), id)))
  return tells ? rebuiltNotice(listWasMissing, { back, lost: [...missing, ...lost] }, null) : null
}

/** For a list that may be older than the library. */
function updateList(
  journal: Journal,
  { library, log, now, folders }: LibraryPlace,
  known: ReadonlySet<string>,
): Problem | null {
  const ports = folders ?? folderPorts
  const seen = createSeenFolders(journal, library, () => Date.parse(now()), ports)
  const [behind, missing] = [
    catchUp(journal, { library, seen, ports }),
    bringMissing(journal, { library, seen, ports }, known),
  ]
  try {
    seen.save()
  } catch (error) {
    // The next start reads the same folders again.
    log('what was read of the folders couldn’t be remembered', { error })
  }
  if (behind === null || missing === null) return behind ?? missing
  const details = [behind, missing].flatMap(({ detail }) => detail ?? [])
  return { ...missing, message: `${behind.message} ${missing.message}`, detail: details.join('\n') }
}

function broughtUpToDate(journal: Journal, place: LibraryPlace): Problem | null {
  const known = journal.ids()
  const restored = known.size === 0 ? restoreMissing(journal, place) : null
  return restored ?? updateList(journal, place, known)
}

/** Opens the journal of a library. A damaged or missing one is rebuilt from what is left. */
export function openLibraryJournal(place: LibraryPlace): Outcome<OpenedLibrary> {
  const { path, log } = place
  const isHalfRebuilt = !existsSync(path) && existsSync(`${path}.mended`)
  const first = isHalfRebuilt ? null : openJournal(path, log)
  if (first?.ok) {
    const journal = first.value
    return ok({ journal, notice: journal.readOnly === null ? broughtUpToDate(journal, place) : null })
  }
  if (first && first.problem.code !== 'library-damaged') return first
  const rebuilt = rebuildLocked(place)
  if (!rebuilt.ok) return rebuilt
  const opened = openJournal(path, log)
  return opened.ok ? ok({ journal: opened.value, notice: rebuilt.value }) : opened
}
