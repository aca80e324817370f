import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { transaction } from '../../../src/main/takes/journal/open-database.ts'
import {
  createWrites,
  isBusy,
  isDamage,
  NotWritten,
  unlessUnwritten,
} from '../../../src/main/takes/journal/writes.ts'
import { fail, ok } from '../../../src/shared/outcome.ts'

const quiet = () => undefined
/** Room on the disk, of which a test says what it does. */
const room = (stands: boolean, isDiskFull = false) => ({
  stands: () => stands,
  drop: () => stands,
  isDiskFull: () => isDiskFull,
})
const sqliteError = (errcode: number) => Object.assign(new Error('of SQLite'), { errcode })
const failing = (error: unknown) => () => {
  throw error
}

describe('a change of the journal', () => {
  it('that begins a paid request is refused where no room is kept for its end', () => {
    let written = 0
    const write = () => (written += 1)
    const writes = createWrites(room(false), quiet, null)
    expect(() => writes.run(write, () => 'sending')).toThrow(NotWritten)
    expect(written).toBe(0)
    expect(writes.run(write)).toBe(1)
    expect(createWrites(room(true), quiet, null).run(write, () => 'sending')).toBe(2)
    expect(writes.broken()).toBeNull()
  })

  it('that fails for a reason of its own is no fault of the disk', () => {
    const writes = createWrites(room(true), quiet, null)
    for (const error of [
      new Error('a bug'),
      sqliteError(19),
      Object.assign(new Error('odd'), { errcode: 'x' }),
    ]) {
      expect(() => writes.run(failing(error))).toThrow(error)
      expect(isBusy(error) || isDamage(error)).toBe(false)
    }
    expect(() => writes.run(failing('words'))).toThrow('words')
    expect(writes.broken()).toBeNull()
  })

  it('is answered with the reason where the disk refuses it, and with everything else as it is', async () => {
    const { problem } = fail('disk-full', 'full')
    await expect(unlessUnwritten(() => Promise.reject(new NotWritten(problem)))).resolves.toEqual({
      ok: false,
      problem,
    })
    await expect(unlessUnwritten(() => Promise.resolve(ok(1)))).resolves.toEqual(ok(1))
    await expect(unlessUnwritten(() => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug')
  })

  it('is taken back as a whole, also where SQLite has done so itself', () => {
    const db = new DatabaseSync(':memory:')
    db.exec('CREATE TABLE t (x)')
    const add = () => {
      db.exec('INSERT INTO t VALUES (1)')
    }
    const rows = () => db.prepare('SELECT * FROM t').all().length
    expect(() => {
      transaction(db, () => {
        add()
        throw new Error('first')
      })
    }).toThrow('first')
    expect(() => {
      transaction(db, () => {
        add()
        db.exec('ROLLBACK')
        throw new Error('second')
      })
    }).toThrow('second')
    expect(rows()).toBe(0)
    transaction(db, add)
    expect(rows()).toBe(1)
    db.close()
  })
})
