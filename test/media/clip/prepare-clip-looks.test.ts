import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import { inspect } from '../../../src/main/media/create-media.ts'
import type { MediaTools } from '../../../src/main/media/media.ts'
import * as clips from '../../support/clips/clips.ts'
import { clipJob, createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

/** The tools' argument lists, in the order they were started in. */
function listening(): { readonly mediaTools: MediaTools; readonly runs: readonly (readonly string[])[] } {
  const runs: (readonly string[])[] = []
  const run: MediaTools['run'] = (job) => {
    runs.push([job.command, ...job.args])
    return bench.mediaTools.run(job)
  }
  return { mediaTools: { ...bench.mediaTools, run }, runs }
}

/** Its only keyframe after the first is five seconds behind the in-point. */
const rarelyKeyed = (name: string) =>
  clips.makeClip(bench.folder, name, {
    ...{ width: 320, height: 240, seconds: 7, sound: false, busy: true },
    video: [
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '180',
      '-sc_threshold',
      '0',
      '-pix_fmt',
      'yuv420p',
    ],
  })

const isLook = (args: readonly string[]) => args.includes('yuv4mpegpipe')

describe('the frame that is held against the source', () => {
  it('is reached in the written clip without decoding everything before it', async () => {
    const { mediaTools, runs } = listening()
    const job = await clipJob(bench, await rarelyKeyed('late-key.mp4'), { start: 1, length: 6 })
    expect(valueOf(await prepareClip(mediaTools, job)).frames).toBe(180)
    const looks = runs.filter(isLook)
    expect(looks).toHaveLength(2)
    for (const look of looks) expect(look).toContain('-ss')
  })

  it('is the same frame: one second of another picture in the written clip is noticed there', async () => {
    const source = await rarelyKeyed('late-other.mp4')
    const other = await clips.makeClip(bench.folder, 'other.mp4', {
      ...{ width: 320, height: 240, seconds: 6, sound: false, busy: true },
      filter: "hflip=enable='between(t,4.9,5.9)'",
      video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-g', '60', '-pix_fmt', 'yuv420p'],
    })
    const swapped: MediaTools['run'] = async (job) => {
      if (isLook(job.args) && !job.args.some((word) => word.endsWith(source)))
        return bench.mediaTools.run({
          ...job,
          args: job.args.map((word) => (/\.part\.mp4$/.test(word) ? `file:${other}` : word)),
        })
      return bench.mediaTools.run(job)
    }
    const job = await clipJob(bench, source, { start: 1, length: 6 })
    expect(await prepareClip({ ...bench.mediaTools, run: swapped }, job)).toMatchObject({
      ok: false,
      problem: { code: 'tool-failed' },
    })
  })
})

describe('a clip that was just prepared', () => {
  it('is measured once, and known wherever it is moved to on its disk', async () => {
    const { mediaTools, runs } = listening()
    const job = await clipJob(bench, await clips.landscape(bench.folder))
    const { path } = valueOf(await prepareClip(mediaTools, job))
    const moved = join(bench.folder, 'moved.mp4')
    await rename(path, moved)
    const before = runs.length
    expect(valueOf(await inspect(mediaTools, moved))).toMatchObject({ kind: 'clip', frames: 120 })
    expect(runs.slice(before)).toEqual([])
  })
})
