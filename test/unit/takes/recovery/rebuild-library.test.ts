import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import type { Problem } from '../../../../src/shared/outcome.ts'
import type { TakeState } from '../../../../src/shared/domain/take.ts'
import { aTake, goodResult, openLibrary, takeId, type Bench } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'

const stage = libraryStage()
const at = '2026-11-21T12:00:00.000Z'
const database = () => join(stage.folder, 'studio.db')
const library = () => join(stage.folder, 'library')
const told = (id = takeId) => join(library(), id, 'take.json')
const dropDatabase = () => {
  for (const end of ['', '-wal', '-shm']) rmSync(database() + end, { force: true })
}

/** Takes one take to its end, or to where the provider leaves it, and closes the library. */
async function run(until: TakeState, script: Parameters<typeof stage.provider>[0] = {}) {
  const provider = await stage.provider(script)
  const first = openLibrary({ folder: stage.folder, origin: provider.origin })
  await first.library.submit(aTake(stage.folder))
  await first.until(takeId, until)
  await first.close()
  return provider
}

/** Opens the library as the studio does, mending it where that is needed, and then goes on with its takes. */
function reopened(origin: string): { readonly bench: Bench; readonly notice: Problem | null } {
  const place = { path: database(), library: library(), log: () => undefined, now: () => at }
  const opened = openLibraryJournal(place)
  if (!opened.ok) throw new Error(`${opened.problem.message} ${opened.problem.detail ?? ''}`)
  opened.value.journal.close()
  stage.bench = openLibrary({ folder: stage.folder, origin })
  return { bench: stage.bench, notice: opened.value.notice }
}

describe('a list of takes that is gone', () => {
  it('is said to be gone where the only folder is torn, with the task that it names', async () => {
    const { origin } = await run('DONE')
    dropDatabase()
    writeFileSync(told(), readFileSync(told(), 'utf8').slice(0, -400))
    const { bench, notice } = reopened(origin)
    expect(bench.library.list()).toEqual([])
    expect(notice).toMatchObject({
      code: 'library-damaged',
      message: 'The list of takes was missing, so it was rebuilt: no take could be brought back.',
      detail: `${takeId}: task task-1`,
    })
  })

  it.each(['run/2026:ab+c==', 'задача №7', 'a b"c\\d', '%2e%2e'])(
    'is made anew with a task id of any characters: %s',
    async (taskId) => {
      const { origin } = await run('DONE')
      dropDatabase()
      writeFileSync(told(), readFileSync(told(), 'utf8').replaceAll('"task-1"', JSON.stringify(taskId)))
      const { bench } = reopened(origin)
      expect(bench.library.show(takeId)).toMatchObject({ value: { taskId } })
    },
  )

  it('is made anew from the folders: the result is looked at before it is called done, nothing is sent', async () => {
    const { origin, count } = await run('DONE')
    dropDatabase()
    const { bench, notice } = reopened(origin)
    expect(notice).toMatchObject({
      code: 'library-damaged',
      message: 'The list of takes was missing, so it was rebuilt: 1 take is back.',
    })
    expect(bench.library.show(takeId)).toMatchObject({ value: { state: 'VERIFIED', taskId: 'task-1' } })
    bench.library.resume()
    const done = await bench.until(takeId, 'DONE', 'NEEDS_USER')
    expect(done).toMatchObject({ state: 'DONE', result: { bytes: goodResult.length } })
    expect(count.submit).toBe(1)
    const types = bench.journal.events(takeId).map(({ type }) => type)
    expect(types).toContain('accepted')
    expect(types.slice(-2)).toEqual(['rebuilt', 'done'])
  })

  it('fetches a result again that is not what was verified', async () => {
    const { origin, count } = await run('DONE')
    dropDatabase()
    writeFileSync(join(library(), takeId, 'result.mp4'), 'something else')
    const { bench } = reopened(origin)
    bench.library.resume()
    await bench.until(takeId, 'DONE')
    expect(readFileSync(join(library(), takeId, 'result.mp4')).equals(goodResult)).toBe(true)
    expect(count.submit).toBe(1)
  })

  it.each(['READY', 'INTENT', 'WIRE'] as const)(
    'looks for a task that was told as %s, and never sends it again',
    async (state) => {
      const { origin, count } = await run('ACKED')
      dropDatabase()
      const file = JSON.parse(readFileSync(told(), 'utf8')) as {
        readonly record: { readonly attempts: readonly object[] }
      }
      const [attempt] = file.record.attempts
      const stale = {
        ...file,
        record: { ...file.record, attempts: [{ ...attempt, state, taskId: null, wiredAt: null }] },
      }
      writeFileSync(told(), JSON.stringify(stale))
      const { bench } = reopened(origin)
      bench.library.resume()
      await bench.until(takeId, 'DONE', 'NEEDS_USER')
      expect(bench.library.show(takeId)).toMatchObject({ value: { state: 'DONE', taskId: 'task-1' } })
      expect(count.submit).toBe(1)
    },
  )

  it('says of a folder that does not say enough which task it names', async () => {
    const { origin } = await run('DONE')
    dropDatabase()
    const other = '01ARZ3NDEKTSV4RRFFQ69G5FAW'
    const empty = '01ARZ3NDEKTSV4RRFFQ69G5FAX'
    mkdirSync(join(library(), other))
    mkdirSync(join(library(), empty))
    mkdirSync(join(library(), 'holiday'))
    writeFileSync(told(other), '{"id": "01ARZ3NDEKTSV4RRFFQ69G5FAW", "taskId": "task-77", "state": "ACK')
    const { notice } = reopened(origin)
    expect(notice?.detail).toBe(`${other}: task task-77\n${empty}`)
  })

  it('is left alone where there is nothing to bring back', () => {
    const { notice } = reopened('http://127.0.0.1:1')
    expect(notice).toBeNull()
  })
})

