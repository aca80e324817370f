import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { queueFile } from '../../../../src/main/prepare/queue/queue-file.ts'
import { createRecents, recentsFile } from '../../../../src/main/prepare/recents.ts'
import type { Clock } from '../../../../src/main/system/ports.ts'
import { openSettingsFile } from '../../../../src/main/core/settings-store.ts'
import { openJournal } from '../../../../src/main/takes/journal/journal.ts'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import type { TakeState } from '../../../../src/shared/domain/take.ts'
import { someSettings } from '../../../support/clips/facts.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'
import { aTake, goodResult, openLibrary, type Bench } from '../../../support/library/library.ts'
import { json } from '../../../support/servers/scripted-server.ts'

// Written by the code of commit 883e110 with the events of `makeLibrary` below.
const seed = join(import.meta.dirname, '../../../support/library/version-before')

const stage = libraryStage()
const now = Date.parse('2026-11-20T12:00:00Z')
const id = (nth: number) => `01ARZ3NDEKTSV4RRFFQ69G5FA${String(nth)}`
const [done, asking, followed, waiting, held] = [1, 2, 3, 4, 5].map(id)
const media: readonly (readonly [string, Buffer])[] = [
  ['clip.mp4', Buffer.from('the prepared clip')],
  ['character.png', Buffer.from('\x89PNG\r\n\x1a\n\0the character', 'latin1')],
]

/** Time stands still, so that every run writes the same times; long waits end only with their signal. */
const stillClock: Clock = {
  now: () => now,
  monotonic: () => 0,
  sleep: (duration, signal) =>
    new Promise((resolve) => {
      if (duration < 1000 || signal?.aborted === true) setImmediate(resolve)
      else
        signal?.addEventListener(
          'abort',
          () => {
            resolve()
          },
          { once: true },
        )
    }),
}

/** The first task is done, the second submit gets no answer, and `task-2` runs until `isDone`. */
const provider = (unanswered: number, isDone: () => boolean) => {
  let origin = ''
  return stage
    .provider({
      submit: (response, accept, nth) => {
        if (nth === unanswered) {
          response.destroy()
          return
        }
        accept()
        const taskId = unanswered === 0 ? `task-${String(nth + 2)}` : nth === 1 ? 'task-1' : 'task-2'
        json(response, 200, { code: 0, data: { task_id: taskId, task_status: 'submitted' } })
      },
      status: (response) => {
        const taskId = /task-\d/.exec(response.req.url ?? '')?.[0]
        if (taskId === undefined || (unanswered > 0 && taskId !== 'task-2')) return false
        const url = `${origin}/${taskId}.mp4`
        const ended = { task_status: 'succeed', task_result: { videos: [{ url }] } }
        const data = { task_id: taskId, ...(isDone() ? ended : { task_status: 'processing' }) }
        json(response, 200, { code: 0, data })
        return true
      },
    })
    .then((one) => {
      ;({ origin } = one)
      return one
    })
}

async function makeLibrary(folder: string, origin: string): Promise<void> {
  const settings = someSettings({ provider: 'kling', account: 'kling-1', model: 'kling-v2-6' })
  const consent = { amount: 0.42, passGuard: false }
  const open = (hasKey: boolean) =>
    openLibrary({ folder, origin, clock: stillClock, width: 1, hasKey: () => hasKey })
  const submit = async (bench: Bench, nth: number, state: TakeState) => {
    const reached = bench.until(id(nth), state)
    expect((await bench.library.submit(aTake(folder, { id: id(nth), settings, consent }))).ok).toBe(true)
    await reached
  }
  stage.bench = open(false)
  await submit(stage.bench, 5, 'HELD')
  await stage.bench.close()
  stage.bench = open(true)
  await submit(stage.bench, 1, 'DONE')
  await submit(stage.bench, 2, 'NEEDS_USER')
  await submit(stage.bench, 3, 'ACKED')
  await submit(stage.bench, 4, 'READY')
  await stage.bench.close()
  stage.bench = undefined
}

const textFiles = (root: string) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))

/** Puts the library of the version before into a folder. */
function putInto(folder: string): void {
  const read = (name: string) => readFileSync(join(seed, name), 'utf8').replaceAll('{folder}', folder)
  for (const name of textFiles(seed)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), read(name))
  }
  for (const take of readdirSync(join(folder, 'library')))
    for (const [name, bytes] of media) writeFileSync(join(folder, 'library', take, name), bytes)
  writeFileSync(join(folder, 'library', id(1), 'result.mp4'), goodResult)
  const db = new DatabaseSync(join(folder, 'studio.db'))
  db.exec(read('studio.sql'))
  db.close()
}

/** Everything but what differs from run to run, the sentences, which may be reworded, and what is new: marks and the trash. */
const normal = (text: string, folder: string) =>
  text
    .replaceAll(folder, '{folder}')
    .replaceAll(/name-\d+-\d+/g, 'name')
    .replaceAll(/127\.0\.0\.1:\d+/g, 'host')
    .replaceAll(/"resultTime":(\s?)[\d.]+/g, '"resultTime":$10')
    .replace(/^ {2}"marks": \{.*?^ {2}\},\n/ms, '')
    .replace(/^ {2}"trashedAt": null,\n/m, '')
    .replaceAll(/"(message|advice|answerAdvice)":(\s?)"(?:[^"\\]|\\.)*"/g, '"$1":$2""')

