import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sprites, type Kind } from '../../../../src/main/clip-preview/kept-files.ts'
import { createFileTokens } from '../../../../src/main/files/file-tokens.ts'
import type { Media } from '../../../../src/main/media/media.ts'
import { createPosterStore } from '../../../../src/main/takes/posters/poster-store.ts'
import { createTakePosters } from '../../../../src/main/takes/posters/take-posters.ts'
import { spriteCells } from '../../../../src/shared/domain/sprite.ts'
import { fail, ok } from '../../../../src/shared/outcome.ts'
import { aClip } from '../../../support/clips/facts.ts'
import { valueOf } from '../../../support/clips/media-kit.ts'
import { fullAttempt } from '../../../support/library/an-attempt.ts'
import { anOrder } from '../../../support/library/an-order.ts'

const facts = { bytes: 99, duration: 10, width: 90, height: 160, frameRate: 10 }
const base = '/media/'

/** A picture of one colour, or one with a pattern: the finer, the sharper. */
async function still(level: number, pattern: number | null = null): Promise<Uint8Array> {
  const pixels = Buffer.alloc(90 * 160, level)
  if (pattern !== null)
    for (let at = 0; at < pixels.length; at += 1)
      if (Math.floor(at / pattern) % 2 === 0) pixels[at] = Math.max(0, level - 40)
  return sharp(pixels, { raw: { width: 90, height: 160, channels: 1 } })
    .jpeg()
    .toBuffer()
}

let plain: Uint8Array
let sharpest: Uint8Array
let dark: Uint8Array
beforeAll(async () => {
  ;[plain, sharpest, dark] = await Promise.all([still(120), still(200, 3), still(2, 2)])
})

/** Twenty plain pictures, of which some are others. */
const stillsWith = (others: Readonly<Record<number, Uint8Array>>) =>
  Array.from({ length: spriteCells }, (_, nth) => others[nth] ?? plain)

let folder: string
let library: string
let cache: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-posters-'))
  library = join(folder, 'library')
  cache = join(folder, 'viewing')
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

type Given = {
  readonly strip?: Media['strip']
  readonly limits?: Kind
  /** Of every result. */
  readonly sha256?: (id: string) => string
  /** Whether the folders of takes are there. */
  readonly hasFolders?: boolean
}

/** Finished takes, as many as are asked for. */
function stage({ strip, limits, sha256 = (id) => `hash-of-${id}`, hasFolders = true }: Given = {}) {
  let time = Date.now()
  const clock = { now: () => (time += 60_000) }
  const log = () => undefined
  const store = createPosterStore({ library, cache, clock, log, ...(limits && { limits }) })
  const looked: (readonly number[])[] = []
  const media: Pick<Media, 'inspect' | 'strip'> = {
    inspect: () => Promise.resolve(ok(aClip())),
    strip: async (path, clip, job, onPicture, running) => {
      looked.push(job.times)
      if (strip) return strip(path, clip, job, onPicture, running)
      for (const [nth, at] of job.times.entries())
        onPicture(at, job.times.length === 1 ? sharpest : (stillsWith({ 7: sharpest })[nth] ?? plain))
      return ok(null)
    },
  }
  const fileTokens = createFileTokens({ mediaBase: base })
  const posters = createTakePosters({
    library: {
      record: (id) => {
        if (hasFolders) mkdirSync(join(library, id), { recursive: true })
        const result = { ...facts, sha256: sha256(id) }
        return ok({ order: anOrder({ id }), attempt: fullAttempt({ take: id, state: 'DONE', result }) })
      },
      wholeResult: () => Promise.resolve(ok('result.mp4')),
    },
    folder: library,
    media,
    fileTokens,
    store,
    log,
  })
  const load = async (url: string | null) => {
    const answer = await fileTokens.serve(new Request(new URL(url ?? '', 'http://localhost')))
    return { type: answer.headers.get('content-type'), bytes: Buffer.from(await answer.arrayBuffer()) }
  }
  return { ...posters, store, looked, load }
}

const keptIn = (id: string) =>
  JSON.parse(readFileSync(join(library, id, 'poster.json'), 'utf8')) as Record<string, unknown>
const spritesKept = () => readdirSync(cache).filter((name) => name.endsWith('.webp'))

