import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newAttempt } from '../../../../src/main/takes/attempt.ts'
import { openJournal } from '../../../../src/main/takes/journal/journal.ts'
import { salvage } from '../../../../src/main/takes/recovery/salvage.ts'
import { anOrder } from '../../../support/library/an-order.ts'

const at = '2026-11-20T12:00:00.000Z'
const later = '2026-11-20T12:00:01.000Z'
const take = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const first = newAttempt(take, 1, 'own', at)
const acked = { ...first, state: 'ACKED', taskId: 'task-1', wiredAt: at, since: later } as const

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-salvage-'))
  path = join(folder, 'studio.db')
  const opened = openJournal(path, () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  opened.value.add(anOrder({ id: take }), first)
  opened.value.record(acked, { type: 'accepted', taskId: 'task-1' })
  const marks = { number: 1, name: 'Hero', stars: 4, flag: null, tags: ['b', 'a'], note: '' }
  opened.value.saveMarks([{ ...marks, take }])
  opened.value.saveUpload({
    ...{ name: 'n.mp4', take, attempt: 1, host: 's3', role: 'clip', state: 'up' },
    ...{ url: 'https://a/b', until: 5, note: { key: 'n.mp4' } },
  })
  opened.value.close()
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const change = (sql: string) => {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}

describe('what is left of a database', () => {
  it('is every take with its attempts, its history and its uploads, and the file is as it was', () => {
    const before = readdirSync(folder)
    expect([...salvage(path)]).toEqual([
      {
        order: anOrder({ id: take, partOf: null }),
        attempts: [acked],
        history: [
          { attempt: 1, at, type: 'added', state: 'PREPARING' },
          { attempt: 1, at: later, type: 'accepted', state: 'ACKED', taskId: 'task-1' },
        ],
        uploads: [expect.objectContaining({ name: 'n.mp4', state: 'up', note: { key: 'n.mp4' } })],
        marks: { number: 1, name: 'Hero', stars: 4, flag: null, tags: ['b', 'a'], note: '', revision: 1 },
        trashedAt: null,
      },
    ])
    expect(readdirSync(folder)).toEqual(before)
  })

  it('still knows that a take was in the trash', () => {
    change(`INSERT INTO trash (take, at) VALUES ('${take}', '${later}')`)
    expect([...salvage(path)].map(({ trashedAt }) => trashedAt)).toEqual([later])
  })

  const losses: Readonly<Record<string, string>> = {
    'its newest attempt': `INSERT INTO events (take, attempt, at, type, state, data)
      VALUES ('${take}', 2, '${later}', 'wire', 'WIRE', '{}')`,
    'the newest account of its attempt': `INSERT INTO events (take, attempt, at, type, state, data)
      VALUES ('${take}', 1, '2026-11-20T12:00:02.000Z', 'remote-done', 'REMOTE_DONE', 'null')`,
    'every attempt': 'DELETE FROM attempts',
    'a readable attempt': "UPDATE attempts SET data = '{'",
    'a readable order': `UPDATE takes SET data = 'x'`,
    'the name it had': `UPDATE takes SET data = json_set(data, '$.id', '01ARZ3NDEKTSV4RRFFQ69G5FAW')`,
    'the attempt that is its own': `UPDATE attempts SET data = json_set(data, '$.take', 'another')`,
  }

  it.each(Object.keys(losses))('is not believed of a take that lost %s', (what) => {
    change(losses[what] ?? '')
    expect([...salvage(path)]).toEqual([])
  })

  it('does without what cannot be read beside the attempts', () => {
    change("UPDATE uploads SET note = '{'")
    change(`INSERT INTO events (take, attempt, at, type, state, data)
      VALUES ('${take}', 1, '${at}', 'noticed', 'ACKED', '{')`)
    expect([...salvage(path)]).toMatchObject([{ attempts: [{ taskId: 'task-1' }], uploads: [] }])
  })

  it('is nothing where nothing is a database', () => {
    writeFileSync(path, 'x')
    expect([...salvage(path)]).toEqual([])
  })
})