function dumpOf(folder: string): Record<string, unknown> {
  const db = new DatabaseSync(join(folder, 'studio.db'))
  const all = (sql: string) =>
    db
      .prepare(sql)
      .all()
      .map((row) => normal(JSON.stringify(row).replaceAll('\\"', '"'), folder))
  const tables = ['takes', 'attempts', 'events', 'downloads', 'uploads', 'spend']
  const rows = Object.fromEntries(tables.map((table) => [table, all(`SELECT * FROM ${table}`)]))
  const schema = db.prepare(
    "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'",
  )
  const dump = { ...rows, schema: schema.all(), version: db.prepare('PRAGMA user_version').get() }
  db.close()
  const library = join(folder, 'library')
  // The version before kept no requests.
  const kept = textFiles(library).filter((name) => !name.endsWith('requests.json'))
  const files = kept.map((name) => [name, normal(readFileSync(join(library, name), 'utf8'), folder)])
  return { ...dump, files: files.sort() }
}

const open = (folder: string) =>
  openLibraryJournal({
    path: join(folder, 'studio.db'),
    library: join(folder, 'library'),
    log: () => undefined,
    now: () => '2026-11-20T12:00:00.000Z',
  })

describe('A library that the version before wrote', () => {
  it('opens with every take in its state, and nothing about it needs to be said', () => {
    putInto(stage.folder)
    const opened = open(stage.folder)
    if (!opened.ok) throw new Error(opened.problem.message)
    const { journal, notice } = opened.value
    const { records, unreadable } = journal.load()
    expect([notice, unreadable]).toEqual([null, []])
    expect(Object.fromEntries(records.map(({ order, attempt }) => [order.id, attempt.state]))).toEqual({
      [String(done)]: 'DONE',
      [String(asking)]: 'NEEDS_USER',
      [String(followed)]: 'ACKED',
      [String(waiting)]: 'READY',
      [String(held)]: 'HELD',
    })
    expect(journal.spend().map(({ take, amount, outcome }) => [take, amount, outcome])).toEqual([
      [done, 0.42, 'done'],
      [asking, 0.42, 'open'],
      [followed, 0.42, 'open'],
    ])
    expect(journal.spentSince('2026-11-20T00:00:00.000Z')).toBeCloseTo(1.26)
    expect(journal.tasks().toSorted()).toEqual(['task-1', 'task-2'])
    const numbers = journal.marksOf(null).map(({ take, number }) => [number, take])
    expect(Object.fromEntries(numbers)).toEqual({ 1: done, 2: asking, 3: followed, 4: waiting, 5: held })
    journal.close()
  })

  it('continues with every take and pays for none of them twice', async () => {
    putInto(stage.folder)
    const { origin, tasks, count } = await provider(0, () => true)
    const bench = openLibrary({ folder: stage.folder, origin, clock: stillClock })
    stage.bench = bench
    const before = new Map(bench.library.list().map(({ id: take }) => [take, bench.journal.attempts(take)]))
    bench.library.resume()
    const ended = [done, followed, waiting, held].map((take) => bench.until(String(take), 'DONE'))
    await Promise.all([...ended, bench.until(String(asking), 'NEEDS_USER')])
    const ownIds = [waiting, held].map((take) => before.get(String(take))?.[0]?.ownId)
    expect(count.submit).toBe(2)
    expect(tasks.map(({ own }) => own).toSorted()).toEqual(ownIds.toSorted())
    expect((await bench.library.wholeResult(String(done))).ok).toBe(true)
    expect(bench.journal.spend()).toHaveLength(5)
    expect(bench.library.list().every(({ attempt }) => attempt === 1)).toBe(true)
  })

  it('keeps its settings, its recent files and its queue', async () => {
    putInto(stage.folder)
    const settings = openSettingsFile(stage.folder, () => now).read()
    expect(settings.guards).toEqual({ perTake: 2, perDay: 9.5 })
    expect(settings.lastTake).toMatchObject({ provider: 'kling', account: 'kling-1', model: 'kling-v2-6' })
    const recents = createRecents({
      file: recentsFile(stage.folder),
      clock: stillClock,
      log: () => undefined,
    })
    expect((await recents.list()).map(({ clipName }) => clipName)).toEqual(['dance.mp4'])
    const { queue, notice } = queueFile(join(stage.folder, 'prepare-queue.json'), () => now).read()
    expect([notice, queue.paused]).toEqual([null, true])
    expect(queue.items).toMatchObject([{ id: id(9), state: 'waiting', name: 'dance', window: { start: 0 } }])
  })

  it('is written in the same way by this version', async () => {
    const { origin } = await provider(2, () => false)
    const folder = join(stage.folder, 'new')
    await makeLibrary(folder, origin)
    const old = join(stage.folder, 'old')
    mkdirSync(old)
    putInto(old)
    // Only the tables that this version adds.
    const migrated = openJournal(join(old, 'studio.db'), () => undefined)
    if (migrated.ok) migrated.value.close()
    expect(dumpOf(folder)).toEqual(dumpOf(old))
  })
})
