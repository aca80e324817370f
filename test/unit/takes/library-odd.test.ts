import { DatabaseSync } from 'node:sqlite'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aTake, freely, openLibrary, takeId } from '../../support/library/library.ts'
import { libraryStage } from '../../support/library/library-stage.ts'

const stage = libraryStage()

/** A library with one finished take, as another program leaves it. */
async function leftBehind(sql: string) {
  const { origin, count } = await stage.provider()
  stage.bench = openLibrary({ folder: stage.folder, origin })
  await stage.bench.library.submit(aTake(stage.folder))
  await stage.bench.until(takeId, 'DONE')
  await stage.bench.close()
  const db = new DatabaseSync(join(stage.folder, 'studio.db'))
  db.exec(sql)
  db.close()
  stage.bench = openLibrary({ folder: stage.folder, origin })
  return { library: stage.bench.library, count }
}

describe('a library of a newer Understudy', () => {
  it('is shown, says why nothing can be done in it, and is never written to', async () => {
    const { library, count } = await leftBehind('PRAGMA user_version = 99')
    expect(library.problem?.code).toBe('library-newer')
    library.resume()
    expect(library.list().map(({ id, state }) => [id, state])).toEqual([[takeId, 'DONE']])
    expect(library.resultPath(takeId).ok).toBe(true)
    const other = aTake(stage.folder, { id: '01ARZ3NDEKTSV4RRFFQ69G5FAW' })
    for (const refused of [await library.submit(other), await library.submitAgain(takeId, freely)])
      expect(refused).toMatchObject({ ok: false, problem: { code: 'library-newer' } })
    expect(count.submit).toBe(1)
  })
})

describe('a take that cannot be read', () => {
  it('is said to be there, by its id, while the others go on', async () => {
    const { library } = await leftBehind(`UPDATE attempts SET data = '{"state":"?"}'`)
    expect(library.problem).toMatchObject({ code: 'library-damaged', detail: takeId })
    expect(library.problem?.message).toContain('One take')
    const other = aTake(stage.folder, { id: '01ARZ3NDEKTSV4RRFFQ69G5FAW' })
    expect((await library.submit(other)).ok).toBe(true)
    await stage.bench?.until(other.id, 'DONE')
  })
  it('is named as what it is when it is asked for, and comes back from its folder on request', async () => {
    const { library, count } = await leftBehind(`UPDATE attempts SET data = '{nope'`)
    const asked = library.show(takeId)
    expect(asked.ok ? '' : asked.problem.message).toContain('can’t be read')
    expect((await library.checkAgain(takeId)).ok).toBe(false)
    expect(await library.rebuild()).toMatchObject({ value: { takes: [{ id: takeId, state: 'DONE' }] } })
    expect(library.problem).toBeNull()
    expect(library.resultPath(takeId).ok).toBe(true)
    await stage.bench?.close()
    const again = openLibrary({ folder: stage.folder, origin: 'http://127.0.0.1:9' })
    stage.bench = again
    expect(again.library.list()).toMatchObject([{ id: takeId, state: 'DONE' }])
    expect(again.library.problem).toBeNull()
    expect(count.submit).toBe(1)
  })
})
