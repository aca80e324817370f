import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newAttempt } from '../../../../src/main/takes/attempt.ts'
import { folderPorts } from '../../../../src/main/takes/recovery/folders.ts'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { fillLibrary, nthTakeId } from '../../../support/library/fill-library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'
import { tellOf } from '../../../support/library/take-json.ts'

const stage = libraryStage()
const library = () => join(stage.folder, 'library')
const list = () => join(stage.folder, 'studio.db')
const [draft, refused, , , , , , done] = Array.from({ length: 8 }, (_, nth) => nthTakeId(nth))
const notDone = Array.from({ length: 7 }, (_, nth) => nthTakeId(nth))

/** Opens the library this long after now and closes it. `read`: whose `take.json` was read. */
function opened(later = 60_000) {
  const read: string[] = []
  const found = openLibraryJournal({
    path: list(),
    library: library(),
    log: () => undefined,
    now: () => new Date(Date.now() + later).toISOString(),
    folders: {
      ...folderPorts,
      read: (path) => {
        read.push(basename(dirname(path)))
        return folderPorts.read(path)
      },
    },
  })
  if (!found.ok) throw new Error(found.problem.message)
  const { journal, notice } = found.value
  const answer = { read: read.toSorted(), notice, states: (id: string) => states.get(id) }
  const states = new Map(journal.load().records.map(({ order, attempt }) => [order.id, attempt.state]))
  journal.close()
  return answer
}

/** The folder of a take as it is after a submit that the list does not know. */
const pay = (id: string) => {
  const at = '2026-11-20T12:00:00.000Z'
  const paid = { state: 'ACKED', taskId: 'task-new', wiredAt: at, ackedAt: at } as const
  const [first, second] = [newAttempt(id, 1, 'own', at), { ...newAttempt(id, 2, 'own-2', at), ...paid }]
  tellOf(library(), { order: anOrder({ id }), attempts: [{ ...first, state: 'REJECTED' }, second] })
}

describe('a library that opens', () => {
  it('reads no folder of a take that is done, and of the others only those that changed since', () => {
    fillLibrary(stage.folder, 20)
    expect(opened().read).toEqual(notDone)
    expect(opened().read).toEqual([])
    pay(String(refused))
    expect(opened()).toMatchObject({ read: [refused], notice: { detail: refused } })
    expect(opened()).toMatchObject({ read: [], notice: null })
  })

  it('still catches up with a folder where the list is older than what it remembers', () => {
    fillLibrary(stage.folder, 20)
    opened()
    const backup = join(stage.folder, 'backup.db')
    cpSync(list(), backup)
    pay(String(refused))
    opened()
    renameSync(backup, list())
    const { notice, states } = opened()
    expect([notice?.detail, states(String(refused))]).toEqual([refused, 'ACKED'])
  })

  it('reads a file again that changed so late that it may change once more at the same time', () => {
    fillLibrary(stage.folder, 20)
    opened(0)
    expect(opened(0).read).toEqual(notDone)
  })

  it('names the takes that are only in their folders each time, and reads them once', () => {
    fillLibrary(stage.folder, 8)
    const elsewhere = join(stage.folder, 'elsewhere')
    fillLibrary(elsewhere, 20)
    // Only folders of takes that are over: an open one is brought back.
    const over = Array.from({ length: 12 }, (_, nth) => nthTakeId(nth + 8))
    for (const id of over) cpSync(join(elsewhere, 'library', id), join(library(), id), { recursive: true })
    const [first, second] = [opened(), opened()]
    expect(first.read).toEqual([...notDone, ...over])
    expect(second).toMatchObject({ read: [], notice: first.notice })
    expect(second.notice?.detail?.split('\n')).toEqual(over)
  })

  it('keeps every take where a page of a list of many is damaged', () => {
    fillLibrary(stage.folder, 300)
    const before = opened().states(String(draft))
    const bytes = readFileSync(list())
    const page = 4096
    const middle = Math.floor(bytes.length / page / 2) * page
    bytes.fill(7, middle, middle + page)
    writeFileSync(list(), bytes)
    const { notice, states } = opened()
    expect(notice?.message).toContain('300 takes are back')
    expect([states(String(draft)), states(String(done))]).toEqual([before, 'VERIFIED'])
  })
})
