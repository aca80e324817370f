import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMedia } from '../../src/main/media/create-media.ts'
import type { Media } from '../../src/main/media/media.ts'
import { fakeMedia } from '../support/library/library.ts'
import { makeClip } from '../support/clips/clips.ts'
import { realTools, runTool } from '../support/processes/tools.ts'
import { expectHome, fetchedBy, wholeOrPart, type Serve } from './download-stage.ts'
import { faultStage } from './studio.ts'

const stage = faultStage()
const made = mkdtempSync(join(tmpdir(), 'understudy-film-'))
let film = Buffer.alloc(0)
/** Whole, and of 2.2 s where 6 s were asked for, as providers shorten a result. */
let shorter = Buffer.alloc(0)
let media: Media
/** Whatever was taken for a film, by what is judged with the real decoder. */
let verdicts: boolean[] = []
beforeAll(async () => {
  film = readFileSync(await makeClip(made, 'film.mp4', { seconds: 6, width: 320, height: 180 }))
  shorter = readFileSync(await makeClip(made, 'shorter.mp4', { seconds: 2.2, width: 320, height: 180 }))
  const real = createMedia({ tools: realTools, run: runTool, workFolder: join(made, 'work') })
  media = {
    ...fakeMedia(),
    verifyResult: async (...about) => {
      const verdict = await real.verifyResult(...about)
      verdicts.push(verdict.ok)
      return verdict
    },
  }
})
afterAll(() => {
  rmSync(made, { recursive: true, force: true })
})

const whole: Serve = (request, response, nth) => {
  wholeOrPart('"v1"', film)(request, response, nth)
}
const firstly =
  (bytes: Buffer, headers: Readonly<Record<string, string>>): Serve =>
  (request, response, nth) => {
    if (nth > 1) whole(request, response, nth)
    else response.writeHead(200, headers).end(bytes)
  }

async function expectRefusedOnce(bytes: Buffer, headers: Readonly<Record<string, string>>) {
  verdicts = []
  const one = await fetchedBy({ stage, media, serve: firstly(bytes, headers) })
  expectHome(one, film)
  expect(verdicts).toEqual([false, true])
  expect(one.ranges()).toEqual([null, null])
}
const counted = (bytes: Buffer) => ({ 'content-length': String(bytes.length), etag: '"v1"' })
const flippedAt = (share: number) => {
  const bytes = Buffer.from(film)
  const at = Math.round(bytes.length * share)
  // A flipped bit in a picture may still be a picture; a few bytes of another film are not.
  for (let byte = at; byte < at + 16; byte += 1) bytes[byte] = ~bytes[byte]! & 0xff
  return bytes
}

describe('69 · a real film judged by the real decoder', () => {
  it('whole: home at the first try', async () => {
    verdicts = []
    expectHome(await fetchedBy({ stage, media, serve: whole }), film)
    expect(verdicts).toEqual([true])
  })

  it.each([0.4, 0.7])(
    'with flipped bytes at %d of it: refused, fetched again, DONE with the right one',
    async (share) => {
      await expectRefusedOnce(flippedAt(share), counted(film))
    },
  )

  it('whole and shorter than asked for, in chunks without a length: home at the first try', async () => {
    verdicts = []
    const one = await fetchedBy({
      stage,
      media,
      serve: (_request, response) => void response.writeHead(200).end(shorter),
    })
    expectHome(one, shorter)
    expect(one.ranges()).toEqual([null])
  })

  it('shorter than asked for, from a connection that just closes: fetched once more, then believed', async () => {
    verdicts = []
    const headers = { connection: 'close', 'transfer-encoding': 'identity' }
    const one = await fetchedBy({
      stage,
      media,
      serve: (_request, response) => void response.writeHead(200, headers).end(shorter),
    })
    expectHome(one, shorter)
    expect(verdicts).toEqual([true, true])
  })

  it('cut, with the length of the cut: refused, fetched again, DONE with the right one', async () => {
    const cut = film.subarray(0, Math.round(film.length * 0.6))
    await expectRefusedOnce(cut, counted(cut))
  })

  it.each(Array.from({ length: 10 }, (_, index) => 1 + Math.round((index * 198) / 9)))(
    'cut at %i of 200 places by a server that never says how long it is: never DONE with it',
    async (nth) => {
      const cut = film.subarray(0, Math.round((film.length * nth) / 200) - (nth > 198 ? 1 : 0))
      await expectRefusedOnce(cut, { connection: 'close', 'transfer-encoding': 'identity' })
    },
  )
})
