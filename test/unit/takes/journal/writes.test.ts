import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { transaction } from '../../../../src/main/takes/journal/database.ts'
import {
  createWrites,
  isBusy,
  isDamage,
  isConstraintViolation,
  NotWritten,
  unlessUnwritten,
} from '../../../../src/main/takes/journal/writes.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'

const quiet = () => undefined
/** Room on the disk, of which a test says what it does. */
const room = (isKept: boolean, isDiskFull = false) => ({
  ensure: () => isKept,
  release: () => isKept,
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

  it('is refused while the library is held, and goes through again afterwards', () => {
    const writes = createWrites(room(true), quiet, null)
    const { problem } = fail('library-in-use', 'It is being moved.')
    writes.hold(problem)
    let written = 0
    const write = () => (written += 1)
    expect(() => writes.run(write, () => 'precious')).toThrow('It is being moved.')
    expect([written, writes.broken()]).toEqual([0, problem])
    writes.hold(null)
    expect([writes.run(write), writes.broken()]).toEqual([1, null])
  })

  it('stays refused for the graver reason when a library is let go', () => {
    const { problem } = fail('library-newer', 'A newer Understudy made it.')
    const writes = createWrites(room(true), quiet, problem)
    writes.hold(fail('library-in-use', 'It is being moved.').problem)
    expect(writes.broken()).toBe(problem)
    writes.hold(null)
    expect(() => writes.run(() => 1)).toThrow('A newer Understudy made it.')
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

/** Room that may be given back once, and what was asked of it. */
function givenOnce() {
  const asked: string[] = []
  let kept = true
  const ballast = {
    ensure: () => {
      asked.push('ensure')
      return kept
    },
    release: () => {
      asked.push('release')
      const had = kept
      kept = false
      return had
    },
    isDiskFull: () => {
      asked.push('isDiskFull')
      return false
    },
  }
  return { ballast, asked }
}

function refusal(run: () => unknown): NotWritten {
  try {
    run()
  } catch (error) {
    if (error instanceof NotWritten) return error
    throw error
  }
  throw new Error('it was written')
}

const diskFull = 13
const fullProblem = {
  code: 'disk-full',
  message: 'The disk is full, so nothing can be saved in the library.',
  advice: 'Free some space. Understudy then continues automatically.',
}
const unsentProblem = {
  code: 'disk-full',
  message: 'The disk is too full to record a take safely, so nothing was sent or charged.',
  advice: 'Free some space. Understudy then continues automatically.',
}

describe('a change that a full disk refuses', () => {
  it('says so, as an error by its name that leads to its cause', () => {
    const cause = sqliteError(diskFull)
    const refused = refusal(() => createWrites(room(true), quiet, null).run(failing(cause)))
    expect(refused).toMatchObject({ name: 'NotWritten', message: fullProblem.message, code: 'ENOSPC', cause })
    expect(refused.problem).toEqual(fullProblem)
  })

  it('that begins a paid request says that nothing was sent, whether it was tried or not', () => {
    const tried = createWrites(room(true), quiet, null)
    const error = sqliteError(diskFull)
    expect(refusal(() => tried.run(failing(error), () => 'sending')).problem).toEqual(unsentProblem)
    const untried = createWrites(room(false), quiet, null)
    expect(refusal(() => untried.run(quiet, () => 'sending')).problem).toEqual(unsentProblem)
    expect([tried.broken(), untried.broken()]).toEqual([null, null])
  })

  it('costs nobody the room that is kept, unless it is what became of a paid request', () => {
    const { ballast, asked } = givenOnce()
    const writes = createWrites(ballast, quiet, null)
    const error = sqliteError(diskFull)
    refusal(() => writes.run(failing(error)))
    expect(asked).toEqual([])
    refusal(() => writes.run(failing(error), () => 'sending'))
    expect(asked).toEqual(['ensure'])
  })

  it('and is what became of a paid request is written in that room, which is told and made anew', () => {
    const { ballast, asked } = givenOnce()
    const said: unknown[] = []
    const writes = createWrites(ballast, (line, about) => said.push([line, about]), null)
    const error = sqliteError(diskFull)
    let tries = 0
    const write = () => {
      tries += 1
      if (tries === 1) throw error
      return 'written'
    }
    expect(writes.run(write, () => 'precious')).toBe('written')
    expect(asked).toEqual(['release', 'ensure'])
    expect(said).toEqual([['the disk is full, so the reserved space is used', { error }]])
    expect(refusal(() => writes.run(failing(error), () => 'precious')).problem).toEqual(fullProblem)
  })

  it('asks for no room to be made after a change that needed none', () => {
    const { ballast, asked } = givenOnce()
    const writes = createWrites(ballast, quiet, null)
    expect(writes.run(() => 1)).toBe(1)
    expect(asked).toEqual([])
  })
})

describe('a disk that fails', () => {
  // With the extended codes of SQLite, which tell more in their upper bits.
  it.each([8, 10, 11, 14, 26, 10 | (4 << 8), 8 | (3 << 8), 11 | (1 << 8)])(
    'is not written again after error %i, and everybody is told why',
    (code) => {
      const said: unknown[] = []
      const writes = createWrites(room(true), (line, about) => said.push([line, about]), null)
      const cause = sqliteError(code)
      const refused = refusal(() => writes.run(failing(cause), () => 'precious'))
      expect(refused).toMatchObject({ code: 'EIO', cause })
      expect(refused.problem).toEqual({
        code: 'library-damaged',
        message: 'The disk failed while a change to the library was being written.',
        advice:
          'Restart Understudy. Until then, nothing is sent and nothing is saved. Submitted takes continue at the provider.',
        detail: 'of SQLite',
      })
      expect(said).toEqual([['the library is no longer written', { error: cause }]])
      let written = 0
      const again = refusal(() => writes.run(() => (written += 1)))
      expect([again.problem, written]).toEqual([writes.broken(), 0])
      expect(writes.broken()).toBe(refused.problem)
    },
  )

  it('is asked whether it is full only where a write was refused', () => {
    const { ballast, asked } = givenOnce()
    refusal(() => createWrites(ballast, quiet, null).run(failing(sqliteError(10 | (4 << 8)))))
    expect(asked).toEqual([])
    refusal(() => createWrites(ballast, quiet, null).run(failing(sqliteError(778))))
    expect(asked).toEqual(['isDiskFull'])
  })

  it('is told from another Understudy, from damaged pages and from what the rules do not allow', () => {
    const codes = [5, 5 | (1 << 8), 6, 8, 10, 11, 11 | (1 << 8), 13, 14, 19, 19 | (6 << 8), 26]
    const which = (is: (error: unknown) => boolean) => codes.filter((code) => is(sqliteError(code)))
    expect(which(isBusy)).toEqual([5, 5 | (1 << 8)])
    expect(which(isDamage)).toEqual([11, 11 | (1 << 8), 26])
    expect(which(isConstraintViolation)).toEqual([19, 19 | (6 << 8)])
    for (const error of [null, undefined, { errcode: 5 }, { errcode: 11 }])
      expect([isBusy(error), isDamage(error)]).toEqual([false, false])
  })
})
