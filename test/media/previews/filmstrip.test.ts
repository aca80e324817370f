import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import sharp from 'sharp'
import { frameTimes } from '../../../src/main/media/probe/probe-clip.ts'
import { strip } from '../../../src/main/media/previews/filmstrip.ts'
import { joinedMp4 } from '../../support/clips/changing-clips.ts'
import * as clips from '../../support/clips/clips.ts'
import {
  clipFacts,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const middles = (duration: number, count: number) =>
  Array.from({ length: count }, (_, nth) => ((nth + 0.5) * duration) / count)

async function stripOf(path: string, times: readonly number[], near: number, height = 90) {
  const pictures: { readonly at: number; readonly jpeg: Uint8Array }[] = []
  valueOf(
    await strip(bench.mediaTools, path, { times, near, height }, (at, jpeg) => {
      pictures.push({ at, jpeg })
    }),
  )
  return pictures.sort((left, right) => left.at - right.at)
}

/** The number that test clips carry in the upper quarter of each frame. */
async function numberIn(jpeg: Uint8Array): Promise<number> {
  const rows = await sharp(jpeg).greyscale().resize(10, 8, { fit: 'fill' }).raw().toBuffer()
  return Array.from({ length: 10 }, (_, bit) => ((rows[bit] ?? 0) > 128 ? 2 ** bit : 0)).reduce(
    (sum, bit) => sum + bit,
    0,
  )
}

describe('a strip of pictures', () => {
  it('has a picture near every time, and each says truly when it is shown', async () => {
    const sources = [clips.landscape, clips.longGopMov, clips.avi, clips.webm, clips.tenBit, clips.interlaced]
    for (const make of sources) {
      const path = await make(bench.folder)
      const { duration } = await clipFacts(bench.mediaTools, path)
      const near = duration / 20
      const times = middles(duration, 10)
      const pictures = await stripOf(path, times, near)
      for (const time of times)
        expect(
          pictures.some(({ at }) => Math.abs(at - time) <= near + 0.001),
          `${path} at ${time}`,
        ).toBe(true)
      const [shown, at] = [await clips.frameNumbers(path), valueOf(await frameTimes(bench.mediaTools, path))]
      for (const one of pictures) {
        const nth = at.findIndex((time) => Math.abs(time - one.at) < 0.002)
        expect(await numberIn(one.jpeg), path).toBe(shown[nth])
      }
    }
  })

  it('keeps to the times of a clip whose pictures change their size on the way', async () => {
    const shapes = [
      { width: 640, height: 480 },
      { width: 480, height: 640 },
    ]
    const path = await joinedMp4(bench.folder, 'changing.mp4', shapes)
    const pictures = await stripOf(path, middles(4, 8), 0.25)
    expect(pictures).toHaveLength(8)
    for (const { at, jpeg } of pictures) expect(await numberIn(jpeg)).toBe(Math.round(at * 30) % 60)
  })

  it('shows exactly the frames asked for where the strip is as fine as the clip', async () => {
    const pictures = await stripOf(await clips.longGopMp4(bench.folder), [1, 1.1, 1.25, 1.3], 0.01)
    expect(await Promise.all(pictures.map(({ jpeg }) => numberIn(jpeg)))).toEqual([30, 33, 37, 39])
  })

  it('is made of as many pictures as a call may ask for', async () => {
    const pictures = await stripOf(await clips.longGopMov(bench.folder), middles(6, 200), 0.015)
    expect(pictures.length).toBeGreaterThan(170)
  })

  it('shows what an edit list shows, and not what it hides', async () => {
    const path = await clips.cutWithEditList(bench.folder)
    const [first] = await stripOf(path, [0], 0.01)
    expect(first && (await numberIn(first.jpeg))).toBe(39)
  })

  it('is upright, in the shape that is shown, at the height asked for', async () => {
    const sizes = await Promise.all(
      [clips.rotated, clips.widePixels].map(async (make) => {
        const [picture] = await stripOf(await make(bench.folder), [1], 0.5, 96)
        const { width, height } = await sharp(picture?.jpeg).metadata()
        return [width, height]
      }),
    )
    expect(sizes).toEqual([
      [54, 96],
      [170, 96],
    ])
  })

  it('can be stopped', async () => {
    const path = await clips.longGopMov(bench.folder)
    const stop = new AbortController()
    const job = { times: middles(6, 100), near: 0.03, height: 90 }
    const running = strip(bench.mediaTools, path, job, () => stop.abort(), { signal: stop.signal })
    expect(problemOf(await running).code).toBe('cancelled')
  })
})