describe('takes that the list does not have, on request', () => {
  it('are brought back with a verified result, and those in the list are left alone', async () => {
    const { origin, count } = await run('DONE')
    dropDatabase()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    expect(await stage.bench.library.rebuild()).toMatchObject({
      ok: true,
      value: { takes: [{ id: takeId, state: 'DONE', taskId: 'task-1' }], lost: [] },
    })
    expect(stage.bench.library.list().map(({ id }) => id)).toEqual([takeId])
    expect(await stage.bench.library.rebuild()).toEqual({ ok: true, value: { takes: [], lost: [] } })
    expect(count.submit).toBe(1)
  })

  it('are brought back once, however often that is asked for at the same time', async () => {
    const { origin } = await run('DONE')
    dropDatabase()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    const both = await Promise.all([stage.bench.library.rebuild(), stage.bench.library.rebuild()])
    expect(both.map((one) => one.ok && one.value.takes.length)).toEqual([1, 0])
  })

  it('come back from a file of an older version where it names a task', async () => {
    const { origin } = await run('DONE')
    const { record: _record, ...older } = JSON.parse(readFileSync(told(), 'utf8')) as Record<string, unknown>
    dropDatabase()
    writeFileSync(told(), JSON.stringify(older))
    stage.bench = openLibrary({ folder: stage.folder, origin })
    expect(await stage.bench.library.rebuild()).toMatchObject({
      value: { takes: [{ id: takeId, state: 'DONE', taskId: 'task-1' }] },
    })
    await stage.bench.close()
    dropDatabase()
    writeFileSync(told(), JSON.stringify({ ...older, state: 'UNKNOWN', taskId: null, history: [] }))
    stage.bench = openLibrary({ folder: stage.folder, origin })
    expect(await stage.bench.library.rebuild()).toMatchObject({
      value: { takes: [], lost: [{ id: takeId, taskId: null }] },
    })
  })
})

