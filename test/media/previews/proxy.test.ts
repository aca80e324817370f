import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { frameTimes } from '../../../src/main/media/probe/probe-clip.ts'
import { playable } from '../../../src/main/media/previews/proxy.ts'
import { joinedMp4 } from '../../support/clips/changing-clips.ts'
import * as clips from '../../support/clips/clips.ts'
import {
  clipFacts,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { ffmpeg } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

async function proRes(folder: string): Promise<string> {
  const path = join(folder, 'prores.mov')
  await ffmpeg(
    '-i',
    `file:${await clips.landscape(folder)}`,
    '-c:v',
    'prores',
    '-c:a',
    'pcm_s16le',
    '-y',
    `file:${path}`,
  )
  return path
}

const changing = (folder: string) =>
  joinedMp4(folder, 'changing.mp4', [
    { width: 640, height: 480 },
    { width: 480, height: 640 },
  ])

const sources = {
  hevc: clips.hevcClip,
  proRes,
  'ten bits': clips.tenBit,
  hdr: clips.hdr,
  avi: clips.avi,
  mkv: clips.mkv,
  'a varying rate': clips.variableRate,
  'an edit list': clips.cutWithEditList,
  ntsc: clips.ntsc,
  'pictures that change their size': changing,
}

describe('a copy to be played', () => {
  it.each(Object.entries(sources))(
    'of %s has the same frames at the same times, from zero',
    async (name, make) => {
      const source = await make(bench.folder)
      const copy = join(bench.folder, `copy of ${name}.mp4`)
      valueOf(await playable(bench.mediaTools, source, copy))
      expect(await clips.frameNumbers(copy)).toEqual(await clips.frameNumbers(source))
      const [wanted, made] = await Promise.all(
        [source, copy].map(async (path) => valueOf(await frameTimes(bench.mediaTools, path))),
      )
      expect(made).toHaveLength(wanted?.length ?? 0)
      made?.forEach((time, nth) => expect(time).toBeCloseTo(wanted?.[nth] ?? -1, 2))
      expect(await clipFacts(bench.mediaTools, copy)).toMatchObject({
        codec: 'h264',
        pixelFormat: 'yuv420p',
        bitDepth: 8,
        hdr: 'none',
        startTime: 0,
        hiddenPackets: 0,
      })
    },
  )

  it('seeks quickly, stands upright and keeps its sound', async () => {
    const copy = join(bench.folder, 'copy-turned.mp4')
    valueOf(await playable(bench.mediaTools, await clips.rotated(bench.folder), copy))
    const facts = await clipFacts(bench.mediaTools, copy)
    expect(facts).toMatchObject({ width: 360, height: 640, rotation: 0 })
    expect(facts.keyframeInterval).toBeLessThanOrEqual(0.5)
    expect(facts.audio?.codec).toBe('aac')
  })

  it('is no larger than the preview needs', async () => {
    const source = await clips.makeClip(bench.folder, 'large.mp4', { width: 1920, height: 1080, seconds: 1 })
    const copy = join(bench.folder, 'copy-large.mp4')
    valueOf(await playable(bench.mediaTools, source, copy))
    expect(await clipFacts(bench.mediaTools, copy)).toMatchObject({ width: 1280, height: 720 })
  })

  it('leaves nothing behind when it is stopped', async () => {
    const folder = join(bench.folder, 'copies')
    await mkdir(folder)
    const stop = new AbortController()
    const copying = playable(
      bench.mediaTools,
      await clips.landscape(bench.folder),
      join(folder, 'copy.mp4'),
      {
        signal: stop.signal,
        onCommand: () => {
          stop.abort()
        },
      },
    )
    expect(problemOf(await copying).code).toBe('cancelled')
    expect(await readdir(folder)).toEqual([])
  })
})
