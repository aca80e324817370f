import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newAttempt } from '../../../../src/main/takes/attempt.ts'
import { openJournal, type Journal } from '../../../../src/main/takes/journal/journal.ts'
import { step } from '../../../../src/main/takes/state-machine.ts'
import { anOrder } from '../../../support/library/an-order.ts'

const at = '2026-11-20T12:00:00.000Z'
const take = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const order = anOrder({ id: take })

let folder: string
const open: Journal[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-journal-'))
})
afterEach(() => {
  for (const journal of open.splice(0)) journal.close()
  rmSync(folder, { recursive: true })
})

const said: string[] = []
function journalAt(path = join(folder, 'studio.db')): Journal {
  const opened = openJournal(path, (line) => said.push(line))
  if (!opened.ok) throw new Error(opened.problem.message)
  open.push(opened.value)
  return opened.value
}

describe('the journal', () => {
  it('gives back after a restart exactly what was recorded, and the whole history', () => {
    const first = journalAt()
    const attempt = newAttempt(take, 1, 'own', at)
    first.add(order, attempt)
    const next = step(
      attempt,
      { type: 'prepare-failed', problem: { code: 'disk-full', message: 'full' } },
      at,
    )
    first.record(next, { type: 'prepare-failed', problem: { code: 'disk-full', message: 'full' } })
    first.close()
    open.pop()
    const again = journalAt()
    expect(again.load()).toEqual({ records: [{ order, attempt: next }], unreadable: [] })
    expect(again.events(take).map((event) => [event.type, event.state])).toEqual([
      ['added', 'PREPARING'],
      ['prepare-failed', 'DRAFT'],
    ])
  })

  it('shows the newest attempt of a take and keeps the older ones', () => {
    const journal = journalAt()
    journal.add(order, newAttempt(take, 1, 'own', at))
    journal.addAttempt(newAttempt(take, 2, 'other', at))
    expect(journal.load().records.map(({ attempt }) => [attempt.number, attempt.ownId])).toEqual([
      [2, 'other'],
    ])
    expect(journal.events(take)).toHaveLength(2)
  })

  it('refuses a second attempt with the same number, so that one intent cannot become two', () => {
    const journal = journalAt()
    journal.add(order, newAttempt(take, 1, 'own', at))
    expect(() => {
      journal.addAttempt(newAttempt(take, 1, 'other', at))
    }).toThrow()
    expect(journal.events(take)).toHaveLength(1)
  })

  it('remembers how far a download has come, whatever the server said of it', () => {
    const journal = journalAt()
    const attempt = newAttempt(take, 1, 'own', at)
    journal.add(order, attempt)
    expect(journal.mark(attempt)).toBeNull()
    for (const mark of [
      { url: 'https://a/b', validator: null, total: null, done: 0 },
      { url: 'https://a/b', validator: '"tag"', total: 9, done: 5 },
    ]) {
      journal.setMark(attempt, mark)
      expect(journal.mark(attempt)).toEqual(mark)
    }
  })

  it('never lets history be rewritten', () => {
    journalAt().add(order, newAttempt(take, 1, 'own', at))
    open.pop()?.close()
    const db = new DatabaseSync(join(folder, 'studio.db'))
    expect(() => {
      db.exec('DELETE FROM events')
    }).toThrow('append-only')
    expect(() => {
      db.exec("UPDATE events SET state = 'DONE'")
    }).toThrow('append-only')
    db.close()
  })

  it('is held by one process: a second one is told so at once and harms nothing', () => {
    journalAt()
    const second = openJournal(join(folder, 'studio.db'), () => undefined)
    expect(second).toMatchObject({ ok: false, problem: { code: 'library-in-use' } })
  })

  it('is free again the moment its process is killed', async () => {
    const path = join(folder, 'studio.db')
    const script = fileURLToPath(new URL('../../../support/library/hold-journal.ts', import.meta.url))
    const holder = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(holder.stdout, 'data')
    expect(openJournal(path, () => undefined)).toMatchObject({
      ok: false,
      problem: { code: 'library-in-use' },
    })
    const gone = once(holder, 'exit')
    holder.kill('SIGKILL')
    await gone
    expect(journalAt(path).load().records).toEqual([])
  })

  it('shows a library of a newer Understudy and writes nothing into it', () => {
    journalAt().add(order, newAttempt(take, 1, 'own', at))
    open.pop()?.close()
    const db = new DatabaseSync(join(folder, 'studio.db'))
    db.exec('PRAGMA user_version = 99')
    db.close()
    const newer = journalAt()
    expect(newer.readOnly).toMatchObject({ code: 'library-newer' })
    expect(newer.load().records).toHaveLength(1)
    expect(() => {
      newer.addAttempt(newAttempt(take, 2, 'other', at))
    }).toThrow('newer Understudy')
  })

  it('names a take it cannot read and still shows the others', () => {
    const journal = journalAt()
    journal.add(order, newAttempt(take, 1, 'own', at))
    const other = { ...order, id: '01ARZ3NDEKTSV4RRFFQ69G5FAW' }
    journal.add(other, newAttempt(other.id, 1, 'own2', at))
    open.pop()?.close()
    const db = new DatabaseSync(join(folder, 'studio.db'))
    db.prepare('UPDATE attempts SET data = ? WHERE take = ?').run('{"state":"?"}', take)
    db.close()
    const { records, unreadable } = journalAt().load()
    expect(records.map((record) => record.order.id)).toEqual([other.id])
    expect(unreadable).toEqual([take])
    expect(said.at(-1)).toContain('can’t be read')
  })

  it('says plainly that a damaged file cannot be opened, and leaves it as it is', () => {
    const path = join(folder, 'studio.db')
    const bytes = Buffer.from('this was a database once, '.repeat(400))
    writeFileSync(path, bytes)
    expect(openJournal(path, () => undefined)).toMatchObject({
      ok: false,
      problem: { code: 'library-damaged' },
    })
    expect(readFileSync(path).equals(bytes)).toBe(true)
  })
})
