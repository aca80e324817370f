import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newAttempt } from '../../../../src/main/takes/attempt.ts'
import { openJournal, type Journal, type JournalPorts } from '../../../../src/main/takes/journal/journal.ts'
import type { TakeEvent } from '../../../../src/main/takes/take-event.ts'
import { migrations } from '../../../../src/main/takes/journal/database.ts'
import { createWrites, NotWritten, unlessUnwritten } from '../../../../src/main/takes/journal/writes.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { failingDisk } from '../../../support/processes/failing-disk.ts'

const at = '2026-11-20T12:00:00.000Z'
const take = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const other = '01ARZ3NDEKTSV4RRFFQ69G5FAW'
const first = newAttempt(take, 1, 'own', at)
const accepted: TakeEvent = { type: 'accepted', taskId: 'task-1' }
const acked = { ...first, state: 'ACKED', taskId: 'task-1', wiredAt: at, ackedAt: at } as const

let folder: string
let path: string
let journal: Journal | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-disk-'))
  path = join(folder, 'studio.db')
})
afterEach(() => {
  journal?.close()
  journal = undefined
  rmSync(folder, { recursive: true })
})

function opened(ports: JournalPorts = {}): Journal {
  journal?.close()
  journal = undefined
  const outcome = openJournal(path, () => undefined, ports)
  if (!outcome.ok) throw new Error(`${outcome.problem.message} ${outcome.problem.detail ?? ''}`)
  journal = outcome.value
  return journal
}

/** Why a write was refused. */
function refusal(write: () => void): NotWritten {
  try {
    write()
  } catch (error) {
    if (error instanceof NotWritten) return error
    throw error
  }
  throw new Error('it was written')
}

const states = (library: Journal) => library.load().records.map(({ attempt }) => attempt.state)
const ballast = () => existsSync(`${path}.ballast`)

describe('a flush that failed', () => {
  it('is never tried again: nothing is written after it, and everything says why', () => {
    const disk = failingDisk()
    const library = opened(disk.ports)
    library.add(anOrder({ id: take }), first)
    disk.fail('flush')
    const { problem, code } = refusal(() => library.record(acked, accepted))
    expect(problem).toMatchObject({
      code: 'library-damaged',
      advice: expect.stringContaining('Restart Understudy') as string,
      detail: 'a disk that fails (flush)',
    })
    expect(code).toBe('EIO')
    expect(library.readOnly).toBe(problem)
    const { url, ...rest } = { url: 'x', validator: null, total: null, done: 1 }
    const everything = [
      () => library.record(acked, accepted),
      () => library.add(anOrder({ id: other }), { ...first, take: other }),
      () => library.addAttempt({ ...first, number: 2 }),
      () => library.setMark(first, { url, ...rest }),
      () => library.restore([]),
      () =>
        library.saveUpload({
          ...{ name: 'n', take, attempt: 1, host: 's3', role: 'clip', state: 'open' },
          ...{ url: null, until: null, note: null },
        }),
    ]
    disk.fail(null)
    for (const write of everything) expect(refusal(write).problem).toBe(problem)
    expect(states(library)).toEqual(['PREPARING'])
    expect(ballast()).toBe(true)
    expect(states(opened())).toEqual(['PREPARING'])
  })

  it('stops a write that the disk refused without being full', () => {
    const disk = failingDisk()
    const library = opened(disk.ports)
    library.add(anOrder({ id: take }), first)
    disk.fail('write')
    expect(refusal(() => library.record(acked, accepted)).problem.code).toBe('library-damaged')
    expect(disk.tried()).toBe(1)
  })
})

describe('a full disk', () => {
  it('takes what became of a paid request all the same, once, by the room that was kept', () => {
    const disk = failingDisk()
    const library = opened(disk.ports)
    library.add(anOrder({ id: take }), first)
    disk.fail('room')
    const { problem, code } = refusal(() => library.record(acked, accepted))
    expect({ code, problem: problem.code }).toEqual({ code: 'ENOSPC', problem: 'disk-full' })
    expect(disk.tried()).toBe(2)
    expect(ballast()).toBe(false)
    expect(library.readOnly).toBeNull()
    refusal(() => library.record(acked, accepted))
    expect(disk.tried()).toBe(3)
    disk.fail(null)
    library.record(acked, accepted)
    expect(states(library)).toEqual(['ACKED'])
    expect(ballast()).toBe(true)
  })

  it('keeps its last room for a take on the wire, whatever else wants to be noted down', () => {
    const disk = failingDisk()
    const library = opened(disk.ports)
    const wired = { ...first, state: 'WIRE', wiredAt: at } as const
    library.add(anOrder({ id: take }), wired)
    library.add(anOrder({ id: other }), { ...first, take: other })
    disk.fail('room')
    refusal(() => library.record({ ...first, take: other, state: 'PREPARED' }, { type: 'upload-lost' }))
    expect(ballast()).toBe(true)
    refusal(() => library.record(acked, accepted))
    expect(ballast()).toBe(false)
  })

  it.each(['intent', 'wire'] as const)('gives no room to %s, which begins a payment', (type) => {
    const disk = failingDisk()
    const library = opened(disk.ports)
    library.add(anOrder({ id: take }), first)
    disk.fail('room')
    const event: TakeEvent = type === 'intent' ? { type, paidWith: null } : { type }
    const next = { ...first, state: type === 'intent' ? 'INTENT' : 'WIRE' } as const
    expect(refusal(() => library.record(next, event)).problem.code).toBe('disk-full')
    expect(ballast()).toBe(true)
    expect(disk.tried()).toBe(1)
  })
})

