import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMedia } from '../../../src/main/media/create-media.ts'
import type { Media, Running } from '../../../src/main/media/media.ts'
import type { Span } from '../../../src/shared/domain/media.ts'
import * as clips from '../../support/clips/clips.ts'
import { encodeFilm, film, paintPlace, plainFrame } from '../../support/clips/filmed.ts'
import {
  clipFacts,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { ffmpeg, ffprobe, realTools, runTool } from '../../support/processes/tools.ts'

let bench: Workbench
let media: Media
beforeAll(async () => {
  bench = await createWorkbench()
  media = createMedia({ tools: realTools, run: runTool, workFolder: bench.folder })
})
afterAll(() => bench.remove())

async function scanned(path: string, part?: Span, running?: Running) {
  const facts = await clipFacts(bench.mediaTools, path)
  return media.scan(path, facts, part ?? { start: 0, end: facts.duration }, running)
}
const scanOf = async (path: string, part?: Span) => valueOf(await scanned(path, part))

const size = { width: 160, height: 96 }
const [kitchen, garden] = [paintPlace(1), paintPlace(2)]
const rested = (place = kitchen) => film({ place, view: { x: 250, y: 250, width: 240 } }, size)
const moving = (nth: number, place = kitchen) =>
  film({ place, view: { x: 200 + 4 * nth, y: 250, width: 240 } }, size)
const panning = (nth: number) =>
  film({ place: kitchen, view: { x: 100 + 20 * nth, y: 250, width: 240 } }, size)
const many = <T>(count: number, make: (nth: number) => T) =>
  Array.from({ length: count }, (_, nth) => make(nth))

/** Half a second of one place, then another, in any codec and container. */
const twoPlaces = (name: string, options: readonly string[] = []) =>
  encodeFilm(
    join(bench.folder, name),
    [...many(15, (nth) => moving(nth)), ...many(15, (nth) => moving(nth, garden))],
    size,
    30,
    options,
  )

/** The same, the second half stored in another size, under the header of the first. */
async function twoSizes(): Promise<string> {
  const part = (name: string, place: typeof kitchen, options: readonly string[]) =>
    encodeFilm(
      join(bench.folder, name),
      many(15, (nth) => moving(nth, place)),
      size,
      30,
      options,
    )
  const parts = [
    await part('first.h264', kitchen, []),
    await part('second.h264', garden, ['-vf', 'scale=320:240']),
  ]
  const both = join(bench.folder, 'both.h264')
  await writeFile(both, Buffer.concat(await Promise.all(parts.map((path) => readFile(path)))))
  const path = join(bench.folder, 'two-sizes.mp4')
  await ffmpeg('-r', '30', '-i', `file:${both}`, '-c', 'copy', '-y', `file:${path}`)
  return path
}

/** When each frame is shown, as ffprobe has it. */
async function shownTimes(path: string): Promise<readonly number[]> {
  const lines = await ffprobe(
    '-select_streams',
    'V:0',
    '-show_entries',
    'frame=best_effort_timestamp_time',
    '-of',
    'csv=p=0',
    path,
  )
  return lines
    .trim()
    .split('\n')
    .map((line) => Number.parseFloat(line))
}

describe('looking at a clip', () => {
  it('sees a scene that is stored in another size, and nothing that stands still', async () => {
    const seen = await scanOf(await twoSizes())
    expect(seen.cuts).toEqual([0.5])
    expect(seen.frozen).toEqual([])
  })

  it('tells the time of the first frame of the new scene, whatever the container and codec', async () => {
    const films = await Promise.all([
      twoPlaces('two.mp4'),
      twoPlaces('two-b.mov', ['-preset', 'veryfast', '-bf', '3', '-g', '250', '-sc_threshold', '0']),
      twoPlaces('two.avi', ['-c:v', 'mpeg4', '-q:v', '4']),
      twoPlaces('two.webm', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M']),
      twoPlaces('two.mkv', ['-output_ts_offset', '7']),
      twoPlaces('two-fields.mp4', ['-flags', '+ildct+ilme', '-x264opts', 'tff=1']),
    ])
    for (const path of films) {
      const { cuts, jumps } = await scanOf(path)
      expect({ path, cuts, jumps }).toEqual({ path, cuts: [0.5], jumps: [] })
    }
  })

  it('counts by the times of real frames where the rate varies', async () => {
    const path = await twoPlaces('two-uneven.mp4', [
      ...['-vf', "select='not(eq(mod(n,5),2))'", '-vsync', 'vfr', '-video_track_timescale', '90000'],
    ])
    const { cuts } = await scanOf(path)
    expect(cuts).toEqual([0.5])
    expect(await shownTimes(path)).toContain(0.5)
  })

  it('sees nothing of what is hidden under a see-through clip', async () => {
    const path = join(bench.folder, 'hidden.mov')
    const hidden = 'testsrc2=s=160x96:r=10:d=2,format=rgba,colorchannelmixer=aa=0'
    await ffmpeg('-f', 'lavfi', '-i', hidden, '-c:v', 'qtrle', '-pix_fmt', 'argb', '-y', `file:${path}`)
    expect((await scanOf(path)).frozen).toEqual([{ start: 0, end: 2 }])
  })

  it('looks at a turned clip as at an upright one', async () => {
    const path = await clips.turn(await twoPlaces('two-turned.mp4'), 90)
    expect((await scanOf(path)).cuts).toEqual([0.5])
  })

  it('looks at the asked part only, and says which that was', async () => {
    const path = await encodeFilm(
      join(bench.folder, 'long.mp4'),
      many(8, (scene) => many(30, (nth) => moving(nth, scene % 2 ? garden : kitchen))).flat(),
      size,
      30,
      ['-preset', 'veryfast', '-bf', '3', '-g', '250'],
    )
    const scan = await scanOf(path, { start: 5.5, end: 7.2 })
    expect(scan.span).toEqual({ start: 5.5, end: 7.2 })
    expect(scan.cuts).toEqual([6, 7])
  })

  it('finds what is frozen, what hardly moves and what is black, each moment once', async () => {
    const frames = [
      ...many(30, (nth) => moving(nth)),
      ...many(30, () => moving(29)),
      ...many(15, (nth) => moving(30 + nth)),
      ...many(15, () => plainFrame(size, [16, 128, 128])),
      ...many(15, (nth) => moving(nth)),
      ...many(45, (nth) => film({ place: kitchen, view: { x: 250 + nth * 0.03, y: 250, width: 240 } }, size)),
    ]
    const scan = await scanOf(
      await encodeFilm(join(bench.folder, 'calm.mp4'), frames, size, 30, ['-crf', '16']),
    )
    // A coder takes a frame or two to draw a repeated picture out in full.
    expect(scan.frozen).toEqual([{ start: expect.closeTo(1, 1) as number, end: 2 }])
    expect(scan.black).toEqual([{ start: 2.5, end: 3 }])
    expect(scan.still).toHaveLength(1)
    expect(scan.still[0]?.start).toBeCloseTo(3.5, 1)
    expect(scan.still[0]?.end).toBeCloseTo(5, 1)
  })

  it('finds motion that is too fast to follow, and none in a calm pan', async () => {
    const frames = [...many(20, () => rested()), ...many(20, panning), ...many(20, (nth) => moving(nth))]
    const { fast, cuts } = await scanOf(await encodeFilm(join(bench.folder, 'fast.mp4'), frames, size, 30))
    expect(cuts.filter((time) => time > 0.7 && time < 1.3)).toEqual([])
    expect(fast).toHaveLength(1)
    expect(fast[0]?.start).toBeCloseTo(0.667, 1)
    expect(fast[0]?.end).toBeCloseTo(1.3, 1)
  })

  it('says how far it is and can be stopped', async () => {
    const path = await clips.landscape(bench.folder)
    const told: number[] = []
    const stop = new AbortController()
    const scan = scanned(path, undefined, {
      signal: stop.signal,
      onProgress: (fraction) => {
        told.push(fraction)
        if (fraction > 0.3) stop.abort()
      },
    })
    expect(problemOf(await scan).code).toBe('cancelled')
    expect(told.length).toBeGreaterThan(1)
    expect([...told].sort((left, right) => left - right)).toEqual(told)
  })

  it('refuses a playlist in the clothes of a clip', async () => {
    const facts = await clipFacts(bench.mediaTools, await clips.landscape(bench.folder))
    const path = await clips.playlistAsClip(bench.folder)
    expect(problemOf(await media.scan(path, facts, { start: 0, end: 4 })).code).toBe('not-a-video')
  })

  it('gives no cut at all for one unbroken, numbered test picture', async () => {
    const path = join(bench.folder, 'pattern.mp4')
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=d=4:s=640x360', '-pix_fmt', 'yuv420p', '-y', `file:${path}`)
    expect((await scanOf(path)).cuts).toEqual([])
  })
})
