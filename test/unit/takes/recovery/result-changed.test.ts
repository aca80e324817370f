import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLibraryJournal } from '../../../../src/main/takes/recovery/open-library.ts'
import { aTake, goodResult, openLibrary, takeId } from '../../../support/library/library.ts'
import { libraryStage } from '../../../support/library/library-stage.ts'

const stage = libraryStage()
const file = (name: string) => join(stage.folder, 'library', takeId, name)

async function done() {
  const { origin } = await stage.provider()
  const bench = openLibrary({ folder: stage.folder, origin })
  stage.bench = bench
  await bench.library.submit(aTake(stage.folder))
  await bench.until(takeId, 'DONE')
  return { bench, origin }
}

it('keeps a result that the user has changed beside the one that is fetched again, each time', async () => {
  const { bench } = await done()
  for (const [words, kept] of [
    ['graded by the user', 'result (changed).mp4'],
    ['graded once more', 'result (changed 2).mp4'],
  ] as const) {
    writeFileSync(file('result.mp4'), words)
    const refused = await bench.library.wholeResult(takeId)
    expect(!refused.ok && refused.problem.advice).toMatch(/moves the changed file aside/)
    expect(await bench.library.checkAgain(takeId)).toMatchObject({ ok: true })
    await bench.until(takeId, 'DONE')
    expect(readFileSync(file('result.mp4')).equals(goodResult)).toBe(true)
    expect(readFileSync(file(kept), 'utf8')).toBe(words)
  }
  expect(readFileSync(file('result (changed).mp4'), 'utf8')).toBe('graded by the user')
})

it('moves nothing aside where the result is gone or whole', async () => {
  const { bench } = await done()
  await bench.library.checkAgain(takeId)
  rmSync(file('result.mp4'))
  await bench.library.checkAgain(takeId)
  await bench.until(takeId, 'DONE')
  expect(readFileSync(file('result.mp4')).equals(goodResult)).toBe(true)
  expect(existsSync(file('result (changed).mp4'))).toBe(false)
})

it.each(['at the start', 'on request'])(
  'keeps a changed result of a take that is brought back %s',
  async (when) => {
    const { bench, origin } = await done()
    await bench.close()
    writeFileSync(file('result.mp4'), 'graded by the user')
    for (const end of ['', '-wal', '-shm']) rmSync(join(stage.folder, `studio.db${end}`), { force: true })
    if (when === 'at the start') {
      const place = { path: join(stage.folder, 'studio.db'), library: join(stage.folder, 'library') }
      const opened = openLibraryJournal({ ...place, log: () => undefined, now: () => 'now' })
      if (opened.ok) opened.value.journal.close()
    }
    stage.bench = openLibrary({ folder: stage.folder, origin })
    if (when === 'on request') await stage.bench.library.rebuild()
    stage.bench.library.resume()
    await stage.bench.until(takeId, 'DONE')
    expect(readFileSync(file('result.mp4')).equals(goodResult)).toBe(true)
    expect(readFileSync(file('result (changed).mp4'), 'utf8')).toBe('graded by the user')
  },
)
