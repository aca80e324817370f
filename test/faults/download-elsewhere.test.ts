import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTakeMedia } from '../../src/main/takes/take-media.ts'
import { createFileTokens } from '../../src/main/files/file-tokens.ts'
import type { Outcome } from '../../src/shared/outcome.ts'
import type { Take } from '../../src/shared/domain/take.ts'
import { MiB } from '../../src/shared/units.ts'
import { fakeMedia, takeId } from '../support/library/library.ts'
import { openFetching, wholeOrPart, type Serve } from './download-stage.ts'
import { faultStage } from './studio.ts'

const stage = faultStage()
const film = randomBytes(2 * MiB)
const whole = wholeOrPart('"v1"', film)
const media = fakeMedia((bytes) => bytes.equals(film))
const long = 7 * 24 * 3_600_000
const name = `understudy-${takeId}.mp4`

const nothing = () => Promise.reject(new Error('nothing is copied here'))

async function opened(serve: Serve = whole, life = long) {
  const stick = join(stage.folder(), 'stick')
  mkdirSync(stick)
  const one = await openFetching({ stage, serve, media, life })
  const { library, until } = one.studio.bench
  const screening = createTakeMedia({
    library,
    folder: join(stage.folder(), 'library'),
    media,
    fileTokens: createFileTokens({ mediaBase: '/media/' }),
    viewing: { playable: nothing, sound: nothing },
    posters: { poster: () => Promise.resolve(null) },
  })
  return { ...one, stick, library, until, screening }
}

/** A take that is done, with its result on the stick. */
async function doneOnStick(life = long, serve = whole) {
  const one = await opened(serve, life)
  const chosen = Promise.withResolvers<Outcome<Take>>()
  const stop = one.library.subscribe((take) => {
    if (take.state !== 'ACKED') return
    stop()
    chosen.resolve(one.library.saveElsewhere(takeId, one.stick))
  })
  await one.studio.ends('DONE')
  expect(await chosen.promise).toMatchObject({ ok: true })
  return one
}
const problemOf = (outcome: { readonly ok: boolean }) =>
  outcome as { readonly problem?: { readonly code: string } }