describe('a list of takes that is damaged', () => {
  const damages: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
    'its first words': (bytes) => Buffer.concat([Buffer.from('garbage garbage '), bytes.subarray(16)]),
    'its whole header': (bytes) => Buffer.concat([Buffer.alloc(100, 0xff), bytes.subarray(100)]),
    'its first page': (bytes) => Buffer.concat([Buffer.alloc(4096, 0x55), bytes.subarray(4096)]),
    'everything but its first page': (bytes) =>
      Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 0x55)]),
    'a page in its middle': (bytes) => Buffer.from(bytes).fill(0xaa, 2 * 4096, 3 * 4096),
    'its second half': (bytes) => bytes.subarray(0, 4096 * Math.floor(bytes.length / 8192)),
  }

  it.each(Object.keys(damages))('in %s: moved aside whole, and made anew', async (what) => {
    const { origin, count } = await run('DONE')
    const damaged = damages[what]?.(readFileSync(database())) ?? Buffer.alloc(0)
    writeFileSync(database(), damaged)
    const { bench, notice } = reopened(origin)
    const kept = 'studio.db.damaged-2026-11-21T12-00-00-000Z'
    expect(notice?.message).toBe('The list of takes was damaged, so it was rebuilt: 1 take is back.')
    expect(notice?.detail).toBe(`The damaged file is kept as ${kept}.`)
    expect(readFileSync(join(stage.folder, kept)).equals(damaged)).toBe(true)
    bench.library.resume()
    expect((await bench.until(takeId, 'DONE', 'NEEDS_USER')).state).toBe('DONE')
    expect(count.submit).toBe(1)
    expect(readdirSync(stage.folder).filter((name) => /mend|building|reading/.test(name))).toEqual([])
  })

  it.each(['its first words', 'its whole header', 'its second half'])(
    'in %s: a take is read from it whose folder says nothing any more',
    async (what) => {
      const { origin, count } = await run('DONE')
      writeFileSync(database(), damages[what]?.(readFileSync(database())) ?? '')
      rmSync(told())
      const { bench } = reopened(origin)
      const isBack = bench.library.show(takeId).ok
      expect(isBack).toBe(what !== 'its second half')
      expect(count.submit).toBe(1)
    },
  )

  it('is finished by the next start where a kill came between its two names', async () => {
    const { origin } = await run('DONE')
    copyFileSync(database(), `${database()}.mended`)
    renameSync(database(), `${database()}.damaged-before`)
    const { bench, notice } = reopened(origin)
    expect(notice).toBeNull()
    expect(bench.library.list().map(({ id }) => id)).toEqual([takeId])
    expect(existsSync(`${database()}.mended`)).toBe(false)
  })

  it('is mended by one process at a time', async () => {
    const { origin } = await run('DONE')
    writeFileSync(database(), 'this was a database once, '.repeat(400))
    const place = { path: database(), library: library(), log: () => undefined, now: () => at }
    const holding = openLibraryJournal({ ...place, path: `${database()}.mending` })
    expect(openLibraryJournal(place)).toMatchObject({ ok: false, problem: { code: 'library-in-use' } })
    if (holding.ok) holding.value.journal.close()
    expect(reopened(origin).bench.library.list()).toHaveLength(1)
  })
})

describe('a list of takes that went back in time', () => {
  /** Takes a take to its end, and puts the list back as it was just before the submit. */
  async function wentBack() {
    const provider = await stage.provider()
    const copy = join(stage.folder, 'copy')
    const keep = () => {
      for (const end of ['', '-wal']) copyFileSync(database() + end, copy + end)
      return null
    }
    const first = openLibrary({ folder: stage.folder, origin: provider.origin, also: { outage: keep } })
    await first.library.submit(aTake(stage.folder))
    await first.until(takeId, 'DONE')
    await first.close()
    dropDatabase()
    for (const end of ['', '-wal']) renameSync(copy + end, database() + end)
    return provider
  }

  it('goes on with the task that its folder knows, and pays for no other', async () => {
    const { origin, count } = await wentBack()
    const { bench, notice } = reopened(origin)
    expect(notice).toMatchObject({ code: 'library-damaged', detail: takeId })
    bench.library.resume()
    expect(await bench.until(takeId, 'DONE')).toMatchObject({ taskId: 'task-1' })
    expect(count.submit).toBe(1)
  })

  it('looks for the task where its folder only knows that the request may have left', async () => {
    const { origin, count } = await wentBack()
    const file = JSON.parse(readFileSync(told(), 'utf8')) as { readonly record: { attempts: object[] } }
    file.record.attempts = file.record.attempts.map((one) => ({ ...one, state: 'WIRE', taskId: null }))
    writeFileSync(told(), JSON.stringify(file))
    const { bench } = reopened(origin)
    expect(bench.library.show(takeId)).toMatchObject({ value: { state: 'UNKNOWN' } })
    bench.library.resume()
    expect(await bench.until(takeId, 'DONE', 'NEEDS_USER')).toMatchObject({ state: 'DONE' })
    expect(count.submit).toBe(1)
  })

  it('knows of an attempt that was made after it', async () => {
    const { origin, count } = await wentBack()
    const file = JSON.parse(readFileSync(told(), 'utf8')) as { readonly record: { attempts: object[] } }
    file.record.attempts = file.record.attempts.map((one) => ({ ...one, number: 2 }))
    writeFileSync(told(), JSON.stringify(file))
    const { bench } = reopened(origin)
    expect(bench.library.show(takeId)).toMatchObject({ value: { attempt: 2, taskId: 'task-1' } })
    expect(count.submit).toBe(1)
  })

  it('is left as it is where the folder knows nothing more', async () => {
    const { origin } = await run('DONE')
    expect(reopened(origin).notice).toBeNull()
  })
})
