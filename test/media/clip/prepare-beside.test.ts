import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planFrames } from '../../../src/main/media/clip/frame-plan.ts'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import { readWritten } from '../../../src/main/media/clip/check-output.ts'
import { inspect } from '../../../src/main/media/create-media.ts'
import { measureFile } from '../../../src/main/media/probe/probe-clip.ts'
import { dolbyVisionPlain, dolbyVisionPortrait, stereo } from '../../support/clips/beside-clips.ts'
import * as clips from '../../support/clips/clips.ts'
import {
  clipFacts,
  clipJob,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { screenAvi } from '../../support/clips/screen-avi.ts'
import { ffmpeg, ffprobe } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const sideDataOf = (path: string) => ffprobe('-show_entries', 'stream_side_data', '-of', 'json', path)

describe('what a container says beside the picture', () => {
  it.each([
    ['Dolby Vision, and a turn behind it', dolbyVisionPortrait, [360, 640, 90]],
    ['Dolby Vision in a clip that could be copied', dolbyVisionPlain, [640, 360, 0]],
    ['how it is meant for two eyes', stereo, [640, 360, 0]],
  ] as const)('is told and left out, with sound and without: %s', async (_what, make, shape) => {
    const source = await make(bench.folder)
    const facts = await clipFacts(bench.mediaTools, source)
    expect([facts.width, facts.height, facts.rotation]).toEqual(shape)
    expect(facts.extras).toHaveLength(1)
    for (const change of [{ keepSound: false }, { copy: true }]) {
      const job = await clipJob(bench, source, change)
      const prepared = valueOf(await prepareClip(bench.mediaTools, job))
      expect([prepared.width, prepared.height]).toEqual(shape.slice(0, 2))
      expect(await sideDataOf(prepared.path)).not.toContain('side_data_type')
      expect(await clips.frameNumbers(prepared.path)).toEqual(await clips.frameNumbers(source))
    }
  })
})

describe('Dolby Vision in colours of its own', () => {
  it('is refused before anything is made of it, and other kinds are not', async () => {
    for (const kind of [
      { profile: 5, readable: 0 },
      { profile: 10, readable: 0 },
    ]) {
      const source = await dolbyVisionPlain(bench.folder, kind)
      const problem = problemOf(await inspect(bench.mediaTools, source))
      expect(problem.code).toBe('input-refused')
      expect(problem.message).toContain(`Dolby Vision profile ${kind.profile}`)
      expect(problem.advice).toContain('HDR10, HLG or standard (SDR)')
    }
    for (const kind of [
      { profile: 8, readable: 1 },
      { profile: 10, readable: 4 },
      { profile: 7, readable: 6 },
    ])
      expect((await inspect(bench.mediaTools, await dolbyVisionPlain(bench.folder, kind))).ok).toBe(true)
  })
})

describe('what is certified is shown as its source is shown', () => {
  it('whatever was measured of it: a squeezed or a mirrored picture is refused', async () => {
    const source = await clips.rotated(bench.folder)
    const clip = valueOf(await measureFile(bench.mediaTools, source))
    const job = await clipJob(bench, source)
    const plan = planFrames(clip, job, 60)
    const squeezed = await clips.landscape(bench.folder)
    const mirrored = await clips.makeClip(bench.folder, 'mirrored.mp4', {
      ...{ width: 360, height: 640, filter: 'hflip' },
    })
    const details = []
    for (const written of [squeezed, mirrored])
      details.push(problemOf(await readWritten(bench.mediaTools, job, { clip, plan }, written, {})).detail)
    expect(details).toEqual([
      'it shows 640 × 360 where the clip shows 360 × 640',
      'it is rotated or mirrored',
    ])
    const right = await clips.portrait(bench.folder)
    expect((await readWritten(bench.mediaTools, job, { clip, plan }, right, {})).ok).toBe(true)
  })

  it('only where it holds the packets that went past the decoder', async () => {
    const source = await clips.landscape(bench.folder)
    const clip = valueOf(await measureFile(bench.mediaTools, source))
    const job = await clipJob(bench, source)
    const plan = planFrames(clip, job, 60)
    const other = { packets: '0: 00 11 22' }
    expect(
      problemOf(await readWritten(bench.mediaTools, job, { clip, plan }, source, {}, other)).detail,
    ).toBe('its packets differ from the encoded ones')
  })
})

describe('a recording of a screen', () => {
  it('is held where its packets say that nothing changed, to its end', async () => {
    const levels = [40, null, null, 90, 140, null, null, null, 200, null, null, null]
    const source = await screenAvi(bench.folder, 'screen.avi', 10, levels)
    expect(await clipFacts(bench.mediaTools, source)).toMatchObject({
      codec: 'tscc',
      frames: 4,
      duration: 1.2,
    })
    const prepared = valueOf(await prepareClip(bench.mediaTools, await clipJob(bench, source)))
    const shown = [
      ...(await ffmpeg(
        ...[
          '-i',
          `file:${prepared.path}`,
          '-vf',
          'scale=1:1:flags=area,format=gray',
          '-vsync',
          'passthrough',
        ],
        ...['-f', 'rawvideo', 'pipe:1'],
      )),
    ]
    const held = levels.reduce<number[]>((all, level) => [...all, level ?? all.at(-1) ?? 0], [])
    expect(prepared.duration).toBeCloseTo(1.2, 1)
    expect(prepared.frameRate).toBeCloseTo(10, 3)
    expect(shown).toHaveLength(held.length)
    held.forEach((level, nth) => {
      expect(Math.abs((shown[nth] ?? 0) - level)).toBeLessThan(20)
    })
  })
})