describe('the poster of a result', () => {
  const kept = async (stills: readonly Uint8Array[]) => {
    const { store } = stage()
    mkdirSync(join(library, 'a'), { recursive: true })
    valueOf(await store.keepStills('a', { ...facts, sha256: 'x' }, stills))
    return keptIn('a')
  }

  it('is the sharpest still, and of equal ones the earliest', async () => {
    expect(await kept(stillsWith({ 7: sharpest, 12: sharpest }))).toMatchObject({ made: { at: 3.75 } })
  })

  it('is neither dark nor from the first or last tenth, however sharp that is', async () => {
    const others = { 0: sharpest, 1: sharpest, 5: dark, 9: await still(120, 30), 19: sharpest }
    expect(await kept(stillsWith(others))).toMatchObject({ made: { at: 4.75 } })
  })

  it('is dark where everything is', async () => {
    expect(await kept(stillsWith({}).map(() => dark))).toMatchObject({ made: { at: 1.25 } })
  })

  it('keeps its aspect ratio, and is served under a token that tells no path', async () => {
    const { poster, load } = stage()
    const url = await poster('a')
    expect(url).toMatch(/^\/media\/m_[\w-]{22}\?[\w.-]+$/)
    const { type, bytes } = await load(url)
    expect(type).toBe('image/webp')
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 90, height: 160, format: 'webp' })
  })

  it('is made once, and again when the result is another one or the file is cut off', async () => {
    const first = stage()
    const url = await first.poster('a')
    expect(await first.poster('a')).toBe(url)
    expect(await stage().poster('a')).not.toBeNull()
    expect(first.looked).toHaveLength(1)

    const other = stage({ sha256: () => 'another' })
    expect(await other.poster('a')).not.toBeNull()
    expect(other.looked).toHaveLength(1)
    truncateSync(join(library, 'a', 'poster.webp'), 20)
    expect(await other.poster('a')).not.toBeNull()
    expect(other.looked).toHaveLength(2)
  })
})

describe('a poster that the user chose', () => {
  it('stays chosen when the result is downloaded again, and has another address than before', async () => {
    const { poster, choosePoster, looked } = stage()
    const before = await poster('a')
    valueOf(await choosePoster('a', 4))
    expect(looked.at(-1)).toEqual([4])
    expect(await poster('a')).not.toBe(before)

    const again = stage({ sha256: () => 'another' })
    const { store } = again
    valueOf(await store.keepStills('a', { ...facts, sha256: 'another' }, stillsWith({})))
    expect(keptIn('a')).toMatchObject({ posterAt: 4 })
    expect(await again.poster('a')).not.toBeNull()
    expect(again.looked).toEqual([[4]])
  })

  it('gives way to the sharpest one again', async () => {
    const { poster, choosePoster } = stage()
    const before = await poster('a')
    valueOf(await choosePoster('a', 4))
    valueOf(await choosePoster('a', null))
    expect(await poster('a')).toBe(before)
  })

  it('shows the last frame at the very end, and is refused after it', async () => {
    const { choosePoster, looked } = stage()
    valueOf(await choosePoster('a', 10))
    expect(looked).toEqual([[9.9]])
    expect(await choosePoster('a', 10.5)).toMatchObject({ ok: false, problem: { code: 'usage' } })
  })
})

