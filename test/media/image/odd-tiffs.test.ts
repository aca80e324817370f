import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../src/main/media/create-media.ts'
import { prepareImage } from '../../../src/main/media/image/prepare-image.ts'
import {
  characterFacts,
  characterJob,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { plainTiff } from '../../support/clips/tiffs.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const [width, height] = [64, 48]
const pixelsOf = (...pixel: readonly number[]) => ({
  width,
  height,
  pixels: Buffer.concat(Array.from({ length: width * height }, () => Buffer.from(pixel))),
})

/** Of these the picture library makes white, black or noise without a word, or calls them damaged. */
describe('a TIFF that the picture library misreads', () => {
  it.each([
    [
      'a TIFF image in YCbCr colours',
      'ycbcr.tif',
      [81, 90, 240],
      [
        [262, 6],
        [530, 1, 1],
      ],
    ],
    [
      'a TIFF image in YCbCr colours',
      'ycbcr-planes.tif',
      [81, 90, 240],
      [
        [262, 6],
        [284, 2],
      ],
    ],
    [
      'a TIFF image with old-style JPEG inside',
      'old-jpeg.tif',
      [0, 0, 0],
      [
        [259, 6],
        [262, 6],
      ],
    ],
    ['a TIFF image in Lab colours', 'lab.tif', [128, 20, 20], [[262, 8]]],
    [
      'a TIFF image in Lab colours',
      'lab-alpha.tif',
      [128, 20, 20, 255],
      [
        [258, 8, 8, 8, 8],
        [262, 8],
        [277, 4],
        [338, 2],
      ],
    ],
    [
      'a TIFF image with separate colour planes',
      'grey-alpha-planes.tif',
      [128, 255],
      [
        [258, 8, 8],
        [262, 1],
        [277, 2],
        [284, 2],
        [338, 1],
      ],
    ],
    [
      'a TIFF image with floating-point numbers',
      'grey-float.tif',
      [0, 0, 0, 63],
      [
        [258, 32],
        [262, 1],
        [277, 1],
        [339, 3],
      ],
    ],
    ['a TIFF image with signed numbers', 'signed.tif', [10, 20, 30], [[339, 2, 2, 2]]],
    [
      'a TIFF image with 32 bits per channel',
      'whole-32.tif',
      Array.from({ length: 12 }, () => 90),
      [[258, 32, 32, 32]],
    ],
    ['a TIFF image with 12 bits per channel', 'twelve.tif', [1, 2, 3, 4, 5], [[258, 12, 12, 12]]],
  ] as const)('is called %s: %s', async (kind, name, pixel, entries) => {
    const path = await plainTiff(bench.folder, name, pixelsOf(...pixel), ...entries)
    const problem = problemOf(await inspect(bench.mediaTools, path))
    expect(problem.message).toBe(`“${name}” is ${kind}, which Understudy can’t read.`)
    expect(problem.advice).toContain('export it as JPEG')
  })
})

describe('a TIFF with more channels than its colours', () => {
  const prepared = async (path: string, name: string) => {
    const job = await characterJob(bench, path, { name })
    const { path: made } = valueOf(await prepareImage(bench.mediaTools, job))
    const { data } = await sharp(await readFile(made))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    return [...data.subarray(0, 3)]
  }

  it('keeps its colours where the channel is a selection that somebody saved', async () => {
    const path = await plainTiff(
      bench.folder,
      'selection.tif',
      pixelsOf(200, 60, 30, 0),
      [258, 8, 8, 8, 8],
      [277, 4],
      [338, 0],
    )
    expect((await characterFacts(bench.mediaTools, path)).alpha).toBe(false)
    expect(await prepared(path, 'selection')).toEqual([200, 60, 30])
  })

  it('is laid on the background by the first channel, whatever others are behind it', async () => {
    const path = await plainTiff(
      bench.folder,
      'inks.tif',
      pixelsOf(200, 60, 30, 0, 77),
      [258, 8, 8, 8, 8, 8],
      [277, 5],
      [338, 2, 0],
    )
    expect((await characterFacts(bench.mediaTools, path)).alpha).toBe(true)
    expect(await prepared(path, 'inks')).toEqual([255, 255, 255])
  })

  it('keeps its colours where it is opaque and has inks besides', async () => {
    const path = await plainTiff(
      bench.folder,
      'opaque-inks.tif',
      pixelsOf(200, 60, 30, 255, 77),
      [258, 8, 8, 8, 8, 8],
      [277, 5],
      [338, 2, 0],
    )
    expect(await prepared(path, 'opaque')).toEqual([200, 60, 30])
  })
})
