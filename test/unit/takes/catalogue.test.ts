import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/main/takes/journal/journal.ts'
import { migrations } from '../../../src/main/takes/journal/database.ts'
import { patchTakeJson } from '../../../src/main/takes/take-json.ts'
import { backTo, type MarksChange } from '../../../src/shared/domain/marks.ts'
import { parseFilter } from '../../../src/shared/domain/take-filter.ts'
import { addTake, catalogueStage, takeOf, type Opened } from '../../support/library/catalogue-stage.ts'
import { someSettings } from '../../support/clips/facts.ts'

const stage = catalogueStage()
const [one, two, three] = [1, 2, 3].map(takeOf) as [string, string, string]
const board = '01JQ0000000000000000000001'

const add = (opened: Opened, ...ids: readonly string[]) => {
  for (const id of ids) addTake(opened, stage.library, { id })
}
const fileOf = (id: string) =>
  JSON.parse(readFileSync(join(stage.library, id, 'take.json'), 'utf8')) as Record<string, unknown> & {
    readonly marks: Record<string, unknown>
  }
const marksOf = ({ catalogue }: Opened) => catalogue.marksOf(null)
const found = ({ catalogue }: Opened, filter: string) => {
  const answer = catalogue.search({ filter, group: null, order: 'oldest' })
  if (!answer.ok) throw new Error(answer.problem.message)
  return answer.value.cards.map(({ id }) => id)
}

describe('a mark', () => {
  it('is in the list and in the file of its take at once, and touches nothing else', async () => {
    const opened = stage.open()
    add(opened, one, two)
    const [file, events] = [fileOf(one), opened.journal.events(one)]
    const change: MarksChange = {
      stars: 4,
      flag: 'pick',
      addTags: ['red coat'],
      note: 'left hand',
      name: 'Hero',
    }
    const marked = await opened.catalogue.mark([{ takes: [one], change }])
    const expected = {
      ...{ number: 1, name: 'Hero', stars: 4, flag: 'pick', tags: ['red coat'], note: 'left hand' },
    }
    expect(marked).toMatchObject({ ok: true, value: { after: [{ ...expected, take: one, boards: [] }] } })
    expect(fileOf(one)).toEqual({ ...file, marks: { ...expected, revision: 1 } })
    expect(opened.journal.events(one)).toEqual(events)
    expect(marksOf(opened).get(two)).toMatchObject({ number: 2, stars: 0 })
  })

  it('is taken back by the marks before, for many takes that had different ones', async () => {
    const opened = stage.open()
    add(opened, one, two)
    await opened.catalogue.mark([{ takes: [one], change: { stars: 2, tags: ['b', 'a'] } }])
    const before = marksOf(opened)
    const heard: unknown[] = []
    opened.catalogue.subscribe((change) => heard.push(change))
    const marked = await opened.catalogue.mark([{ takes: [two, one], change: { stars: 5, addTags: ['c'] } }])
    if (!marked.ok) throw new Error(marked.problem.message)
    expect(marked.value.before.map(({ take }) => take)).toEqual([two, one])
    await opened.catalogue.mark(
      marked.value.before.map((marks) => ({ takes: [marks.take], change: backTo(marks) })),
    )
    expect(marksOf(opened)).toEqual(before)
    expect(heard).toMatchObject([{ what: 'marks' }, { what: 'marks' }])
  })

  it('changes no take where one of them is not there or a tag cannot be kept', async () => {
    const opened = stage.open()
    add(opened, one)
    const change = { stars: 3 }
    expect(await opened.catalogue.mark([{ takes: [one, three], change }])).toMatchObject({ ok: false })
    const bad = { addTags: ['a,b'] }
    expect(
      await opened.catalogue.mark([
        { takes: [one], change },
        { takes: [one], change: bad },
      ]),
    ).toMatchObject({ ok: false, problem: { code: 'usage' } })
    expect(marksOf(opened).get(one)).toMatchObject({ stars: 0, tags: [] })
  })

  it('makes no folder for a take whose folder is gone, and is kept all the same', async () => {
    const opened = stage.open()
    add(opened, one)
    rmSync(join(stage.library, one), { recursive: true })
    await opened.catalogue.mark([{ takes: [one], change: { stars: 1 } }])
    expect(existsSync(join(stage.library, one))).toBe(false)
    expect(marksOf(opened).get(one)).toMatchObject({ stars: 1 })
  })

  it('leaves in the file what only the file knows', async () => {
    const opened = stage.open()
    add(opened, one)
    const path = join(stage.library, one, 'take.json')
    writeFileSync(path, JSON.stringify({ ...fileOf(one), state: 'ACKED', taskId: 'only here' }))
    await opened.catalogue.mark([{ takes: [one], change: { stars: 1 } }])
    expect(fileOf(one)).toMatchObject({ state: 'ACKED', taskId: 'only here', marks: { stars: 1 } })
  })

  it('survives a kill between list and file: the next start writes the file', async () => {
    const first = stage.open()
    add(first, one)
    first.journal.saveMarks([{ ...marksOf(first).get(one)!, take: one, stars: 3 }])
    stage.kill()
    expect(fileOf(one).marks['stars']).toBe(0)
    const next = stage.open()
    await expect.poll(() => fileOf(one).marks, { timeout: 10_000 }).toMatchObject({ stars: 3, revision: 1 })
    await next.catalogue.stop()
    expect(next.journal.takesToMirror()).toEqual([])
  })

  it('is refused in a library that a newer Understudy wrote, and search still works', async () => {
    add(stage.open(), one)
    await stage.close()
    const newer = openJournal(stage.path, () => undefined, {
      steps: [...migrations, 'CREATE TABLE news (x)'],
    })
    if (newer.ok) newer.value.close()
    const opened = stage.open()
    expect(found(opened, 'b.mp4')).toEqual([one])
    expect(await opened.catalogue.mark([{ takes: [one], change: { stars: 1 } }])).toMatchObject({
      problem: { code: 'library-newer' },
    })
    expect(await opened.catalogue.saveBoard({ id: board, name: 'A', cover: null })).toMatchObject({
      ok: false,
    })
  })
})