describe('the sprite of a result', () => {
  it('holds a picture of every part at the place that is told, in one small file', async () => {
    const { sprite, load } = stage()
    const { media, columns, rows, cell, times } = valueOf(await sprite('a'))
    expect({ columns, rows, cell }).toEqual({ columns: 5, rows: 4, cell: { width: 135, height: 240 } })
    expect(times).toHaveLength(20)
    const { type, bytes } = await load(media)
    expect(type).toBe('image/webp')
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 5 * 135, height: 4 * 240 })
    // The eighth picture is the bright one: third in the second row.
    const levelAt = async (left: number, top: number) => {
      const part = await sharp(bytes).extract({ left, top, width: 100, height: 100 }).png().toBuffer()
      return (await sharp(part).stats()).channels[0]?.mean
    }
    expect(await levelAt(2 * 135 + 15, 240 + 60)).toBeGreaterThan(160)
    expect(await levelAt(15, 60)).toBeLessThan(140)
  })

  it('comes from the same look as the poster, and is known from then on by the content of the result', async () => {
    const { sprite, poster, looked } = stage({ sha256: () => 'the same' })
    await Promise.all([poster('a'), sprite('a')])
    valueOf(await sprite('b'))
    expect(looked).toHaveLength(1)
    expect(spritesKept()).toHaveLength(1)
  })

  it('is made again where its file was cut off', async () => {
    const { sprite, looked, load } = stage()
    valueOf(await sprite('a'))
    truncateSync(join(cache, spritesKept()[0] ?? ''), 40)
    const { media } = valueOf(await sprite('a'))
    expect(looked).toHaveLength(2)
    expect((await load(media)).bytes.length).toBeGreaterThan(40)
  })

  it('makes room: those used longest ago go, other files stay', async () => {
    const { sprite } = stage({ limits: { ...sprites, count: 2 } })
    mkdirSync(cache)
    writeFileSync(join(cache, `${'f'.repeat(32)}.mp4`), 'a copy')
    for (const id of ['a', 'b']) valueOf(await sprite(id))
    const [first, second] = spritesKept()
    valueOf(await sprite('a'))
    valueOf(await sprite('c'))
    expect(spritesKept()).toHaveLength(2)
    const { looked, sprite: askAgain } = stage({ limits: { ...sprites, count: 2 } })
    valueOf(await askAgain('a'))
    expect(looked).toEqual([])
    expect([first, second]).not.toEqual(spritesKept())
    expect(existsSync(join(cache, `${'f'.repeat(32)}.mp4`))).toBe(true)
  })
})

describe('making pictures of results', () => {
  it('is done for one at a time, the one asked for last first, and never for who has left', async () => {
    const hold = Promise.withResolvers<undefined>()
    let atOnce = 0
    const order: boolean[] = []
    const { sprite, looked } = stage({
      strip: async (_path, _clip, job, onPicture, running) => {
        atOnce += 1
        order.push(atOnce === 1 && running?.yields === true)
        await hold.promise
        for (const at of job.times) onPicture(at, plain)
        atOnce -= 1
        return ok(null)
      },
    })
    const turns = async () => {
      for (let nth = 0; nth < 50; nth += 1) await new Promise((later) => setImmediate(later))
    }
    const first = sprite('a')
    await turns()
    const leave = new AbortController()
    const finished: string[] = []
    const note = (id: string) => () => finished.push(id)
    const others = [
      sprite('b').finally(note('b')),
      sprite('c', { signal: leave.signal }).finally(note('c')),
      sprite('d').finally(note('d')),
    ]
    await turns()
    leave.abort()
    hold.resolve(undefined)
    expect((await Promise.all([first, ...others])).map((one) => one.ok)).toEqual([true, true, false, true])
    expect(finished).toEqual(['c', 'd', 'b'])
    expect(looked).toHaveLength(3)
    expect(order).toEqual([true, true, true])
  })

  it('is not tried twice for a result that gives none; the poster is then left out', async () => {
    const { poster, sprite, looked } = stage({
      strip: () => Promise.resolve(fail('file-damaged', 'It does not decode.')),
    })
    expect(await poster('a')).toBeNull()
    expect(await poster('a')).toBeNull()
    expect(await sprite('a')).toMatchObject({ ok: false, problem: { code: 'file-damaged' } })
    expect(looked).toHaveLength(1)
  })

  it('is tried again where nobody waited for it, or the tool was missing', async () => {
    const { sprite, looked } = stage({ strip: () => Promise.resolve(fail('tool-missing', 'No ffmpeg.')) })
    expect((await sprite('a')).ok).toBe(false)
    expect((await sprite('a')).ok).toBe(false)
    expect(looked).toHaveLength(2)
  })

  it('leaves out the poster where the folder of the take is gone, and is no reason for a result to wait', async () => {
    const { poster, sprite, store, looked } = stage({ hasFolders: false })
    expect(await poster('a')).toBeNull()
    expect(await poster('a')).toBeNull()
    expect(looked).toHaveLength(1)
    expect((await sprite('a')).ok).toBe(true)
    writeFileSync(join(folder, 'file'), '')
    const full = createPosterStore({
      library,
      cache: join(folder, 'file', 'viewing'),
      clock: { now: () => 0 },
      log: () => undefined,
    })
    expect((await full.keepStills('a', { ...facts, sha256: 'x' }, stillsWith({}))).ok).toBe(false)
    expect(await store.poster('a', { ...facts, sha256: 'x' })).toBeNull()
  })
})
