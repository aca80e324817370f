import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClipJob } from '../../../src/main/media/media.ts'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import type { ShortFix } from '../../../src/shared/domain/take.ts'
import * as clips from '../../support/clips/clips.ts'
import { clipJob, createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import { ffmpeg } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index)

async function lengthen(source: string, how: ShortFix, change: Partial<ClipJob> = {}) {
  const job = await clipJob(bench, source, { minLength: 3, maxLength: 10, lengthen: how, ...change })
  return valueOf(await prepareClip(bench.mediaTools, job))
}

/** Two seconds at this rate. */
const brief = (rate: number | string, seconds = 2) =>
  clips.makeClip(bench.folder, 'brief.mp4', { rate, seconds, width: 320, height: 180 })

describe('a clip that is too short', () => {
  it.each([
    ['slow-down', 30, 90],
    ['boomerang', 25, 75],
    ['loop', 24, 72],
    ['loop', '30000/1001', 90],
  ] as const)(
    'is brought to the shortest length by %s at %s frames per second',
    async (how, rate, frames) => {
      const prepared = await lengthen(await brief(rate), how)
      expect(prepared.frames).toBe(frames)
      expect(prepared.duration).toBeGreaterThanOrEqual(3)
      expect(prepared.duration).toBeLessThan(3.05)
      expect(await clips.frameNumbers(prepared.path)).toHaveLength(frames)
    },
  )

  it('slowed down shows every frame, in order, each a little longer', async () => {
    const shown = await clips.frameNumbers((await lengthen(await brief(30), 'slow-down')).path)
    expect([...new Set(shown)]).toEqual(range(60))
    expect(shown).toEqual([...shown].sort((left, right) => left - right))
    for (const number of range(60)) expect([1, 2]).toContain(shown.filter((other) => other === number).length)
  })

  it('goes there and back without showing a turning point twice', async () => {
    const forth = range(60)
    const back = range(58, 1).reverse()
    const once = await lengthen(await brief(30), 'boomerang')
    expect(await clips.frameNumbers(once.path)).toEqual([...forth, ...back].slice(0, 90))
    const often = await lengthen(await brief(30, 0.5), 'boomerang')
    const turn = [...range(15), ...range(13, 1).reverse()]
    expect(await clips.frameNumbers(often.path)).toEqual([...turn, ...turn, ...turn, ...turn].slice(0, 90))
  })

  it('starts from its beginning again in a loop', async () => {
    const shown = await clips.frameNumbers((await lengthen(await brief(30, 1), 'loop')).path)
    expect(shown).toEqual([...range(30), ...range(30), ...range(30)])
  })

  it.each(['boomerang', 'loop', 'slow-down'] as const)(
    'of a single picture becomes a still by %s',
    async (how) => {
      const still = await clips.makeClip(bench.folder, 'still.mp4', {
        seconds: 0.03,
        width: 320,
        height: 180,
      })
      expect(await clips.frameNumbers((await lengthen(still, how)).path)).toEqual(range(90).map(() => 0))
    },
  )

  it('keeps to the part that was chosen, although the clip goes on behind it', async () => {
    const source = await clips.landscape(bench.folder)
    const prepared = await lengthen(source, 'loop', { start: 1, length: 2 })
    expect(await clips.frameNumbers(prepared.path)).toEqual([...range(60, 30), ...range(30, 30)])
  })

  it('of an uneven rate is lengthened too', async () => {
    const source = await clips.variableRate(bench.folder)
    const prepared = await lengthen(source, 'boomerang', { length: 2 })
    const shown = await clips.frameNumbers(prepared.path)
    expect(shown).toHaveLength(Math.ceil(3 * prepared.frameRate - 0.01))
    const there = Math.round(2 * prepared.frameRate)
    expect(shown.slice(there)).toEqual(
      shown
        .slice(0, there - 1)
        .reverse()
        .slice(0, shown.length - there),
    )
  })

  it('is left alone where it is long enough', async () => {
    const prepared = await lengthen(await clips.landscape(bench.folder), 'loop')
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(120))
  })
})

describe('the sound of a lengthened clip', () => {
  /** Half a second of silence and a tone, two seconds in all. */
  async function toned(): Promise<string> {
    const path = join(bench.folder, 'toned.mp4')
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30:d=2'],
      ...['-f', 'lavfi', '-i', "aevalsrc='if(gte(t,0.5)*lt(t,1),0.8*sin(6000*t),0)':s=48000:d=2"],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-y', path],
    )
    return path
  }
  async function loudFrom(path: string): Promise<readonly number[]> {
    const raw = await ffmpeg('-i', path, '-map', '0:a', '-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:1')
    const samples = new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2)
    const step = 480
    const loud = range(Math.floor(samples.length / step)).map((at) =>
      samples.subarray(at * step, (at + 1) * step).some((sample) => Math.abs(sample) > 6000),
    )
    return loud.flatMap((is, at) => (is && loud[at - 1] !== true ? [at / 100] : []))
  }

  it('is slowed with its picture', async () => {
    const [from, ...more] = await loudFrom((await lengthen(await toned(), 'slow-down')).path)
    expect(Math.abs((from ?? 0) - 0.75)).toBeLessThan(0.04)
    expect(more).toEqual([])
  })

  it('starts again with its picture', async () => {
    const [first, second, ...more] = await loudFrom((await lengthen(await toned(), 'loop')).path)
    expect(Math.abs((first ?? 0) - 0.5)).toBeLessThan(0.02)
    expect(Math.abs((second ?? 0) - 2.5)).toBeLessThan(0.02)
    expect(more).toEqual([])
  })

  it.each(['slow-down', 'loop'] as const)('is silence by %s where it ends before the part', async (how) => {
    const source = await clips.makeClip(bench.folder, 'early-sound.mp4', {
      width: 320,
      height: 180,
      audio: ['-af', 'atrim=end=0.5', '-c:a', 'aac'],
    })
    const { path, audio } = await lengthen(source, how, { start: 2, length: 2 })
    expect(audio).not.toBeNull()
    expect(await loudFrom(path)).toEqual([])
  })

  it('is left out where the picture goes backwards', async () => {
    expect((await lengthen(await toned(), 'boomerang')).audio).toBeNull()
  })

  it('ends with the picture', async () => {
    for (const how of ['slow-down', 'loop'] as const) {
      const { path } = await lengthen(await toned(), how)
      expect((await readFile(path)).includes('elst')).toBe(false)
      const raw = await ffmpeg('-i', path, '-map', '0:a', '-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:1')
      expect(raw.length / 2 / 48_000).toBeGreaterThan(3 - 1024 / 48_000 - 0.022)
      expect(raw.length / 2 / 48_000).toBeLessThanOrEqual(3.0001)
    }
  })
})