const text = fc.string({ unit: fc.constantFrom('a', 'B', 'é', ' ', '\n', '"', '0', '\u202e'), maxLength: 12 })
const change = fc.record<MarksChange>(
  {
    name: fc.option(text),
    stars: fc.nat(5),
    flag: fc.constantFrom('pick', 'reject', null),
    note: text,
    addTags: fc.array(fc.constantFrom('red', 'RED', 'blue coat', 'é', 'e\u0301'), { maxLength: 3 }),
    removeTags: fc.array(fc.constantFrom('Red', 'é'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const request = fc.record({ takes: fc.subarray([one, two, three], { minLength: 1 }), change })

describe('a library whose list is lost', () => {
  it('comes back from its folders with the same marks, numbers and boards', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 6 }),
        fc.subarray([three, one, two]),
        async (all, on) => {
          stage.drop()
          stage.fresh()
          const first = stage.open()
          add(first, two, one, three)
          for (const each of all) await first.catalogue.mark([each])
          await first.catalogue.saveBoard({ id: board, name: 'Hero', cover: on[0] ?? null })
          await first.catalogue.putTakes(board, on)
          const before = [marksOf(first), first.catalogue.boards(), found(first, 'tag:red -has:note')]
          stage.kill()
          stage.loseTheList()
          const again = stage.open()
          expect([marksOf(again), again.catalogue.boards(), found(again, 'tag:red -has:note')]).toEqual(
            before,
          )
        },
      ),
      { numRuns: 15 },
    )
  }, 120_000)

  it('keeps the marks that can be read where the file was edited, and the take in any case', () => {
    add(stage.open(), one, two)
    stage.kill()
    patchTakeJson(stage.library, one, {
      marks: { number: 9, stars: 77, tags: ['ok', 'a,b'], name: 'N' } as never,
    })
    patchTakeJson(stage.library, two, { marks: 'nonsense' as never })
    stage.loseTheList()
    const marks = marksOf(stage.open())
    expect(marks.get(one)).toMatchObject({ number: 9, stars: 0, tags: ['ok'], name: 'N' })
    expect(marks.get(two)).toMatchObject({ number: 10, tags: [] })
  })

  it('numbers files of older versions in the order of creation', () => {
    const opened = stage.open()
    for (const [nth, id] of [three, one, two].entries())
      addTake(opened, stage.library, { id, createdAt: `2026-11-0${String(nth + 1)}T00:00:00.000Z` })
    stage.kill()
    for (const id of [one, two, three]) {
      const { marks: _marks, ...old } = fileOf(id)
      writeFileSync(join(stage.library, id, 'take.json'), JSON.stringify(old))
    }
    stage.loseTheList()
    const numbers = [...marksOf(stage.open()).values()].map(({ take, number }) => [number, take])
    expect(Object.fromEntries(numbers)).toEqual({ 1: three, 2: one, 3: two })
  })

  it('never gives a new take the number of one that is only in its folder', () => {
    const opened = stage.open()
    add(opened, one, two)
    stage.kill()
    const db = new DatabaseSync(stage.path)
    db.exec('PRAGMA foreign_keys = OFF; DROP TRIGGER events_stay')
    for (const table of ['events', 'attempts', 'cards'])
      db.prepare(`DELETE FROM ${table} WHERE take = ?`).run(two)
    db.prepare('DELETE FROM takes WHERE id = ?').run(two)
    db.exec("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'cards'")
    db.close()
    const again = stage.open()
    add(again, three)
    expect(marksOf(again).get(three)).toMatchObject({ number: 3 })
  })
})

