import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newAttempt, type Attempt } from '../../../../src/main/takes/attempt.ts'
import { openJournal } from '../../../../src/main/takes/journal/journal.ts'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import { rebuildMissing } from '../../../../src/main/takes/recovery/restore.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { fillLibrary, nthTakeId } from '../../../support/library/fill-library.ts'
import { takeId } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'
import { tellOf } from '../../../support/library/take-json.ts'

const stage = libraryStage()
const other = '01ARZ3NDEKTSV4RRFFQ69G5FAW'
const at = '2026-11-20T12:00:00.000Z'
const library = () => join(stage.folder, 'library')
const tasked = { taskId: 'task-1', wiredAt: at, ackedAt: at }
const result = { bytes: 1, sha256: 'a', duration: 5, width: 2, height: 2, frameRate: 30 }

/** A start of the studio with a list that holds one take, which another start before it made. */
function started() {
  const place = { path: join(stage.folder, 'studio.db'), library: library(), log: () => undefined }
  const opened = openLibraryJournal({ ...place, now: () => at })
  if (!opened.ok) throw new Error(opened.problem.message)
  const { journal, notice } = opened.value
  const states = new Map(journal.load().records.map(({ order, attempt }) => [order.id, attempt.state]))
  if (states.size === 0) journal.add(anOrder(), { ...newAttempt(takeId, 1, 'own', at), state: 'DRAFT' })
  journal.close()
  return { notice, state: states.get(other) }
}

const missing = (about: Partial<Attempt>) => {
  started()
  tellOf(library(), { attempts: [{ ...newAttempt(other, 1, 'own-other', at), ...about }] })
}

describe('a folder of which the list knows nothing, because an older one was put back', () => {
  it.each<[Partial<Attempt>, string]>([
    [{ ...tasked, state: 'ACKED' }, 'ACKED'],
    [{ ...tasked, state: 'DOWNLOADING' }, 'ACKED'],
    [{ ...tasked, state: 'NEEDS_USER' }, 'NEEDS_USER'],
    [{ state: 'WIRE', wiredAt: at }, 'UNKNOWN'],
  ])('comes back at the start where a task of it may still run: %j', (about, state) => {
    missing(about)
    const found = started()
    expect(found.state).toBe(state)
    expect(found.notice?.message).toBe(
      '1 take was missing from the list and brought back from the library folder.',
    )
    expect(started()).toEqual({ notice: null, state })
  })

  it.each<[Partial<Attempt>]>([
    [{ ...tasked, state: 'DONE', result }],
    [{ ...tasked, state: 'REMOTE_FAILED' }],
    [{ state: 'DRAFT' }],
  ])('is counted where it is at rest, with the way to bring it back: %j', (about) => {
    missing(about)
    const { notice, state } = started()
    expect(state).toBeUndefined()
    expect(notice).toMatchObject({
      message: 'The folder of 1 take is in the library and not in the list.',
      advice: expect.stringContaining('takes rebuild'),
      detail: other,
    })
  })

  it('is named by its task where its file does not say enough', () => {
    started()
    const attempts = [{ ...newAttempt(other, 1, 'own', at), ...tasked, state: 'ACKED' as const }] as const
    tellOf(library(), { attempts }, (file) => {
      Object.assign(file, { record: null, since: null })
    })
    expect(started().notice?.detail).toBe(`${other}: task task-1`)
  })

  it('is not spoken of where it is empty', () => {
    started()
    mkdirSync(join(library(), other), { recursive: true })
    expect(started().notice).toBeNull()
  })
})

describe('more folders than are brought back at once', () => {
  /** Changes the number in a file; null is a file of an older version. */
  const renumber = (id: string, number: number | null) => {
    const path = join(library(), id, 'take.json')
    const { marks, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as { readonly marks: object }
    writeFileSync(path, JSON.stringify(number === null ? rest : { ...rest, marks: { ...marks, number } }))
  }

  it('keep their numbers, also those of the last ones that one of the first could have got', async () => {
    const takes = 102
    fillLibrary(stage.folder, takes)
    const list = join(stage.folder, 'studio.db')
    for (const end of ['', '-wal', '-shm']) rmSync(list + end, { force: true })
    renumber(nthTakeId(0), null)
    renumber(nthTakeId(1), 1)
    const opened = openJournal(list, () => undefined)
    if (!opened.ok) throw new Error(opened.problem.message)
    const journal = opened.value
    const { lost } = await rebuildMissing({ library: library(), journal }, new Set())
    const numbers = new Map(journal.marksOf(null).map(({ take, number }) => [take, number]))
    journal.close()
    const expected = Array.from({ length: takes }, (_, nth) => [nthTakeId(nth), nth + 1])
    expect(lost).toEqual([])
    expect(numbers).toEqual(
      new Map([...expected, [nthTakeId(0), takes + 1], [nthTakeId(1), 1]] as [string, number][]),
    )
  })
})
