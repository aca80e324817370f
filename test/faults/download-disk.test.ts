import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Take } from '../../src/shared/domain/take.ts'
import { MiB } from '../../src/shared/units.ts'
import { fakeMedia, takeId } from '../support/library/library.ts'
import { noSmallDisk, smallDisk } from '../support/processes/small-disk.ts'
import { waitUntil } from '../support/processes/wait-until.ts'
import { expectHome, openFetching, wholeOrPart, type Serve } from './download-stage.ts'
import { faultStage } from './studio.ts'

const stage = faultStage()
const film = randomBytes(4 * MiB)
const whole = wholeOrPart('"v1"', film)
const media = fakeMedia((bytes) => bytes.equals(film))
const otherId = '01BRZ3NDEKTSV4RRFFQ69G5FAV'
const inAWeek = 7 * 24 * 3_600_000

type Opened = Awaited<ReturnType<typeof openFetching>>

/** A studio whose library lies on a real disk of its own; `ballast` fills it. */
async function onSmallDisk(serve: Serve, size = '80m') {
  const library = join(stage.folder(), 'library')
  const disk = await smallDisk(library, size)
  // Taken away after the studio on it is closed: what is kept last is closed first.
  stage.kept({ close: disk.remove })
  const ballast = join(library, 'ballast')
  const opened = await openFetching({ stage, serve, media, life: inAWeek })
  return {
    ...opened,
    fill: (bytes: number) => {
      writeFileSync(ballast, Buffer.alloc(bytes, 1))
    },
    free: () => {
      rmSync(ballast)
    },
  }
}

const submit = async ({ studio }: Opened, id = takeId) => {
  const taken = await studio.bench.library.submit(studio.take(id))
  if (!taken.ok) throw new Error(taken.problem.message)
}
const held = async ({ studio }: Opened): Promise<Take> => studio.bench.until(takeId, 'HELD')

describe('67 · a disk that is really full', { skip: noSmallDisk !== null }, () => {
  it('before the download: held with the end of its life in sight, and it goes on when there is room', async () => {
    const one = await onSmallDisk(whole)
    one.fill(40 * MiB)
    await submit(one)
    const take = await held(one)
    expect(take.problem).toMatchObject({ code: 'disk-full', message: expect.stringContaining('free') })
    expect(take.resultUntil).toMatch(/^2026-11-27T/)
    expect(one.files.seen).toEqual([])
    one.free()
    const { state } = await one.studio.bench.until(takeId, 'DONE', 'NEEDS_USER')
    expectHome({ ...one, ended: state }, film)
  })

  it('by the size that the server names: nothing of it is fetched before twice that much is free', async () => {
    const one = await onSmallDisk(whole)
    // 64 MiB and a little more, but not twice the film besides.
    one.fill(12 * MiB)
    await submit(one)
    const take = await held(one)
    expect(take.problem?.code).toBe('disk-full')
    expect(existsSync(join(one.folder, 'result.mp4.part'))).toBe(false)
    one.free()
    const { state } = await one.studio.bench.until(takeId, 'DONE', 'NEEDS_USER')
    expectHome({ ...one, ended: state }, film)
  })

  it('in the middle of the download: what is there stays, and only the rest is fetched afterwards', async () => {
    const { promise: full, resolve: isFull } = Promise.withResolvers<undefined>()
    let send: () => void = () => undefined
    const one = await onSmallDisk((request, response, nth) => {
      if (nth > 1) {
        whole(request, response, nth)
        return
      }
      response.writeHead(200, { etag: '"v1"', 'content-length': String(film.length) })
      response.write(film.subarray(0, 2 * MiB))
      send = () => response.end(film.subarray(2 * MiB))
      isFull(undefined)
    })
    await submit(one)
    await full
    const part = join(one.folder, 'result.mp4.part')
    await waitUntil(() =>
      Promise.resolve(existsSync(part) && readFileSync(part).length >= 2 * MiB ? true : null),
    )
    one.fill(77 * MiB)
    send()
    expect((await held(one)).problem?.code).toBe('disk-full')
    one.free()
    const { state } = await one.studio.bench.until(takeId, 'DONE', 'NEEDS_USER')
    expectHome({ ...one, ended: state }, film)
    expect(one.ranges()[1]).toMatch(/^bytes=\d{7}-$/)
  })

  it('in the library: a folder on another disk takes the result, and other takes go on meanwhile', async () => {
    const one = await onSmallDisk(whole)
    one.fill(40 * MiB)
    await submit(one)
    await held(one)
    await submit(one, otherId)
    expect((await one.studio.bench.until(otherId, 'HELD')).taskId).not.toBeNull()
    const elsewhere = stage.folder()
    const moved = await one.studio.bench.library.saveElsewhere(takeId, elsewhere)
    expect(moved.ok).toBe(true)
    expect((await one.studio.bench.until(takeId, 'DONE', 'NEEDS_USER')).state).toBe('DONE')
    const path = join(elsewhere, `understudy-${takeId}.mp4`)
    expect(one.studio.bench.library.resultPath(takeId)).toEqual({ ok: true, value: path })
    expect(readFileSync(path).equals(film)).toBe(true)
    expect(one.studio.tasks()).toBe(2)
  })
})

it.skipIf(noSmallDisk === null)(`67 · cannot be tried here: ${noSmallDisk ?? ''}`, () => undefined)
