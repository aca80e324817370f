import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import type { ClipJob } from '../../../src/main/media/media.ts'
import { readWritten } from '../../../src/main/media/clip/check-output.ts'
import { planFrames } from '../../../src/main/media/clip/frame-plan.ts'
import { measureFile } from '../../../src/main/media/probe/probe-clip.ts'
import { growingWebm, joinedMp4, timed } from '../../support/clips/changing-clips.ts'
import * as clips from '../../support/clips/clips.ts'
import {
  clipJob,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { ffprobe } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)
const large = { width: 640, height: 480 }
const small = { width: 160, height: 120 }

async function prepare(source: string, change: Partial<ClipJob> = {}) {
  const job = await clipJob(bench, source, change)
  return valueOf(await prepareClip(bench.mediaTools, job))
}

/** The sizes and formats of the frames that a decoder makes of a file, each once. */
async function shapes(path: string): Promise<readonly string[]> {
  const entries = ['-show_entries', 'frame=width,height,pix_fmt', '-of', 'csv=p=0']
  const listed = await ffprobe('-select_streams', 'v', ...entries, path)
  return [...new Set(listed.split(/\s+/).filter((line) => line !== ''))]
}

describe('a clip whose pictures change their size or format on the way', () => {
  it.each([
    ['its pictures shrink', [large, small]],
    ['its pictures are turned', [large, { width: 480, height: 640 }]],
    ['they get finer colours', [large, { ...large, format: 'yuv420p10le' }]],
  ])('is coded anew where it would have been copied: %s', async (what, parts) => {
    const source = await joinedMp4(bench.folder, `${what.replaceAll(' ', '-')}.mp4`, parts)
    const prepared = await prepare(source, { copy: true, minSide: 340 })
    expect(await shapes(prepared.path)).toEqual(['640,480,yuv420p'])
    expect(await clips.frameNumbers(prepared.path)).toEqual([...upTo(60), ...upTo(60)])
  })

  it('keeps every frame of a part across the change', async () => {
    const source = await joinedMp4(bench.folder, 'part.mp4', [large, small])
    const prepared = await prepare(source, { start: 1.5, length: 2 })
    expect(await clips.frameNumbers(prepared.path)).toEqual([...upTo(60).slice(45), ...upTo(45)])
    expect(await shapes(prepared.path)).toEqual(['640,480,yuv420p'])
  })

  it('keeps every frame where it comes from a browser', async () => {
    const prepared = await prepare(await growingWebm(bench.folder))
    expect(await clips.frameNumbers(prepared.path)).toEqual([...upTo(60), ...upTo(60)])
    expect(await shapes(prepared.path)).toHaveLength(1)
  })

  it('is shown for longer as a whole', async () => {
    const source = await joinedMp4(bench.folder, 'loop.mp4', [large, small])
    const prepared = await prepare(source, { lengthen: 'loop', length: 4, minLength: 5, maxLength: 30 })
    expect(await clips.frameNumbers(prepared.path)).toEqual([...upTo(60), ...upTo(60), ...upTo(30)])
  })

  it('is refused when it lies where a prepared clip should', async () => {
    const source = await joinedMp4(bench.folder, 'written.mp4', [large, small])
    const job = await clipJob(bench, source)
    const clip = valueOf(await measureFile(bench.mediaTools, source))
    const plan = planFrames(clip, job, 60)
    const problem = problemOf(await readWritten(bench.mediaTools, job, { clip, plan }, source, {}))
    expect(problem.detail).toBe('its frames differ in size or format')
  })
})

describe('the first frame that is sent is the one where the part begins', () => {
  it.each([240, 165, 144, 90])('at %i frames per second', async (rate) => {
    const source = await clips.makeClip(bench.folder, `fast-${String(rate)}.mp4`, {
      ...{ width: 320, height: 240, rate, seconds: 2, sound: false },
    })
    for (const start of [0, 48 / rate]) {
      const shown = await clips.frameNumbers((await prepare(source, { start, length: 1 })).path)
      expect(shown).toHaveLength(60)
      expect(shown[0]).toBe(Math.round(start * rate))
      // Every one is the nearest to its moment; a clock of a millisecond makes it one of two.
      for (const [tick, frame] of shown.entries())
        expect(Math.abs(frame / rate - start - tick / 60)).toBeLessThanOrEqual(0.52 / rate)
    }
  })

  it('where sixty frames per second become twelve', async () => {
    const source = await timed(bench.folder, 'burst.mkv', 8, 'if(lt(N,120),N/60,2+(N-120)/12)')
    for (const first of [0, 60, 91]) {
      const shown = await clips.frameNumbers((await prepare(source, { start: first / 60, length: 4 })).path)
      expect(shown[0]).toBe(first)
      expect(shown).toEqual([...shown].sort((left, right) => left - right))
    }
  })

  it('where a second one follows at once', async () => {
    const source = await timed(bench.folder, 'stutter.mkv', 3, 'if(eq(N,1),0.004,N/30)')
    const shown = await clips.frameNumbers((await prepare(source)).path)
    expect(shown.slice(0, 4)).toEqual([0, 1, 2, 3])
  })

  it('and none is lost or doubled where some come late', async () => {
    const source = await timed(bench.folder, 'jitter.mkv', 3, 'N/30+if(eq(mod(N,10),5),0.009,0)')
    expect(await clips.frameNumbers((await prepare(source)).path)).toEqual(upTo(90))
  })
})
