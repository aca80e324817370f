import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newAttempt, type Attempt } from '../../../../src/main/takes/attempt.ts'
import { openJournal, type Journal, type JournalPorts } from '../../../../src/main/takes/journal/journal.ts'
import type { KeptTake } from '../../../../src/main/takes/record.ts'
import { NotWritten } from '../../../../src/main/takes/journal/writes.ts'
import type { Problem } from '../../../../src/shared/outcome.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { fullAttempt } from '../../../support/library/an-attempt.ts'
import { someSettings } from '../../../support/clips/facts.ts'
import { failingDisk } from '../../../support/processes/failing-disk.ts'

const at = '2026-11-20T12:00:00.000Z'
const later = '2026-11-20T12:00:01.000Z'
const take = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const other = '01ARZ3NDEKTSV4RRFFQ69G5FAW'
/** Nobody pays for practice. */
const settings = someSettings({ provider: 'kling', model: 'kling-v3', account: 'account-1' })
const order = anOrder({ id: take, settings })
const first = newAttempt(take, 1, 'own', at)
const sent = (id: string, different: Partial<Attempt> = {}) =>
  fullAttempt({ ...{ take: id, number: 1, state: 'ACKED', since: later }, ...different })

let folder: string
let path: string
let journal: Journal | undefined
const said: unknown[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-rows-'))
  path = join(folder, 'studio.db')
  said.length = 0
})
const close = () => {
  journal?.close()
  journal = undefined
}
afterEach(() => {
  close()
  rmSync(folder, { recursive: true })
})

const opening = (ports: JournalPorts = {}) =>
  openJournal(path, (line, about) => said.push([line, about]), ports)
function opened(ports: JournalPorts = {}): Journal {
  close()
  const outcome = opening(ports)
  if (!outcome.ok) throw new Error(outcome.problem.message)
  journal = outcome.value
  return journal
}
function whyNot(): Problem {
  const outcome = opening()
  if (outcome.ok) throw new Error('it was opened')
  return outcome.problem
}
function inDatabase(change: (db: DatabaseSync) => void): void {
  close()
  const db = new DatabaseSync(path)
  change(db)
  db.close()
}
const paid = (library: Journal) => library.spend().map((entry) => [entry.take, entry.attempt, entry.outcome])

describe('the attempts of a take', () => {
  it('are told apart: the newest one, and those that another has taken the place of', () => {
    const library = opened()
    library.add(order, first)
    library.add(anOrder({ id: other }), newAttempt(other, 1, 'alone', at))
    expect(library.replacedAttempts()).toEqual([])
    for (const number of [2, 3]) library.addAttempt({ ...first, number })
    expect(library.replacedAttempts()).toEqual(
      [1, 2].map((number) => ({ order, attempt: { ...first, number } })),
    )
    expect(library.load().records.map(({ attempt }) => attempt.number)).toEqual([1, 3])
  })

  it('stand in the ledger from the moment they are there, where they were sent before', () => {
    const library = opened()
    library.add(order, sent(take, { resultUrl: null }))
    expect(paid(library)).toEqual([[take, 1, 'open']])
  })

  it('have a history that says when each thing was, to which of them, and which task it named', () => {
    const library = opened()
    library.add(order, first)
    library.addAttempt({ ...first, number: 2, since: later })
    library.record(
      { ...first, number: 2, state: 'ACKED', taskId: 'task-1', since: later },
      { type: 'accepted', taskId: 'task-1' },
    )
    expect(library.events(take)).toEqual([
      { attempt: 1, at, type: 'added', state: 'PREPARING' },
      { attempt: 2, at: later, type: 'added', state: 'PREPARING' },
      { attempt: 2, at: later, type: 'accepted', state: 'ACKED', taskId: 'task-1' },
    ])
  })
})

describe('a take that was a part of another one', () => {
  const record = {
    order: anOrder({ id: other, partOf: take, settings }),
    attempt: sent(other, { taskId: 'task-9' }),
  }
  const event = { type: 'accepted', taskId: 'task-9' } as const
  const from = {
    attempt: { ...first, state: 'ACKED', taskId: 'task-1', since: later } as const,
    event: { type: 'accepted', taskId: 'task-1' } as const,
  }

  it('comes to be with its task, its history and its price, and the other one is told', () => {
    const library = opened()
    library.add(order, first)
    library.addSplitOff(record, event, from)
    expect(library.load().records).toEqual([record, { order, attempt: from.attempt }])
    const said = (id: string) => library.events(id).map(({ type, taskId }) => [type, taskId])
    expect(said(other)).toEqual([
      ['added', undefined],
      ['accepted', 'task-9'],
    ])
    expect(said(take)).toEqual([
      ['added', undefined],
      ['accepted', 'task-1'],
    ])
    expect(paid(library)).toEqual([[other, 1, 'done']])
    expect(library.keptMarks(other)).toMatchObject({ number: 2 })
  })

  it('comes to be by itself where nobody has to be told', () => {
    const library = opened()
    library.add(order, first)
    library.addSplitOff(record, event)
    expect(library.load().records.map(({ attempt }) => attempt.state)).toEqual(['ACKED', 'PREPARING'])
    expect(library.events(take)).toHaveLength(1)
  })

  it('changes nothing of the other one where it cannot come to be', () => {
    const library = opened()
    library.add(order, first)
    library.addSplitOff(record, event)
    expect(() => {
      library.addSplitOff(record, event, from)
    }).toThrow('UNIQUE')
    expect(library.events(take)).toHaveLength(1)
    expect(library.load().records.at(-1)?.attempt).toEqual(first)
  })

  it('is worth the last room on a full disk, as it was paid', () => {
    const disk = failingDisk()
    const library = opened(disk.ports)
    library.add(order, first)
    disk.fail('room')
    expect(() => {
      library.addSplitOff(record, event, from)
    }).toThrow(NotWritten)
    expect([disk.tried(), existsSync(`${path}.ballast`)]).toEqual([2, false])
  })
})

