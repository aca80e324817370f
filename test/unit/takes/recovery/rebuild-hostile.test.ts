import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newAttempt, type Attempt } from '../../../../src/main/takes/attempt.ts'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import { anOrder } from '../../../support/library/an-order.ts'
import { someSettings } from '../../../support/clips/facts.ts'
import { openLibrary } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'
import { tellOf, type ToldFile } from '../../../support/library/take-json.ts'

const stage = libraryStage()
const good = '01ARZ3NDEKTSV4RRFFQ69G5FAA'
const odd = '01ARZ3NDEKTSV4RRFFQ69G5FAB'
const at = '2026-11-20T12:00:00.000Z'
const library = () => join(stage.folder, 'library')
const accepted = (take: string, different: Partial<Attempt> = {}): Attempt => ({
  ...newAttempt(take, 1, `own-${take}`, at),
  ...{ state: 'ACKED', taskId: 'task-1', wiredAt: at, ackedAt: at },
  ...different,
})
const elsewhere = 'http://127.0.0.1:9'
const settings = someSettings({ provider: 'kling', model: 'kling-v2-6' })

/** What the list of takes holds once it was made anew from the folders. */
function madeAnew() {
  const place = { path: join(stage.folder, 'studio.db'), library: library(), log: () => undefined }
  const opened = openLibraryJournal({ ...place, now: () => at })
  if (!opened.ok) throw new Error(`${opened.problem.message} ${opened.problem.detail ?? ''}`)
  const { journal, notice } = opened.value
  const made = {
    notice,
    records: journal.load().records,
    uploads: [good, odd].flatMap((id) => journal.uploads(id)),
  }
  journal.close()
  return made
}

describe('an address that only a take.json names', () => {
  it('is never asked with a key: the take is brought back at rest, and says where it was sent', () => {
    tellOf(library(), {
      order: anOrder({ id: odd, settings, baseUrl: elsewhere }),
      attempts: [accepted(odd)],
    })
    const [record] = madeAnew().records
    expect(record?.order.baseUrl).toBeNull()
    expect(record?.attempt).toMatchObject({ state: 'ABANDONED', taskId: 'task-1' })
    expect(record?.attempt.problem?.message).toContain(elsewhere)
  })

  it('is never asked with a key where takes are brought back on request', async () => {
    tellOf(library(), {
      order: anOrder({ id: odd, settings, baseUrl: elsewhere }),
      attempts: [accepted(odd, { state: 'UNKNOWN', taskId: null })],
    })
    const { origin, count } = await stage.provider()
    stage.bench = openLibrary({ folder: stage.folder, origin })
    expect(await stage.bench.library.rebuild()).toMatchObject({ value: { takes: [{ state: 'ABANDONED' }] } })
    const found = stage.bench.library.record(odd)
    expect(found).toMatchObject({ value: { order: { baseUrl: null } } })
    expect(count.submit + count.status).toBe(0)
  })

  it('is that of the list where the list still names one', () => {
    const place = { path: join(stage.folder, 'studio.db'), library: library(), log: () => undefined }
    const first = openLibraryJournal({ ...place, now: () => at })
    if (!first.ok) throw new Error(first.problem.message)
    const order = anOrder({ id: odd, baseUrl: 'https://api.example.com' })
    first.value.journal.add(order, { ...newAttempt(odd, 1, 'own', at), state: 'READY' })
    first.value.journal.close()
    tellOf(library(), { order: { ...order, baseUrl: elsewhere }, attempts: [accepted(odd)] })
    const [record] = madeAnew().records
    expect(record).toMatchObject({
      order: { baseUrl: 'https://api.example.com' },
      attempt: { taskId: 'task-1' },
    })
  })
})

describe('what only a take.json says', () => {
  it('puts no result into a folder in which it does not lie already', () => {
    const chosen = join(stage.folder, 'chosen')
    mkdirSync(chosen)
    const result = { bytes: 5, sha256: 'a', duration: 5, width: 2, height: 2, frameRate: 30 }
    tellOf(library(), { attempts: [accepted(good, { state: 'DONE', result, resultFolder: chosen })] })
    tellOf(library(), { attempts: [accepted(odd, { resultFolder: chosen })] })
    writeFileSync(join(chosen, `understudy-${good}.mp4`), 'movie')
    const folders = madeAnew().records.map(({ order, attempt }) => [order.id, attempt.resultFolder])
    expect(new Map(folders as [string, string | null][])).toEqual(
      new Map([
        [good, chosen],
        [odd, null],
      ]),
    )
  })

  it('deletes nothing but the files that were put up for this very take', () => {
    const upload = (take: string, name: string, key: string) => ({
      ...{ name, take, attempt: 1, host: 's3', role: 'clip', state: 'leaving', url: null, until: null },
      note: { endpoint: 'https://s3.example', region: 'r', bucket: 'b', key },
    })
    const own = 'kR3mTq9vXw2LzNpY8sHdFg.mp4'
    tellOf(library(), { attempts: [accepted(odd)] }, ({ record }) => {
      record.uploads.push(
        upload(odd, own, `clips/${own}`),
        upload(odd, 'kR3mTq9vXw2LzNpY8sHdFh.mp4', 'family/1.mp4'),
        upload(odd, '1.mp4', 'family/1.mp4'),
        upload(good, 'kR3mTq9vXw2LzNpY8sHdFi.mp4', 'clips/kR3mTq9vXw2LzNpY8sHdFi.mp4'),
      )
    })
    expect(madeAnew().uploads.map(({ name }) => name)).toEqual([own])
  })

  it.each<[what: string, change: (file: ToldFile) => void]>([
    ['a task id that is none', ({ record }) => Object.assign(record.attempts[0] ?? {}, { taskId: '..' })],
    ['the same attempt twice', ({ record }) => record.attempts.push({ ...record.attempts[0] })],
    ['a time that is none', ({ record }) => Object.assign(record.attempts[0] ?? {}, { since: 'yesterday' })],
    [
      'a moment that no date holds',
      ({ record }) => Object.assign(record.attempts[0] ?? {}, { resultUntil: 1e300 }),
    ],
    ['another take’s id', ({ record }) => Object.assign(record.order, { id: good })],
  ])('with %s costs no other take its place in the list', (_what, change) => {
    tellOf(library(), { attempts: [accepted(good)] })
    tellOf(library(), { attempts: [accepted(odd)] }, change)
    const { records, notice } = madeAnew()
    expect(records.map(({ order }) => order.id)).toEqual([good])
    expect(notice?.detail).toContain(odd)
  })
})
