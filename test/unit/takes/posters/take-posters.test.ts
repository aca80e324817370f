import { existsSync, mkdirSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { sprites } from '../../../../src/main/clip-preview/kept-files.ts'
import { valueOf } from '../../../support/clips/media-kit.ts'
import {
  cache,
  dark,
  facts,
  library,
  posterFolder,
  sharpest,
  stage,
  still,
  stillsWith,
} from '../../../support/library/poster-stage.ts'

posterFolder()

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