describe('the last room on a full disk', () => {
  it('is for each of the takes that are on the wire', () => {
    const disk = failingDisk()
    const library = opened(disk.ports)
    for (const id of [take, other]) library.add(anOrder({ id }), sent(id, { state: 'WIRE' }))
    disk.fail('room')
    expect(() => {
      library.record(sent(take), { type: 'accepted', taskId: 'task-1' })
    }).toThrow(NotWritten)
    expect(existsSync(`${path}.ballast`)).toBe(false)
  })

  it.each(['intent', 'wire'] as const)('is not for %s: that nothing was sent is said', (type) => {
    const disk = failingDisk()
    const library = opened(disk.ports)
    library.add(order, first)
    disk.fail('room')
    const event = type === 'intent' ? ({ type, paidWith: null } as const) : ({ type } as const)
    expect(() => {
      library.record(first, event)
    }).toThrow('so nothing was sent')
  })
})

describe('takes that are brought back', () => {
  const kept: KeptTake = {
    order,
    attempts: [
      sent(take, { state: 'NEEDS_USER', resultUrl: null }),
      sent(take, { number: 2, taskId: 'task-2' }),
    ],
    history: [
      { attempt: 1, at, type: 'added', state: 'PREPARING' },
      { attempt: 1, at, type: 'accepted', state: 'ACKED', taskId: 'task-1' },
    ],
    uploads: [],
  }

  it('have their attempts, their history, which says that they were, and their price again', () => {
    const library = opened()
    expect(library.restore([kept])).toEqual([])
    expect(library.attempts(take)).toEqual(kept.attempts)
    expect(library.events(take)).toEqual([
      ...kept.history,
      { attempt: 2, at: later, type: 'rebuilt', state: 'ACKED' },
    ])
    expect(paid(library)).toEqual([
      [take, 1, 'open'],
      [take, 2, 'done'],
    ])
  })
})

describe('a list of takes that is opened', () => {
  it('is written as before when the same Understudy opens it again', () => {
    opened().add(order, first)
    const again = opened()
    expect(again.readOnly).toBeNull()
    again.addAttempt({ ...first, number: 2 })
    expect(opened().load().records).toEqual([{ order, attempt: { ...first, number: 2 } }])
  })

  it('tells the log which error keeps a take from being read', () => {
    opened().add(order, first)
    inDatabase((db) => {
      db.exec(`UPDATE takes SET data = '{'`)
    })
    const library = opened()
    expect(library.load()).toEqual({ records: [], unreadable: [take] })
    expect(said).toEqual([
      [
        'a take in the library can’t be read and is skipped',
        { take, error: expect.any(SyntaxError) as unknown },
      ],
    ])
  })

  it('of a newer Understudy says what to do with it', () => {
    opened().add(order, first)
    inDatabase((db) => {
      db.exec('PRAGMA user_version = 99')
    })
    expect(opened().readOnly).toEqual({
      code: 'library-newer',
      message: 'This library was written by a newer Understudy.',
      advice:
        'You can view its takes but not change them. To continue with them, install the newest Understudy.',
    })
  })
})

describe('a list of takes that cannot be opened', () => {
  it('says who has it', () => {
    opened()
    expect(whyNot()).toEqual({
      code: 'library-in-use',
      message: 'Another Understudy already has this library open.',
      advice: 'Use that one, or close it first.',
    })
  })

  it('says where the takes are when one of its pages is damaged, although its beginning is whole', () => {
    const library = opened()
    for (let nth = 0; nth < 40; nth += 1)
      library.add(anOrder({ id: `take-${String(nth)}` }), sent(`take-${String(nth)}`))
    close()
    const bytes = readFileSync(path)
    const page = Math.floor(bytes.length / 4096 / 2)
    writeFileSync(path, bytes.fill(0xff, page * 4096, (page + 1) * 4096))
    expect(whyNot()).toEqual({
      code: 'library-damaged',
      message: `The list of takes at ${path} is damaged.`,
      advice: 'The takes themselves are in its library folder, as plain files.',
      detail: expect.any(String) as string,
    })
  })

  it('says what to look at when its folder cannot be made', () => {
    writeFileSync(join(folder, 'file'), '')
    path = join(folder, 'file', 'studio.db')
    expect(whyNot()).toEqual({
      code: 'folder-unwritable',
      message: `The library at ${path} can’t be opened.`,
      advice:
        'Check that the folder is writable and that the disk has space. The takes themselves are in its library folder, as plain files.',
      detail: expect.stringMatching(/ENOTDIR|EEXIST|ENOENT/) as string,
    })
  })
})
