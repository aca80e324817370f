import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import sharp, { type Sharp } from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CharacterJob } from '../../../src/main/media/media.ts'
import { prepareImage } from '../../../src/main/media/image/prepare-image.ts'
import { defaultFit } from '../../../src/shared/domain/take.ts'
import {
  characterJob,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { colourAt, cornersOf, quadrants, save, upright } from '../../support/clips/quadrants.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const prepare = async (source: string, change: Partial<CharacterJob> = {}) =>
  valueOf(await prepareImage(bench.mediaTools, await characterJob(bench, source, change)))
const drawn = (width: number, height: number, name = 'drawn.png') =>
  save(bench.folder, name, quadrants({ width, height }).png())
const range = { min: 0.4, max: 2.5 }
const grey = [0x80, 0x80, 0x80]
const fit = { ...defaultFit, background: '#808080' }

/** Noise does not compress. */
const noisy = (width: number, height: number): Sharp =>
  sharp({
    create: {
      ...{ width, height, channels: 3, background: '#808080' },
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })

describe('a picture too long or too wide', () => {
  it('is padded in the middle of the chosen colour', async () => {
    const { path, ...prepared } = await prepare(await drawn(300, 900), { aspect: range, fit })
    expect(prepared).toMatchObject({ width: 360, height: 900 })
    for (const x of [0, 29 / 359, 330 / 359, 1]) expect(await colourAt(path, x, 0.5)).toEqual(grey)
    expect(await colourAt(path, 31 / 359, 0.1)).toEqual([255, 0, 0])
    expect(await colourAt(path, 328 / 359, 0.9)).toEqual([255, 255, 255])
  })

  it('or loses its ends, alike on both', async () => {
    const { path, ...prepared } = await prepare(await drawn(1200, 400), {
      aspect: range,
      fit: { ...fit, aspect: 'crop' },
    })
    expect(prepared).toMatchObject({ width: 1000, height: 400 })
    expect(await cornersOf(path)).toEqual(upright)
    expect(await colourAt(path, 499 / 999, 0.1)).toEqual([255, 0, 0])
    expect(await colourAt(path, 500 / 999, 0.1)).toEqual([0, 255, 0])
  })
})

describe('Crop it', () => {
  it('keeps exactly its part of the upright picture', async () => {
    const crop = { x: 0.5, y: 0, width: 0.5, height: 0.5 }
    const { path, ...prepared } = await prepare(await drawn(800, 600), { fit: { ...fit, crop } })
    expect(prepared).toMatchObject({ width: 400, height: 300 })
    for (const at of [0, 1]) expect(await colourAt(path, at, at)).toEqual([0, 255, 0])
  })

  it('is drawn on the picture as it is shown, not as it lies in the file', async () => {
    const lying = await quadrants({ width: 800, height: 600 }).png().toBuffer()
    const source = await save(
      bench.folder,
      'lying.png',
      sharp(await sharp(lying).rotate(270).png().toBuffer())
        .withMetadata({ orientation: 6 })
        .png(),
    )
    const crop = { x: 0, y: 0.5, width: 0.5, height: 0.5 }
    const { path, ...prepared } = await prepare(source, { fit: { ...fit, crop } })
    expect(prepared).toMatchObject({ width: 400, height: 300 })
    expect(await colourAt(path, 0.5, 0.5)).toEqual([0, 0, 255])
  })

  it('is padded or scaled where what it keeps does not fit', async () => {
    const crop = { x: 0, y: 0, width: 0.1, height: 1 }
    const prepared = await prepare(await drawn(1000, 600), {
      aspect: range,
      minSide: 300,
      fit: { ...fit, crop },
    })
    expect(prepared).toMatchObject({ width: 300, height: 750 })
    expect(await colourAt(prepared.path, 0.5, 0.1)).toEqual([255, 0, 0])
    expect(await colourAt(prepared.path, 0, 0.5)).toEqual(grey)
  })
})

describe('a picture outside the sides', () => {
  it('is scaled up to the shortest', async () => {
    const prepared = await prepare(await drawn(150, 200), { minSide: 300 })
    expect(prepared).toMatchObject({ width: 300, height: 400 })
    expect(await cornersOf(prepared.path)).toEqual(upright)
  })

  it('and down to the longest', async () => {
    expect(await prepare(await drawn(1500, 1000), { maxSide: 999 })).toMatchObject({
      width: 999,
      height: 666,
    })
  })

  it('is refused with the reason where no size keeps both', async () => {
    const job = await characterJob(bench, await drawn(20, 900, 'needle.png'), { minSide: 300, maxSide: 2000 })
    const problem = problemOf(await prepareImage(bench.mediaTools, job))
    expect(problem.code).toBe('input-refused')
    expect(problem.message).toContain('needle.png')
    expect(problem.message).toContain('between 300 and 2000 px')
  })
})

describe('whatever the picture and the limits', () => {
  it('what is written keeps them all and is measured as it says', async () => {
    const side = fc.integer({ min: 1, max: 700 })
    await fc.assert(
      fc.asyncProperty(
        side,
        side,
        fc.constantFrom('pad' as const, 'crop' as const),
        fc.integer({ min: 4000, max: 60_000 }),
        async (width, height, aspect, maxBytes) => {
          const source = await save(bench.folder, 'any.png', noisy(width, height).png())
          const limits = { minSide: 64, maxSide: 512, aspect: range, maxBytes }
          const outcome = await prepareImage(
            bench.mediaTools,
            await characterJob(bench, source, { ...limits, fit: { ...fit, aspect } }),
          )
          if (!outcome.ok) {
            expect(outcome.problem.code).toBe('input-refused')
            return
          }
          const content = await readFile(outcome.value.path)
          const found = await sharp(content).metadata()
          expect(outcome.value).toMatchObject({
            bytes: content.length,
            width: found.width,
            height: found.height,
          })
          expect(content.length).toBeLessThanOrEqual(maxBytes)
          expect(Math.min(found.width, found.height)).toBeGreaterThanOrEqual(64)
          expect(Math.max(found.width, found.height)).toBeLessThanOrEqual(512)
          expect(found.width / found.height).toBeGreaterThanOrEqual(range.min)
          expect(found.width / found.height).toBeLessThanOrEqual(range.max)
        },
      ),
      { numRuns: 40 },
    )
  })
})

describe('the byte limit', () => {
  it('is met by the best quality that fits, before any pixel is given up', async () => {
    const source = await save(bench.folder, 'photo.png', noisy(600, 800).blur(1.5).png())
    const generous = await prepare(source, { maxBytes: 150_000 })
    expect(generous).toMatchObject({ format: 'jpeg', width: 600, height: 800 })
    expect(generous.bytes).toBeLessThanOrEqual(150_000)
    // The largest step of quality, where colours get their full resolution, is a quarter.
    expect(generous.bytes).toBeGreaterThan(150_000 * 0.75)
  })

  it('never makes a side shorter than the shortest allowed', async () => {
    const source = await save(bench.folder, 'heavy.png', noisy(600, 800).png())
    const prepared = await prepare(source, { minSide: 500, maxBytes: 170_000 })
    expect(Math.min(prepared.width, prepared.height)).toBeGreaterThanOrEqual(500)
    expect(prepared.bytes).toBeLessThanOrEqual(170_000)
  })

  it('that nothing can meet is refused with its size', async () => {
    const source = await save(bench.folder, 'hopeless.png', noisy(600, 800).png())
    const job = await characterJob(bench, source, { minSide: 500, maxBytes: 20_000 })
    const problem = problemOf(await prepareImage(bench.mediaTools, job))
    expect(problem).toMatchObject({ code: 'input-refused' })
    expect(problem.message).toContain('20 kB')
  })

  it('leaves what was coded without loss without loss where it can', async () => {
    for (const [name, picture] of Object.entries({
      'few.gif': quadrants().gif(),
      'few.tiff': quadrants().tiff(),
      'few.png': quadrants().png({ palette: true }),
    })) {
      const { path, format } = await prepare(await save(bench.folder, name, picture))
      expect([name, format]).toEqual([name, 'png'])
      expect(await cornersOf(path)).toEqual(upright)
    }
  })
})

describe('a JPEG that fits as it is', () => {
  const pixels = (content: Uint8Array) => sharp(content).raw().toBuffer()
  const source = () =>
    save(
      bench.folder,
      'fits.jpg',
      quadrants()
        .jpeg({ quality: 80 })
        .withExif({ IFD0: { Artist: 'Ada' } }),
    )

  it('is not coded again: its pixels stay to the bit, and only the notes go', async () => {
    const path = await source()
    const prepared = await prepare(path, { minSide: 300, maxSide: 4000, aspect: range })
    const [before, after] = [await readFile(path), await readFile(prepared.path)]
    expect((await pixels(after)).equals(await pixels(before))).toBe(true)
    expect(after.length).toBeLessThan(before.length)
    expect(after.includes('Ada')).toBe(false)
  })

  it('is, as soon as anything about it changes', async () => {
    const path = await source()
    const crop = { x: 0, y: 0, width: 1, height: 0.9 }
    expect(await prepare(path, { fit: { ...fit, crop } })).toMatchObject({ width: 480, height: 324 })
    expect(await prepare(path, { maxSide: 400 })).toMatchObject({ width: 400, height: 300 })
  })

  it('and hides nothing behind its end', async () => {
    const path = join(bench.folder, 'film.jpg')
    await writeFile(
      path,
      Buffer.concat([await readFile(await source()), Buffer.from('ftypmp42 hidden film')]),
    )
    expect((await readFile((await prepare(path)).path)).includes('hidden film')).toBe(false)
  })
})
