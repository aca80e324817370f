import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Take } from '../../src/shared/domain/take.ts'
import { MiB } from '../../src/shared/units.ts'
import { fakeMedia, takeId, type Bench } from '../support/library/library.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import { openFetching, wholeOrPart, type Serve } from './download-stage.ts'
import { faultStage } from './studio.ts'

const stage = faultStage()
const film = randomBytes(MiB)
const marked = randomBytes(3 * MiB)
const serve = wholeOrPart('"f"', film)
const serveMarked = wholeOrPart('"m"', marked)
const media = fakeMedia((bytes) => bytes.equals(film) || bytes.equals(marked))
const path = (name = 'result-watermarked.mp4') => join(stage.folder(), 'library', takeId, name)
const read = (name?: string) => (existsSync(path(name)) ? readFileSync(path(name)) : null)

/** The take, as soon as this is true of it. */
const when = ({ library }: Bench, isSo: (take: Take) => boolean) =>
  new Promise<Take>((resolve) => {
    const look = (take: Take) => {
      if (!isSo(take)) return
      stop()
      resolve(take)
    }
    const stop = library.subscribe(look)
    const now = library.show(takeId)
    if (now.ok) look(now.value)
  })
const isDone = ({ state }: Take) => state === 'DONE'
const isMarked = ({ watermarked }: Take) => watermarked !== null
const isMissed = ({ markProblem }: Take) => markProblem !== null

async function begun(marks: Serve | undefined, watermark = true) {
  const one = await openFetching({ stage, serve, media, ...(marks && { serveMarked: marks }) })
  const taken = await one.studio.bench.library.submit(one.studio.take(takeId, { watermark }))
  expect(taken.ok).toBe(true)
  const ranges = () =>
    one.files.seen.filter(({ url }) => url.startsWith('/marked')).map(({ headers }) => headers.range ?? null)
  return { ...one, bench: one.studio.bench, ranges }
}

it('is DONE with the result before the marked version has come, which then lies beside it', async () => {
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const { bench } = await begun((request, response, nth) => {
    void released.then(() => {
      serveMarked(request, response, nth)
    })
  })
  const done = await when(bench, isDone)
  expect(done).toMatchObject({ markComing: true, watermarked: null, problem: null })
  expect(read('result.mp4')?.equals(film)).toBe(true)
  release()
  expect(await when(bench, isMarked)).toMatchObject({ state: 'DONE', markComing: false, markProblem: null })
  expect(read()?.equals(marked)).toBe(true)
  expect(existsSync(path('result-watermarked.mp4.part'))).toBe(false)
})

it('continues a marked version that was cut off by the end of the program', async () => {
  let cut: () => void = () => undefined
  const isCut = new Promise<void>((resolve) => {
    cut = resolve
  })
  const { bench, studio, ranges } = await begun((request, response, nth) => {
    if (nth > 1) {
      serveMarked(request, response, nth)
      return
    }
    response.writeHead(200, { etag: '"m"', 'content-length': String(marked.length) })
    response.write(marked.subarray(0, 2 * MiB), cut)
  })
  await isCut
  await when(bench, isDone)
  // Some of it is on disk.
  await waitUntil(() => {
    const mark = bench.journal.attempts(takeId).map((attempt) => bench.journal.mark(attempt))[0]
    return Promise.resolve(mark?.total === marked.length && mark.done > 0 ? mark : null)
  })
  await bench.close()
  const again = studio.open()
  again.library.resume()
  await when(again, isMarked)
  expect(read()?.equals(marked)).toBe(true)
  expect(ranges()).toEqual([null, expect.stringMatching(/^bytes=[1-9]/)])
})

it.each([
  ['a dead link', ((_request, response) => response.writeHead(404).end()) satisfies Serve],
  ['a page', ((_request, response) => response.end('<html>sign in</html>')) satisfies Serve],
])(
  'says what kept it, with %s, and fetches it when the take is checked again',
  async (_what, broken: Serve) => {
    const { bench } = await begun((request, response, nth) => {
      if (nth === 1) broken(request, response, nth)
      else serveMarked(request, response, nth)
    })
    const missed = await when(bench, isMissed)
    expect(missed).toMatchObject({ state: 'DONE', problem: null, watermarked: null })
    expect(missed.markProblem?.message).toMatch(/^The watermarked version of .* couldn’t be downloaded\.$/)
    expect(read('result.mp4')?.equals(film)).toBe(true)
    const target = join(stage.folder(), 'copy.mp4')
    expect(await bench.library.exportResult(takeId, target, 'marked')).toMatchObject({
      ok: false,
      problem: { message: missed.markProblem?.message },
    })
    expect(await bench.library.checkAgain(takeId)).toMatchObject({ ok: true })
    await when(bench, isMarked)
    expect(await bench.library.exportResult(takeId, target, 'marked')).toMatchObject({ ok: true })
    expect(readFileSync(target).equals(marked)).toBe(true)
  },
)

it('keeps a file of the user that has its name, and fetches one that is gone', async () => {
  const { bench } = await begun(serveMarked)
  await when(bench, isMarked)
  writeFileSync(path(), 'graded by the user')
  await bench.library.checkAgain(takeId)
  await when(bench, ({ markComing, watermarked }) => !markComing && watermarked !== null)
  expect(read()?.equals(marked)).toBe(true)
  expect(read('result-watermarked (changed).mp4')?.toString()).toBe('graded by the user')
})

it('asks for none where none was wanted', async () => {
  const unwanted = await begun(serveMarked, false)
  expect(await when(unwanted.bench, isDone)).toMatchObject({ markComing: false, watermarked: null })
  expect(unwanted.ranges()).toEqual([])
})

it('never fetches one link twice', async () => {
  const { bench, files } = await begun(undefined)
  expect(await when(bench, isDone)).toMatchObject({ markComing: false, watermarked: null, markProblem: null })
  await bench.library.checkAgain(takeId)
  expect(files.seen).toHaveLength(1)
  expect(await bench.library.exportResult(takeId, path('copy.mp4'), 'marked')).toMatchObject({
    ok: false,
    problem: { code: 'not-found' },
  })
})

it('is known after the list of takes is lost, and its link is told to no file', async () => {
  const { bench, studio } = await begun(serveMarked)
  await when(bench, isMarked)
  await bench.close()
  expect(read('take.json')?.toString()).not.toContain('SECRET')
  for (const end of ['', '-wal', '-shm']) rmSync(join(stage.folder(), `studio.db${end}`), { force: true })
  const again = studio.open()
  await again.library.rebuild()
  again.library.resume()
  const back = await when(again, isDone)
  expect(back.watermarked?.bytes).toBe(marked.length)
  expect(await again.library.exportResult(takeId, path('copy.mp4'), 'marked')).toMatchObject({ ok: true })
})