describe('a fault that is not the disk’s', () => {
  it('stays what it is: nothing is called written or broken because of it', async () => {
    const library = opened()
    library.add(anOrder({ id: take }), first)
    expect(() => {
      library.add(anOrder({ id: take }), first)
    }).toThrow('UNIQUE')
    expect(() => {
      library.record({ ...first, state: 'NOWHERE' as 'DRAFT' }, { type: 'done' })
    }).toThrow('invalid_value')
    expect(library.readOnly).toBeNull()
    expect(states(library)).toEqual(['PREPARING'])
    const failing = unlessUnwritten(() => Promise.reject(new Error('something else')))
    await expect(failing).rejects.toThrow('something else')
  })
})

describe('a quota that is used up', () => {
  const refused = Object.assign(new Error('disk I/O error'), { errcode: 778 })
  const writesOn = (isDiskFull: boolean) => {
    const reserved = { ensure: () => true, release: () => true, isDiskFull: () => isDiskFull }
    return createWrites(reserved, () => undefined, null)
  }
  const once = () => {
    let tries = 0
    return () => {
      tries += 1
      if (tries === 1) throw refused
      return tries
    }
  }

  it('is a full disk, although SQLite only says that a write was refused', () => {
    const writes = writesOn(true)
    expect(writes.run(once(), () => 'precious')).toBe(2)
    expect(writes.broken()).toBeNull()
  })

  it('is looked for, so that a disk that refuses a write for another reason is not written again', () => {
    const writes = writesOn(false)
    expect(refusal(() => void writes.run(once(), () => 'precious')).problem.code).toBe('library-damaged')
    expect(writes.broken()).not.toBeNull()
  })
})

describe('one row that cannot be read', () => {
  it('keeps no other take from being told from its neighbours', () => {
    const library = opened()
    library.add(anOrder({ id: take }), acked)
    library.add(anOrder({ id: other }), { ...first, take: other, taskId: 'task-2' })
    library.close()
    journal = undefined
    const db = new DatabaseSync(path)
    db.prepare('UPDATE attempts SET data = ? WHERE take = ?').run('{"taskId":', other)
    db.close()
    const again = opened()
    expect(again.tasksOfOthers({ ...first, number: 9 })).toEqual(['task-1'])
    expect([again.attempts(take), again.attempts(other)]).toEqual([[acked], []])
  })
})

describe('a library of an older version', () => {
  const next = [...migrations, 'CREATE TABLE news (id TEXT) STRICT']
  const backup = () => `${path}.v${String(migrations.length)}.bak`

  it('is copied as it was before it is changed, and the copy opens with everything in it', () => {
    opened().add(anOrder({ id: take }), acked)
    expect(states(opened({ steps: next }))).toEqual(['ACKED'])
    journal?.close()
    journal = undefined
    const old = new DatabaseSync(backup())
    expect(old.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: migrations.length })
    old.close()
    path = backup()
    expect(states(opened())).toEqual(['ACKED'])
  })

  it('stays exactly as it was when a step fails', () => {
    opened().add(anOrder({ id: take }), acked)
    journal?.close()
    journal = undefined
    const before = readFileSync(path)
    const failing = [...next, 'CREATE TABLE news (id TEXT) STRICT']
    const outcome = openJournal(path, () => undefined, { steps: failing })
    expect(outcome).toMatchObject({ ok: false, problem: { code: 'folder-unwritable' } })
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(existsSync(backup())).toBe(true)
    expect(states(opened())).toEqual(['ACKED'])
  })

  it('never takes a copy that was cut off for a backup', () => {
    opened().add(anOrder({ id: take }), acked)
    writeFileSync(`${backup()}.new`, 'the beginning of a copy')
    expect(states(opened({ steps: next }))).toEqual(['ACKED'])
    expect(existsSync(`${backup()}.new`)).toBe(false)
    path = backup()
    expect(states(opened())).toEqual(['ACKED'])
  })
})
