import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import {
  appendFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { aTake, openLibrary, takeId } from '../support/library/library.ts'
import { libraryStage } from '../support/library/library-stage.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import { aFace, responseTo } from '../unit/web/a-face.ts'

const size = 3_000_000
const film = randomBytes(size)

/** A film that a page plays through the real server, and everything that was thrown and not caught. */
async function aFilm() {
  const face = await aFace()
  const path = join(face.folder, 'film.mp4')
  writeFileSync(path, film)
  const thrown: unknown[] = []
  const note = (error: unknown) => void thrown.push(error)
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  onTestFinished(() => {
    process.off('uncaughtException', note)
    process.off('unhandledRejection', note)
  })
  const media = face.fileTokens.serveUrl(path)
  const { page, port } = face
  return {
    face,
    path,
    thrown,
    ask: (range?: string, more: Record<string, string> = {}) =>
      face.ask(media, { headers: { ...(range !== undefined && { range }), ...more } }),
    /** Asks for the film from there, reads a little of it and goes away. */
    seekAndLeave: async (first: number) => {
      const headers = { ...page, range: `bytes=${String(first)}-` }
      const question = request({ host: '127.0.0.1', port, path: media, headers, agent: false })
      question.on('error', () => undefined)
      question.end()
      const answer = await responseTo(question)
      answer.on('error', () => undefined)
      const [chunk] = (await once(answer, 'data')) as [Buffer]
      answer.destroy()
      return chunk.equals(film.subarray(first, first + chunk.length))
    },
    start: (range: string) => {
      const headers = { ...page, range }
      const question = request({ host: '127.0.0.1', port, path: media, headers, agent: false })
      question.on('error', () => undefined)
      question.end()
      return responseTo(question)
    },
  }
}

/** How often this process has the file open right now. */
const openHandles = (path: string) =>
  readdirSync('/proc/self/fd').filter((link) => {
    try {
      return readlinkSync(`/proc/self/fd/${link}`).startsWith(path)
    } catch {
      return false
    }
  }).length

const untilClosed = (path: string) => waitUntil(() => Promise.resolve(openHandles(path) === 0 || null))

describe.runIf(process.platform === 'linux')('a film that is played', () => {
  it('74 · 200 random seeks, each left on the way: right bytes, nothing thrown, no file left open', async () => {
    const { path, thrown, seekAndLeave, face } = await aFilm()
    for (let batch = 0; batch < 20; batch += 1) {
      const seeks = Array.from({ length: 10 }, () => seekAndLeave(randomInt(size)))
      expect(await Promise.all(seeks)).toEqual(seeks.map(() => true))
    }
    await untilClosed(path)
    expect([thrown, face.thrown]).toEqual([[], []])
  })

  it('75 · removed while it is open: the open answer goes on, the next says it is gone', async () => {
    const { path, ask, start, thrown } = await aFilm()
    const answer = await start('bytes=0-')
    rmSync(path)
    const chunks: Buffer[] = []
    for await (const chunk of answer) chunks.push(chunk as Buffer)
    expect(Buffer.concat(chunks).equals(film)).toBe(true)
    expect((await ask()).status).toBe(404)
    await untilClosed(path)
    expect(thrown).toEqual([])
  })

  it('75 · replaced while it is open: never bytes of two films in one answer', async () => {
    const { path, ask, thrown } = await aFilm()
    const tag = String((await ask('bytes=0-1')).headers.etag)
    writeFileSync(`${path}.new`, 'another film')
    renameSync(`${path}.new`, path)
    const resumed = await ask('bytes=5-', { 'if-range': tag })
    expect([resumed.status, resumed.body.toString()]).toEqual([200, 'another film'])
    await untilClosed(path)
    expect(thrown).toEqual([])
  })

  it('75 · cut short while it is open: the answer breaks off, and the next one is right again', async () => {
    const { path, ask, start, thrown } = await aFilm()
    const answer = await start('bytes=0-')
    await once(answer, 'readable')
    truncateSync(path, 100)
    await expect(once(answer.resume(), 'end')).rejects.toThrow('aborted')
    expect((await ask()).body.equals(film.subarray(0, 100))).toBe(true)
    await untilClosed(path)
    expect(thrown).toEqual([])
  })

  it.each([
    ['bytes=9-5', 200],
    ['bytes=abc', 200],
    ['bytes=0-1,5-9', 200],
    ['bytes=-', 200],
    ['lines=1-2', 200],
    ['bytes=-0', 416],
    [`bytes=${String(size)}-`, 416],
    [`bytes=${'9'.repeat(400)}-`, 416],
    [`bytes=0-${'9'.repeat(400)}`, 206],
    [`bytes=-${'9'.repeat(400)}`, 206],
  ])('76 · Range: %s is answered with %i', async (range, status) => {
    const { path, ask, thrown, face } = await aFilm()
    const answer = await ask(range)
    expect(answer.status).toBe(status)
    expect(answer.body.equals(status === 416 ? Buffer.alloc(0) : film)).toBe(true)
    await untilClosed(path)
    expect([thrown, face.thrown]).toEqual([[], []])
  })
})

describe('the result of a take', () => {
  const stage = libraryStage()
  const done = async () => {
    const { origin } = await stage.provider()
    const bench = openLibrary({ folder: stage.folder, origin })
    stage.bench = bench
    await bench.library.submit(aTake(stage.folder))
    await bench.until(takeId, 'DONE')
    const path = bench.library.resultPath(takeId)
    if (!path.ok) throw new Error(path.problem.message)
    return { bench, path: path.value }
  }

  it('75 · that was changed in the library is noticed by its hash before it is played or exported', async () => {
    const { bench, path } = await done()
    appendFileSync(path, 'something else')
    const refused = { ok: false, problem: { code: 'file-damaged' } }
    expect(await bench.library.wholeResult(takeId)).toMatchObject(refused)
    expect(await bench.library.exportResult(takeId, join(stage.folder, 'film.mp4'))).toMatchObject(refused)
    expect(readdirSync(stage.folder)).not.toContain('film.mp4')
    expect(bench.library.show(takeId)).toMatchObject({ value: { state: 'DONE' } })
  })

  it('75 · that is gone from the library is said to be gone', async () => {
    const { bench, path } = await done()
    rmSync(path)
    expect(await bench.library.wholeResult(takeId)).toMatchObject({ problem: { code: 'file-missing' } })
  })
})
