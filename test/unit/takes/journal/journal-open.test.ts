import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  checkWhole,
  ifItFits,
  migrate,
  openExclusive,
  rowsLeft,
  transaction,
  versionOf,
} from '../../../../src/main/takes/journal/database.ts'
import { openFiles, showsOpenFiles } from '../../../support/processes/open-files.ts'

let folder: string
let path: string
const open: DatabaseSync[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-open-'))
  path = join(folder, 'studio.db')
})
afterEach(() => {
  for (const db of open.splice(0)) if (db.isOpen) db.close()
  rmSync(folder, { recursive: true })
})

function opened(): DatabaseSync {
  const db = openExclusive(path)
  open.push(db)
  return db
}
const closed = (db: DatabaseSync) => {
  db.close()
}
const valueOf = (db: DatabaseSync, pragma: string) =>
  Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {})[0]
const rows = (db: DatabaseSync) =>
  db
    .prepare('SELECT x FROM t ORDER BY x')
    .all()
    .map(({ x }) => x)

describe('a library that is opened', () => {
  it('flushes every commit to the platter, and holds takes and attempts together', () => {
    const db = opened()
    const settings = ['locking_mode', 'journal_mode', 'synchronous', 'fullfsync', 'foreign_keys']
    expect(settings.map((name) => valueOf(db, name))).toEqual(['exclusive', 'wal', 2, 1, 1])
  })

  it('is locked from the first moment on, also before anything is written', () => {
    opened()
    const other = new DatabaseSync(path, { timeout: 0 })
    open.push(other)
    expect(() => other.prepare('SELECT * FROM sqlite_master').all()).toThrow('locked')
    expect(() => openExclusive(path)).toThrow('locked')
  })

  it('makes the folders it lies in, for this user alone', () => {
    path = join(folder, 'new', 'one', 'studio.db')
    opened()
    for (const name of ['new', 'new/one']) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o700)
  })

  it('is let go where it cannot be locked', () => {
    opened()
    const refused: DatabaseSync[] = []
    const connect = (to: string) => {
      const db = new DatabaseSync(to, { timeout: 0 })
      refused.push(db)
      return db
    }
    expect(() => openExclusive(path, connect)).toThrow('locked')
    expect(refused.map((db) => db.isOpen)).toEqual([false])
  })
})

describe('a change in one piece', () => {
  class FailsToCommit extends DatabaseSync {
    override exec(sql: string): void {
      if (sql === 'COMMIT') throw new Error('no room')
      super.exec(sql)
    }
  }

  it('is taken back, and leaves no half of it open, where it cannot be committed', () => {
    const db = new FailsToCommit(path)
    open.push(db)
    db.exec('CREATE TABLE t (x)')
    expect(() => {
      transaction(db, () => {
        expect(db.isTransaction).toBe(true)
        db.exec('INSERT INTO t VALUES (1)')
      })
    }).toThrow('no room')
    expect(db.isTransaction).toBe(false)
    expect(rows(db)).toEqual([])
  })

  it('has the right to write before it looks at anything', () => {
    const [one, other] = [new DatabaseSync(path, { timeout: 0 }), new DatabaseSync(path, { timeout: 0 })]
    open.push(one, other)
    one.exec('CREATE TABLE t (x)')
    transaction(one, () => {
      expect(() => {
        other.exec('INSERT INTO t VALUES (1)')
      }).toThrow('locked')
    })
    other.exec('INSERT INTO t VALUES (2)')
    expect(rows(one)).toEqual([2])
  })
})

describe('a part of a change', () => {
  const begun = () => {
    const db = opened()
    db.exec('CREATE TABLE t (x PRIMARY KEY); INSERT INTO t VALUES (1)')
    return db
  }
  const adding = (db: DatabaseSync, ...values: number[]) => {
    for (const x of values) db.exec(`INSERT INTO t VALUES (${String(x)})`)
  }

  it('leaves nothing behind where it does not fit, and takes nothing else with it', () => {
    const db = begun()
    const fitted: boolean[] = []
    transaction(db, () => {
      for (const values of [[2], [3, 1], [4]])
        fitted.push(
          ifItFits(db, () => {
            adding(db, ...values)
          }),
        )
    })
    expect(fitted).toEqual([true, false, true])
    expect([rows(db), db.isTransaction]).toEqual([[1, 2, 4], false])
  })

  it('is whole by itself where it is part of nothing', () => {
    const db = begun()
    const fits = (...values: number[]) => [
      ifItFits(db, () => {
        adding(db, ...values)
      }),
      db.isTransaction,
    ]
    expect([fits(2), fits(3, 1)]).toEqual([
      [true, false],
      [false, false],
    ])
    expect(rows(db)).toEqual([1, 2])
  })

  it('that fails for another reason fails as a whole, and takes the rest with it', () => {
    const odd = { errcode: 'a word' }
    const reasons = [new Error('a bug'), Object.assign(new Error('full'), { errcode: 13 })]
    for (const reason of [...reasons, Object.assign(new Error('odd'), odd)]) {
      const db = begun()
      const run = () => {
        transaction(db, () => {
          adding(db, 2)
          ifItFits(db, () => {
            throw reason
          })
        })
      }
      expect(run).toThrow(reason)
      expect(rows(db)).toEqual([1])
      db.exec('DROP TABLE t')
      db.close()
    }
  })
})

