import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Take } from '../../../shared/domain/take.ts'
import type { EmptiedTrash, PutInTrash } from '../../../shared/domain/trash.ts'
import { allOk, ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Bin, Clock, Log } from '../../system/ports.ts'
import { createSerialQueue } from '../../system/scheduling.ts'
import type { Journal } from '../journal/journal.ts'
import { unlessUnwritten } from '../journal/writes.ts'
import type { TakeRecord } from '../record.ts'
import type { TakeRegistry } from '../registry.ts'
import { patchTakeJson } from '../take-json.ts'
import { noProgress, takeOf } from '../view.ts'
import type { Trash } from '../types.ts'
import { obstacleTo, type Obstacle } from './may-trash.ts'
import { folderNotMoved, inSystemBin, noBin, notInTrash, notTrashed, twoFolders } from './problems.ts'
import { findFolder, holding, moveFolder, trashFolder } from './trash-folder.ts'
import { foldersOf } from '../recovery/folders.ts'

export type TrashParts = {
  readonly library: string
  readonly journal: Journal
  readonly registry: TakeRegistry
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly bin: Bin
}

const day: Milliseconds = 24 * 60 * 60_000
const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/**
 * The trash of a library, `library/.trash`. The journal is written first, then `take.json`, then the folder is moved.
 * The next start moves whatever a kill left in between: the journal decides.
 */
export function createTrash({ library, journal, registry, clock, log, bin }: TrashParts): Trash {
  const now = () => new Date(clock.now()).toISOString()
  const inTurn = createSerialQueue()
  const listeners = new Set<(ids: readonly string[]) => void>()

  /** Brings `take.json` and the folder of a take to where the journal says it is. */
  function settle(id: string): void {
    const trashedAt = journal.trashedAt(id)
    const to = trashedAt === null ? 'library' : 'trash'
    const found = findFolder(library, id)
    if (found === to || found === 'nowhere') return
    try {
      patchTakeJson(
        holding(library, to === 'trash' ? 'library' : 'trash'),
        id,
        { trashedAt },
        { durable: true },
      )
    } catch (error) {
      log('take.json couldn’t be updated; the journal says where the take is', { take: id, error })
    }
    try {
      if (moveFolder(library, id, to) === 'both')
        log('there are two folders of a take; neither is moved', { take: id })
    } catch (error) {
      log('the folder of a take couldn’t be moved; the next start tries again', { take: id, error })
    }
  }

  /** What a kill, or a file that was in use, left undone. */
  function settleAll(): void {
    const rows = journal.trash()
    for (const { take, binned } of rows) {
      if (binned === null) settle(take)
      else if (findFolder(library, take) !== 'nowhere') journal.setBinned(take, null)
    }
    const trashed = new Set(rows.map(({ take }) => take))
    const back = foldersOf(trashFolder(library)).filter((id) => !trashed.has(id))
    const known = back.length === 0 ? new Set<string>() : journal.ids()
    for (const id of back) if (known.has(id)) settle(id)
  }

  const rowOf = (id: string) => journal.trash().find(({ take }) => take === id)
  const isDouble = (id: string) => findFolder(library, id) === 'both'
  const doubled = (ids: readonly string[]) => {
    const id = ids.find(isDouble)
    return id === undefined ? null : twoFolders(id, join(library, id))
  }

  function obstacleOf({ order }: TakeRecord): Obstacle | null {
    const { id } = order
    return obstacleTo({
      attempts: journal.attempts(id),
      isUp: journal.uploads(id).length > 0,
      now: clock.now(),
    })
  }

  /** Everything in one go: nothing else of this process runs in between. */
  function putAll(ids: readonly string[]): Outcome<PutInTrash> {
    const records = allOk(ids.map(registry.record))
    if (!records.ok) return records
    const blocked = records.value.flatMap((record) => {
      const obstacle = obstacleOf(record)
      const { id, clipName } = record.order
      return obstacle === null ? [] : [{ id, clipName, obstacle }]
    })
    if (blocked.length > 0) return notTrashed(blocked, ids.length)
    const double = doubled(ids)
    if (double) return double
    journal.putInTrash(ids, now())
    for (const id of ids) settle(id)
    registry.setAside(ids)
    for (const listener of listeners) listener(ids)
    const elsewhere = records.value.filter(({ attempt }) => attempt.resultFolder !== null)
    return ok({ takes: ids, resultsStay: elsewhere.map(({ order }) => order.id) })
  }

  function restoreAll(ids: readonly string[]): Outcome<readonly Take[]> {
    const found = allOk(
      ids.map((id): Outcome<null> => {
        const row = rowOf(id)
        if (!row) return notInTrash(id)
        return row.binned !== null && findFolder(library, id) === 'nowhere' ? inSystemBin(id) : ok(null)
      }),
    )
    if (!found.ok) return found
    const double = doubled(ids)
    if (double) return double
    journal.takeOutOfTrash(ids)
    for (const id of ids) settle(id)
    return ok(registry.bringBack(ids))
  }

  /** Gives one folder to the system’s bin; null when it is there. */
  async function binOne(id: string): Promise<Problem | null> {
    settle(id)
    const found = findFolder(library, id)
    const path = join(trashFolder(library), id)
    if (found === 'both') return twoFolders(id, path).problem
    if (found === 'library') return folderNotMoved(join(library, id)).problem
    if (found === 'trash') {
      try {
        await bin(path)
      } catch (error) {
        return noBin(wordsOf(error)).problem
      }
      if (existsSync(path)) return noBin(path).problem
    }
    journal.setBinned(id, now())
    return null
  }

  async function emptyAll(ids: readonly string[]): Promise<Outcome<EmptiedTrash>> {
    const binned: string[] = []
    const left: EmptiedTrash['left'][number][] = []
    for (const take of ids) {
      const problem = await binOne(take)
      if (problem === null) binned.push(take)
      else left.push({ take, problem })
    }
    return ok({ binned, left })
  }

  /** A folder that the user took back out of the bin is in the trash again. */
  const waiting = () =>
    journal.trash().filter(({ take, binned }) => binned === null || findFolder(library, take) === 'trash')
  const writing = <T>(run: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
    inTurn(() =>
      unlessUnwritten(() => {
        const problem = registry.readOnly()
        return problem === null ? run() : Promise.resolve({ ok: false, problem })
      }),
    )
  const once = (ids: readonly string[]) => [...new Set(ids)]

  if (registry.readOnly() === null) settleAll()

  return {
    trash: () => {
      const aside = registry.aside()
      const rows = waiting()
      const marks = new Map(journal.marksOf(rows.map(({ take }) => take)).map((one) => [one.take, one]))
      return rows.flatMap(({ take: id, at: trashedAt }) => {
        const [record, its] = [aside.get(id), marks.get(id)]
        return record && its ? [{ take: takeOf(record, noProgress, null), marks: its, trashedAt }] : []
      })
    },
    putInTrash: (ids) =>
      writing(() => registry.whileStill(once(ids), () => Promise.resolve(putAll(once(ids))))),
    restore: (ids) => writing(() => Promise.resolve(restoreAll(once(ids)))),
    emptyTrash: (ids) =>
      writing(() => {
        const there = new Set(waiting().map(({ take }) => take))
        const missing = ids?.find((id) => !there.has(id))
        return missing === undefined ? emptyAll(ids ?? [...there]) : Promise.resolve(notInTrash(missing))
      }),
    emptyOldTrash: (days) =>
      writing(() => {
        const old = waiting().filter(({ at }) => clock.now() - Date.parse(at) > days * day)
        return emptyAll(old.map(({ take }) => take))
      }),
    onTrashed: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