describe('a result in a folder the user chose', () => {
  it('is fetched, verified, compared and saved from there, under a name that replaces nothing', async () => {
    const one = await doneOnStick()
    expect(readdirSync(one.stick)).toEqual([name])
    expect(readFileSync(join(one.stick, name)).equals(film)).toBe(true)
    expect(existsSync(join(one.folder, 'result.mp4'))).toBe(false)
    expect((await one.screening.compare([takeId])).ok).toBe(true)
    const target = join(stage.folder(), 'saved.mp4')
    expect((await one.library.exportResult(takeId, target)).ok).toBe(true)
    expect(readFileSync(target).equals(film)).toBe(true)
  })

  it('is found there by the next start', async () => {
    const one = await doneOnStick()
    await one.studio.bench.close()
    const again = one.studio.open()
    again.library.resume()
    expect(again.library.resultPath(takeId)).toEqual({ ok: true, value: join(one.stick, name) })
    expect(one.studio.tasks()).toBe(1)
  })

  it('that is gone is said to be gone, and is fetched again to where it was or to the library', async () => {
    const one = await doneOnStick()
    rmSync(one.stick, { recursive: true })
    expect(problemOf(await one.screening.compare([takeId])).problem?.code).toBe('file-missing')
    const target = join(stage.folder(), 'saved.mp4')
    expect(problemOf(await one.library.exportResult(takeId, target)).problem?.code).toBe('file-missing')
    expect(problemOf(await one.library.checkAgain(takeId)).problem?.code).toBe('folder-unwritable')
    expect(existsSync(one.stick)).toBe(false)
    // The stick is plugged in again, without the file.
    mkdirSync(one.stick)
    expect((await one.library.checkAgain(takeId)).ok).toBe(true)
    await one.until(takeId, 'DONE')
    expect(readFileSync(join(one.stick, name)).equals(film)).toBe(true)
    rmSync(one.stick, { recursive: true })
    expect((await one.library.saveElsewhere(takeId, null)).ok).toBe(true)
    await one.until(takeId, 'DONE')
    expect(one.result()?.equals(film)).toBe(true)
    expect([one.studio.tasks(), one.studio.posts()]).toEqual([1, 1])
  })

  it('that is gone after its time is said to be gone for good, and stays DONE for the day it comes back', async () => {
    const one = await doneOnStick(0)
    const away = `${one.stick}-away`
    renameSync(one.stick, away)
    const again = await one.library.checkAgain(takeId)
    expect(problemOf(again).problem?.code).toBe('result-expired')
    renameSync(away, one.stick)
    expect((await one.screening.compare([takeId])).ok).toBe(true)
  })

  it('whose disk is pulled out meanwhile is waited for, in no folder made anew, and goes on by itself', async () => {
    let pulled = () => undefined as unknown
    const one = await opened((request, response, nth) => {
      if (nth === 1) {
        pulled()
        response.destroy()
      } else whole(request, response, nth)
    })
    pulled = () => {
      rmSync(one.stick, { recursive: true })
    }
    const stop = one.library.subscribe((take) => {
      if (take.state !== 'ACKED') return
      stop()
      void one.library.saveElsewhere(takeId, one.stick)
    })
    expect(await one.studio.ends('HELD', 'DONE')).toBe('HELD')
    const held = one.library.show(takeId)
    expect(held).toMatchObject({ value: { problem: { code: 'folder-unwritable' } } })
    expect(existsSync(one.stick)).toBe(false)
    mkdirSync(one.stick)
    await one.until(takeId, 'DONE')
    expect(readFileSync(join(one.stick, name)).equals(film)).toBe(true)
    expect(one.links()).toBe(1)
  })

  it('that is whole is not fetched again', async () => {
    const one = await doneOnStick()
    expect(problemOf(await one.library.saveElsewhere(takeId, null)).problem?.code).toBe('usage')
    expect(await one.library.checkAgain(takeId)).toMatchObject({ ok: true, value: { state: 'DONE' } })
    expect(one.files.seen).toHaveLength(1)
  })

  it.each(['nowhere', 'file'])('may not be %s', async (what) => {
    const one = await opened((_request, response) => response.writeHead(503).end())
    writeFileSync(join(one.stick, 'file'), '')
    await one.studio.bench.library.submit(one.studio.take())
    await one.until(takeId, 'ACKED', 'DOWNLOADING')
    const answer = await one.library.saveElsewhere(takeId, join(one.stick, what))
    expect(problemOf(answer).problem?.code).toBe('folder-unwritable')
  })

  it('leaves nothing of a download that was begun in the library', async () => {
    const half: Serve = (request, response, nth) => {
      if (nth > 1) whole(request, response, nth)
      else {
        response.writeHead(200, { etag: '"v1"', 'content-length': String(film.length) })
        response.write(film.subarray(0, MiB + 1000))
      }
    }
    const one = await opened(half)
    const marked = new Promise<void>((resolve) => {
      one.library.subscribe((take) => {
        if (take.progress !== null && take.state === 'DOWNLOADING') resolve()
      })
    })
    await one.studio.bench.library.submit(one.studio.take())
    await marked
    expect(existsSync(join(one.folder, 'result.mp4.part'))).toBe(true)
    expect((await one.library.saveElsewhere(takeId, one.stick)).ok).toBe(true)
    await one.until(takeId, 'DONE')
    expect(readdirSync(one.stick)).toEqual([name])
    expect(existsSync(join(one.folder, 'result.mp4.part'))).toBe(false)
    expect(one.ranges()).toEqual([null, null])
  })
})

describe('a finished result that is looked at later', () => {
  it('is taken for itself when only its time has changed', async () => {
    const one = await doneOnStick()
    utimesSync(join(one.stick, name), 1, 1)
    expect((await one.screening.compare([takeId])).ok).toBe(true)
  })

  it('is neither played nor saved when its bytes were changed, and is told apart from a lost one', async () => {
    const one = await doneOnStick()
    const changed = Buffer.from(film)
    changed[5] = ~film[5]! & 0xff
    writeFileSync(join(one.stick, name), changed)
    const target = join(stage.folder(), 'saved.mp4')
    expect(problemOf(await one.screening.compare([takeId])).problem?.code).toBe('file-damaged')
    expect(problemOf(await one.library.exportResult(takeId, target)).problem?.code).toBe('file-damaged')
    expect(existsSync(target)).toBe(false)
  })
})
