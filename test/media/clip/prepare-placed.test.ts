import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClipJob } from '../../../src/main/media/media.ts'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import { placed } from '../../support/clips/changing-clips.ts'
import * as clips from '../../support/clips/clips.ts'
import {
  clipFacts,
  clipJob,
  createWorkbench,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { ffmpeg, ffprobe } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

async function prepare(source: string, change: Partial<ClipJob> = {}) {
  const job = await clipJob(bench, source, change)
  return valueOf(await prepareClip(bench.mediaTools, job))
}

const tagsOf = (path: string) =>
  ffprobe(
    '-show_entries',
    'stream=color_space,color_primaries,color_transfer:stream_tags:stream_side_data',
    path,
  )

/** The colour in the middle of one quarter of the first picture, decoded by the matrix of large pictures. */
async function colourAt(path: string, [x, y]: readonly [number, number]): Promise<readonly number[]> {
  const filter = `scale=in_color_matrix=bt709,format=rgb24,crop=iw/4:ih/4:iw*${x}:ih*${y},scale=1:1:flags=area`
  return [
    ...(await ffmpeg(
      ...['-noautorotate', '-i', `file:${path}`, '-frames:v', '1', '-vf', filter],
      ...['-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
    )),
  ]
}

/** Red above, blue below. */
const redAboveBlue = (name: string) =>
  clips.makeClip(bench.folder, name, {
    ...{ width: 320, height: 240, seconds: 2 },
    filter: 'drawbox=c=red:t=fill,drawbox=y=ih/2:c=blue:t=fill,format=yuv420p',
  })

const isRed = ([red = 0, , blue = 0]: readonly number[]) => red > blue
const above = [0.375, 0.1] as const

describe('a display matrix other than a quarter turn', () => {
  it.each([
    ['flipped', [1, 0, 0, -1], false],
    ['ignored', [0.7071, 0.7071, -0.7071, 0.7071], true],
    ['ignored', [0, 0, 0, 0], true],
    ['ignored', [2, 0, 0, 2], true],
    ['turned', [-1, 0, 0, -1], false],
    ['turned', [-1, 0, 0, 1], true],
  ] as const)(
    'is %s as players have it and never sent along: %j',
    async (placement, matrix, redStaysAbove) => {
      const source = await placed(await redAboveBlue(`${matrix.join(',')}.mp4`), matrix)
      expect((await clipFacts(bench.mediaTools, source)).placement).toBe(placement)
      // Asked to copy it all the same, as a careless caller would.
      for (const change of [{}, { start: 0.5, length: 1 }, { copy: true }]) {
        const prepared = await prepare(source, change)
        expect(await tagsOf(prepared.path)).not.toMatch(/matrix|rotat/i)
        expect(isRed(await colourAt(prepared.path, above))).toBe(redStaysAbove)
      }
    },
  )

  it('is none where it changes nothing', async () => {
    const source = await placed(await redAboveBlue('identity.mp4'), [1, 0, 0, 1])
    expect((await clipFacts(bench.mediaTools, source)).placement).toBe('plain')
  })
})

describe('red, green and blue', () => {
  it.each(['rgb24', 'gbrp'])(
    'become the same colours, said to be those of large pictures: %s',
    async (format) => {
      const video =
        format === 'rgb24'
          ? ['-c:v', 'libx264rgb', '-pix_fmt', 'rgb24']
          : ['-c:v', 'ffv1', '-pix_fmt', format]
      const source = `${bench.folder}/${format}.mkv`
      await ffmpeg(
        ...['-f', 'lavfi', '-i', 'color=c=0xd02040:s=1280x720:r=10:d=1,format=gbrp', ...video],
        ...['-y', `file:${source}`],
      )
      const { path } = await prepare(source)
      const tags = await tagsOf(path)
      for (const name of ['space', 'primaries', 'transfer']) expect(tags).toContain(`color_${name}=bt709`)
      const found = await colourAt(path, above)
      for (const [index, value] of [0xd0, 0x20, 0x40].entries())
        expect(Math.abs((found[index] ?? 0) - value)).toBeLessThanOrEqual(4)
    },
  )
})

it('nothing that is sent names the program that coded it', async () => {
  const source = await clips.busy(bench.folder)
  const bytes = (await clipFacts(bench.mediaTools, source)).bytes
  for (const change of [{}, { maxBytes: Math.floor(bytes / 3) }, { copy: true }]) {
    const prepared = await prepare(source, change)
    expect(await tagsOf(prepared.path)).not.toMatch(/lavc|x264/i)
  }
})
