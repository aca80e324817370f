import { copyFile, readdir, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CharacterJob } from '../../../src/main/media/media.ts'
import { prepareImage } from '../../../src/main/media/image/prepare-image.ts'
import {
  characterFacts,
  characterJob,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import * as pictures from '../../support/clips/pictures.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const prepare = async (source: string, change: Partial<CharacterJob> = {}) =>
  valueOf(await prepareImage(bench.mediaTools, await characterJob(bench, source, change)))

const pixelAt = async (path: string, left: number, top: number) =>
  Array.from(await sharp(path).removeAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer())

/** Mean difference of a colour value, 0 to 255. */
async function difference(one: string, other: string): Promise<number> {
  const [left, right] = await Promise.all(
    [one, other].map((path) => sharp(path).autoOrient().removeAlpha().toColourspace('srgb').raw().toBuffer()),
  )
  if (!left || !right || left.length !== right.length) throw new Error('not the same size')
  return left.reduce((sum, value, index) => sum + Math.abs(value - (right[index] ?? 0)), 0) / left.length
}

describe('the facts of a picture', () => {
  it('name its format by content and its size as it is shown', async () => {
    const formats = {
      jpeg: pictures.jpeg,
      png: pictures.png,
      webp: pictures.webpImage,
      avif: pictures.avif,
      tiff: pictures.tiff,
      gif: pictures.gif,
    }
    for (const [format, make] of Object.entries(formats))
      expect(await characterFacts(bench.mediaTools, await make(bench.folder))).toMatchObject({
        format,
        width: 768,
        height: 1024,
      })
  })

  it('are those of the upright picture', async () => {
    expect(await characterFacts(bench.mediaTools, await pictures.exifRotated(bench.folder))).toMatchObject({
      width: 768,
      height: 1024,
      orientation: 6,
    })
  })

  it('say what is see-through and what colours it has', async () => {
    expect(await characterFacts(bench.mediaTools, await pictures.alpha(bench.folder))).toMatchObject({
      alpha: true,
    })
    expect(await characterFacts(bench.mediaTools, await pictures.cmyk(bench.folder))).toMatchObject({
      colourSpace: 'cmyk',
    })
  })

  it('are found when the name looks like options of the picture library', async () => {
    const path = join(bench.folder, 'selfie.jpg[page=9]')
    await copyFile(await pictures.jpeg(bench.folder), path)
    expect(await characterFacts(bench.mediaTools, path)).toMatchObject({ format: 'jpeg', width: 768 })
  })
})

describe('a prepared character', () => {
  it('is a JPEG that looks the same, whatever picture it was', async () => {
    for (const make of [pictures.jpeg, pictures.webpImage, pictures.avif, pictures.cmyk]) {
      const source = await make(bench.folder)
      const prepared = await prepare(source)
      expect(prepared).toMatchObject({ format: 'jpeg', width: 768, height: 1024 })
      expect(prepared.path).toBe(join(bench.folder, 'prepared.jpg'))
      expect(await difference(source, prepared.path)).toBeLessThan(2)
    }
  })

  it('stays a PNG without any loss where that fits', async () => {
    const source = await pictures.png(bench.folder)
    const prepared = await prepare(source)
    expect(prepared).toMatchObject({ format: 'png', path: join(bench.folder, 'prepared.png') })
    expect(await difference(source, prepared.path)).toBe(0)
  })

  it('stands upright and tells nothing of place or author', async () => {
    const source = await pictures.exifRotated(bench.folder)
    expect((await readFile(source)).includes('Ada Lovelace')).toBe(true)
    const prepared = await prepare(source)
    expect(prepared).toMatchObject({ width: 768, height: 1024 })
    expect(await difference(source, prepared.path)).toBeLessThan(2)
    const { exif, xmp, iptc, icc, orientation } = await sharp(prepared.path).metadata()
    expect([exif, xmp, iptc, icc, orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect((await readFile(prepared.path)).includes('Ada Lovelace')).toBe(false)
  })

  it('is white where it was see-through', async () => {
    const prepared = await prepare(await pictures.alpha(bench.folder))
    expect(await pixelAt(prepared.path, 100, 500)).toEqual([255, 255, 255])
    expect(await pixelAt(prepared.path, 600, 500)).toEqual([192, 57, 43])
    expect((await sharp(prepared.path).metadata()).hasAlpha).toBe(false)
  })

  it('is scaled down to the longest side allowed, never up', async () => {
    const source = await pictures.jpeg(bench.folder)
    expect(await prepare(source, { maxSide: 512 })).toMatchObject({ width: 384, height: 512 })
    expect(await prepare(source, { maxSide: 4000 })).toMatchObject({ width: 768, height: 1024 })
  })

  it('stays within ten million bytes even when no limit is given', async () => {
    const source = await pictures.heavy(bench.folder)
    expect((await characterFacts(bench.mediaTools, source)).bytes).toBeGreaterThan(10_000_000)
    const prepared = await prepare(source)
    expect(prepared.bytes).toBeLessThanOrEqual(10_000_000)
    expect((await readFile(prepared.path)).length).toBe(prepared.bytes)
  })

  it('fits a small limit by fewer pixels rather than by falling apart', async () => {
    const prepared = await prepare(await pictures.heavy(bench.folder, { width: 1200, height: 1600 }), {
      maxBytes: 300_000,
    })
    expect(prepared.bytes).toBeLessThanOrEqual(300_000)
    expect(prepared.height).toBeLessThan(1600)
    expect(prepared.width / prepared.height).toBeCloseTo(0.75, 2)
  })

  it('carries the hash of what was written', async () => {
    const prepared = await prepare(await pictures.jpeg(bench.folder))
    expect(prepared.sha256).toMatch(/^[0-9a-f]{64}$/)
    expect((await prepare(await pictures.jpeg(bench.folder))).sha256).toBe(prepared.sha256)
  })
})

describe('a picture that cannot be prepared', () => {
  it('because it was cut short is called damaged, and nothing is left behind', async () => {
    const whole = await pictures.jpeg(bench.folder, { width: 600, height: 800 })
    const job = await characterJob(bench, whole, { name: 'from-damaged' })
    await truncate(whole, Math.round(job.facts.bytes / 2))
    expect(problemOf(await prepareImage(bench.mediaTools, job)).code).toBe('file-damaged')
    expect((await readdir(bench.folder)).filter((name) => /from-damaged|\.part/.test(name))).toEqual([])
  })

  it('because it would be written over itself is refused', async () => {
    const source = join(bench.folder, 'self.jpg')
    await copyFile(await pictures.jpeg(bench.folder), source)
    const before = await readFile(source)
    expect(
      problemOf(await prepareImage(bench.mediaTools, await characterJob(bench, source, { name: 'self' })))
        .code,
    ).toBe('file-exists')
    expect((await readFile(source)).equals(before)).toBe(true)
  })

  it('because it was cancelled leaves nothing behind', async () => {
    const job = await characterJob(bench, await pictures.jpeg(bench.folder), { name: 'cancelled' })
    expect(problemOf(await prepareImage(bench.mediaTools, job, { signal: AbortSignal.abort() })).code).toBe(
      'cancelled',
    )
    expect((await readdir(bench.folder)).filter((name) => name.startsWith('cancelled'))).toEqual([])
  })

  it('because it went missing says so', async () => {
    const job = await characterJob(bench, await pictures.jpeg(bench.folder))
    const problem = problemOf(
      await prepareImage(bench.mediaTools, { ...job, source: join(bench.folder, 'gone.png') }),
    )
    expect(problem.code).toBe('file-missing')
  })
})