describe('a library of the version before', () => {
  it('gets its cards, numbers and index when it is opened', () => {
    const opened = stage.open()
    add(opened, two)
    addTake(opened, stage.library, {
      id: one,
      settings: someSettings({ provider: 'oxen', prompt: 'a red coat' }),
    })
    stage.kill()
    const db = new DatabaseSync(stage.path)
    db.exec(`DROP TABLE take_words; DROP TABLE tags; DROP TABLE cards; DROP TABLE board_takes; DROP TABLE boards;
      DROP TABLE boards_revision; DROP TABLE words_indexed; DROP TABLE trash; PRAGMA user_version = 4`)
    db.close()
    const again = stage.open()
    // Both were made at the same moment, so their ids decide.
    expect(marksOf(again).get(one)).toMatchObject({ number: 1 })
    expect(found(again, 'oxen "red coat"')).toEqual([one])
  })
})

describe('a board', () => {
  it('has takes in an order, is undone by what it was, and is found in a filter', async () => {
    const opened = stage.open()
    add(opened, one, two)
    const { catalogue } = opened
    await catalogue.saveBoard({ id: board, name: 'Hero shots', cover: null })
    expect(await catalogue.putTakes(board, [two, one])).toMatchObject({ value: { takes: [] } })
    expect(catalogue.boards()).toMatchObject([{ name: 'Hero shots', takes: [two, one] }])
    expect(found(opened, 'board:"hero SHOTS"')).toEqual([one, two])
    expect(marksOf(opened).get(one)?.boards).toEqual([board])
    expect(await catalogue.putTakes(board, [three])).toMatchObject({ ok: false })
    expect(await catalogue.removeBoard(board)).toMatchObject({ value: { takes: [two, one] } })
    expect([catalogue.boards(), found(opened, 'has:board')]).toEqual([[], []])
  })

  it('needs a name that no other has', async () => {
    const { catalogue } = stage.open()
    await catalogue.saveBoard({ id: board, name: 'Hero', cover: null })
    const other = '01JQ0000000000000000000002'
    for (const name of ['', 'hero', 'a "b"'])
      expect(await catalogue.saveBoard({ id: other, name, cover: null })).toMatchObject({ ok: false })
    expect(await catalogue.saveBoard({ id: board, name: 'HERO', cover: null })).toMatchObject({ ok: true })
  })

  it('never overwrites a file that cannot be read', async () => {
    writeFileSync(join(stage.library, 'boards.json'), 'edited by hand')
    const { catalogue } = stage.open()
    await catalogue.saveBoard({ id: board, name: 'Hero', cover: null })
    await stage.close()
    expect(stage.open().catalogue.boards()).toHaveLength(1)
  })
})

it('groups what was found, and knows a clip by its content', () => {
  const opened = stage.open()
  const sources = { character: null, clip: '9-abc' }
  addTake(opened, stage.library, { id: one, clipName: 'a.mp4', sources })
  addTake(opened, stage.library, { id: two, clipName: 'b.mp4', createdAt: '2026-11-21T12:00:00.000Z' })
  addTake(opened, stage.library, { id: three, clipName: 'renamed.mp4', sources })
  const grouped = (group: 'clip' | 'day') => {
    const answer = opened.catalogue.search({ filter: '', group, order: 'newest' })
    return answer.ok && [answer.value.groups, answer.value.cards.map(({ number }) => number)]
  }
  expect(grouped('clip')).toEqual([
    [
      { label: 'renamed.mp4', count: 2 },
      { label: 'b.mp4', count: 1 },
    ],
    [3, 1, 2],
  ])
  expect(grouped('day')).toMatchObject([
    [{ count: 2 }, { count: 1 }],
    [3, 1, 2],
  ])
})

it('says in words which part of a filter is wrong', () => {
  expect(stage.open().catalogue.search({ filter: 'red stars>9', group: null, order: 'newest' })).toEqual(
    parseFilter('stars>9'),
  )
})
