import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../src/main/media/create-media.ts'
import { picture } from '../../../src/main/media/previews/picture.ts'
import * as clips from '../../support/clips/clips.ts'
import { createWorkbench, problemOf, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import * as pictures from '../../support/clips/pictures.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const pictureOf = async (path: string, maxSide = 320) => {
  const facts = valueOf(await inspect(bench.mediaTools, path))
  return Buffer.from(valueOf(await picture(bench.mediaTools, path, facts, maxSide)))
}
const sizeOf = async (jpeg: Buffer) => {
  const { format, width, height } = await sharp(jpeg).metadata()
  return { format, width, height }
}
/** The frame number that test clips carry in their upper quarter. */
async function numberIn(jpeg: Buffer): Promise<number> {
  const rows = await sharp(jpeg).greyscale().resize(10, 8, { fit: 'fill' }).raw().toBuffer()
  return Array.from({ length: 10 }, (_, bit) => ((rows[bit] ?? 0) > 128 ? 2 ** bit : 0)).reduce(
    (sum, bit) => sum + bit,
    0,
  )
}

describe('the first picture', () => {
  it('of a clip is its first shown frame, as a JPEG within the size asked for', async () => {
    const jpeg = await pictureOf(await clips.landscape(bench.folder))
    expect(await sizeOf(jpeg)).toEqual({ format: 'jpeg', width: 320, height: 180 })
    expect(await numberIn(jpeg)).toBe(0)
  })

  it('of a clip cut without re-encoding is not one of the hidden frames', async () => {
    expect(await numberIn(await pictureOf(await clips.cutWithEditList(bench.folder), 640))).toBe(39)
  })

  it('stands upright and has the shape in which it is shown', async () => {
    expect(await sizeOf(await pictureOf(await clips.rotated(bench.folder)))).toMatchObject({
      width: 180,
      height: 320,
    })
    expect(await sizeOf(await pictureOf(await clips.widePixels(bench.folder)))).toMatchObject({
      width: 320,
      height: 180,
    })
    expect(await sizeOf(await pictureOf(await pictures.exifRotated(bench.folder)))).toMatchObject({
      width: 240,
      height: 320,
    })
  })

  it('of an image is white where the image is see-through', async () => {
    const jpeg = await pictureOf(await pictures.alpha(bench.folder))
    const [red = 0, green = 0, blue = 0] = await sharp(jpeg)
      .extract({ left: 20, top: 100, width: 1, height: 1 })
      .raw()
      .toBuffer()
    expect(Math.min(red, green, blue)).toBeGreaterThan(250)
  })

  it('is not blown up', async () => {
    expect(await sizeOf(await pictureOf(await pictures.tiny(bench.folder), 1000))).toMatchObject({
      width: 60,
    })
    expect(await sizeOf(await pictureOf(await clips.landscape(bench.folder), 4000))).toMatchObject({
      width: 640,
    })
  })

  it('can be had from ten-bit and HDR clips', async () => {
    for (const make of [clips.tenBit, clips.hdr])
      expect(await numberIn(await pictureOf(await make(bench.folder), 640))).toBe(0)
  })

  it('of a file that has gone is a problem, not an empty picture', async () => {
    const facts = valueOf(await inspect(bench.mediaTools, await clips.landscape(bench.folder)))
    const outcome = await picture(bench.mediaTools, join(bench.folder, 'gone.mp4'), facts, 320)
    expect(problemOf(outcome).message).toContain('gone.mp4')
  })
})