describe('bringing a library up to date', () => {
  const steps = ['CREATE TABLE t (x)', 'INSERT INTO t VALUES (1)', 'INSERT INTO t VALUES (2)']

  it('does the steps that are missing, each once, and keeps a copy of what was there', () => {
    const db = opened()
    expect(versionOf(db)).toBe(0)
    migrate(db, path, steps.slice(0, 1))
    expect(versionOf(db)).toBe(1)
    expect(readdirSync(folder).filter((name) => name.endsWith('.bak'))).toEqual([])
    migrate(db, path, steps.slice(0, 2))
    expect([versionOf(db), rows(db)]).toEqual([2, [1]])
    migrate(db, path, steps)
    expect([versionOf(db), rows(db)]).toEqual([3, [1, 2]])
    const copies = ['studio.db.v1.bak', 'studio.db.v2.bak']
    expect(readdirSync(folder).filter((name) => name.includes('.v'))).toEqual(copies)
    const kept = copies.map((name) => {
      const copy = new DatabaseSync(join(folder, name))
      open.push(copy)
      return rows(copy)
    })
    expect(kept).toEqual([[], [1]])
  })

  it('does nothing and copies nothing where it is up to date', () => {
    const db = opened()
    migrate(db, path, steps)
    const names = readdirSync(folder)
    migrate(db, path, steps)
    expect([readdirSync(folder), rows(db)]).toEqual([names, [1, 2]])
  })

  it.runIf(showsOpenFiles)('lets go of the copy that it has made', () => {
    const db = opened()
    migrate(db, path, steps.slice(0, 1))
    migrate(db, path, steps)
    const held = openFiles()
    expect(held).toContain(path)
    expect(held.filter((name) => name.includes('.bak'))).toEqual([])
  })

  it('changes nothing where a copy cannot be made', () => {
    const db = opened()
    migrate(db, path, steps.slice(0, 1))
    writeFileSync(join(folder, 'file'), '')
    expect(() => {
      migrate(db, join(folder, 'file', 'studio.db'), steps)
    }).toThrow()
    expect([versionOf(db), rows(db)]).toEqual([1, []])
  })

  it('takes all steps back where one fails', () => {
    const db = opened()
    expect(() => {
      migrate(db, path, [...steps, 'no SQL'])
    }).toThrow('syntax')
    expect([versionOf(db), db.isTransaction]).toEqual([0, false])
    expect(db.prepare('SELECT * FROM sqlite_master').all()).toEqual([])
  })
})

describe('a database with damaged pages', () => {
  const pageSize = 4096
  const count = 400
  const inTheMiddle = () => {
    const db = opened()
    db.exec('CREATE TABLE t (x INTEGER, filler TEXT)')
    const insert = db.prepare('INSERT INTO t VALUES (?, ?)')
    for (let x = 1; x <= count; x += 1) insert.run(x, 'filler '.repeat(100))
    db.exec('CREATE TABLE other (x)')
    closed(db)
    const bytes = readFileSync(path)
    const page = Math.floor(bytes.length / pageSize / 2)
    writeFileSync(path, bytes.fill(0xff, page * pageSize, (page + 1) * pageSize))
  }

  it('is found out before anything of it is believed, and called damaged', () => {
    const whole = opened()
    expect(() => {
      checkWhole(whole)
    }).not.toThrow()
    closed(whole)
    inTheMiddle()
    const db = opened()
    let said: unknown
    try {
      checkWhole(db)
    } catch (error) {
      said = error
    }
    expect(said).toMatchObject({ errcode: 11, message: expect.stringMatching(/Tree|page/) as string })
  })

  it('still gives the rows before the damage and those after it, each once and in order', () => {
    inTheMiddle()
    const left = rowsLeft(path, 'SELECT rowid AS rowid, x FROM t').map((row) => Number(row['x']))
    expect([left[0], left.at(-1)]).toEqual([1, count])
    expect(left).toEqual([...new Set(left)].toSorted((one, other) => one - other))
    expect(left.length).toBeGreaterThan(count / 2)
    expect(left.length).toBeLessThan(count)
  })

  it('gives everything where nothing is damaged, and nothing where nothing can be read', () => {
    const db = opened()
    db.exec('CREATE TABLE t (x); INSERT INTO t VALUES (3), (1), (2)')
    closed(db)
    const sql = 'SELECT rowid AS rowid, x FROM t'
    expect(rowsLeft(path, sql)).toEqual([3, 1, 2].map((x, index) => ({ rowid: index + 1, x })))
    expect(rowsLeft(path, 'SELECT nothing FROM nowhere')).toEqual([])
    expect(rowsLeft(join(folder, 'no', 'folder'), sql)).toEqual([])
    expect(existsSync(`${path}-journal`)).toBe(false)
  })

  it('is let go after it was read', () => {
    const db = opened()
    db.exec('CREATE TABLE t (x)')
    closed(db)
    rowsLeft(path, 'SELECT rowid AS rowid, x FROM t')
    rowsLeft(path, 'SELECT nothing FROM nowhere')
    expect(() => opened()).not.toThrow()
  })
})
