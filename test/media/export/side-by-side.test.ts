import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sideBySide } from '../../../src/main/media/export/side-by-side.ts'
import { createMedia } from '../../../src/main/media/create-media.ts'
import type { SideBySideJob } from '../../../src/main/media/media.ts'
import * as clips from '../../support/clips/clips.ts'
import { numbersInHalf } from '../../support/clips/halves.ts'
import {
  clipFacts,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { ffmpeg, runTool } from '../../support/processes/tools.ts'

let bench: Workbench
let reference: string
let result: string
let count = 0
beforeAll(async () => {
  bench = await createWorkbench()
  reference = await clips.makeClip(bench.folder, 'reference.mp4', { seconds: 3, width: 320, height: 180 })
  result = await clips.makeClip(bench.folder, 'result.mp4', {
    ...{ seconds: 2, width: 180, height: 320, rate: 15, sound: false },
  })
})
afterAll(() => bench.remove())

const compare = async (change: Partial<SideBySideJob> = {}) => {
  count += 1
  const target = join(bench.folder, `comparison-${String(count)}.mp4`)
  return sideBySide(bench.mediaTools, { reference, result, offset: 0, sound: 'reference', target, ...change })
}

/** 320x180 scaled to the height of the taller result. */
const leftWidth = 568

describe('a comparison side by side', () => {
  it('has both at equal height, at the higher frame rate, as long as the longer', async () => {
    const { path, bytes } = valueOf(await compare())
    expect(bytes).toBe((await stat(path)).size)
    expect(await clipFacts(bench.mediaTools, path)).toMatchObject({
      height: 320,
      width: leftWidth + 180,
      frameRate: 30,
      frames: 90,
      hiddenPackets: 0,
    })
  })

  it('has both in their own colours, whatever each is stored in, and nothing that is hidden', async () => {
    const [animation, film] = ['animation.mov', 'film.mp4'].map((name) => join(bench.folder, name)) as [
      string,
      string,
    ]
    const rose = 'color=c=#c03060:s=640x360:r=10:d=1'
    const video = ['-c:v', 'libx264', '-crf', '4', '-pix_fmt', 'yuv420p', '-colorspace', 'bt709']
    const in709 = `${rose},scale=out_color_matrix=bt709:out_range=tv`
    await ffmpeg('-f', 'lavfi', '-i', in709, ...video, '-y', `file:${film}`)
    const halves = `${rose},format=rgba,geq=r=192:g=48:b=96:a='255*lt(X,320)'`
    await ffmpeg('-f', 'lavfi', '-i', halves, '-c:v', 'qtrle', '-pix_fmt', 'argb', '-y', `file:${animation}`)
    const { path } = valueOf(await compare({ reference: animation, result: film, sound: 'none' }))
    const raw = await ffmpeg(
      ...['-i', `file:${path}`, '-frames:v', '1', '-pix_fmt', 'rgb24', '-f', 'rawvideo', 'pipe:1'],
    )
    const shown = [160, 480, 960].map((x) => [...raw.subarray((180 * 1280 + x) * 3).subarray(0, 3)])
    const meant = [
      [192, 48, 96],
      [255, 255, 255],
      [192, 48, 96],
    ]
    expect(shown).toSatisfy(() =>
      shown.every((one, nth) => one.every((value, at) => Math.abs(value - (meant[nth]?.[at] ?? 0)) <= 5)),
    )
  })

  it('shows on each side the frame of that moment, and the last frame of the shorter to the end', async () => {
    const { path } = valueOf(await compare())
    expect(await numbersInHalf(bench.folder, path, 'left', leftWidth)).toEqual(
      Array.from({ length: 90 }, (_, index) => index),
    )
    expect(await numbersInHalf(bench.folder, path, 'right', leftWidth)).toEqual(
      Array.from({ length: 90 }, (_, index) => Math.min(29, Math.floor(index / 2))),
    )
  })

  it('shows the result later by the offset, and its first frame until then', async () => {
    const { path } = valueOf(await compare({ offset: 0.4 }))
    expect(await numbersInHalf(bench.folder, path, 'right', leftWidth)).toEqual(
      Array.from({ length: 90 }, (_, index) => Math.min(29, Math.max(0, Math.floor((index - 12) / 2)))),
    )
  })

  it('shows the result earlier by a negative offset', async () => {
    const { path } = valueOf(await compare({ offset: -0.4 }))
    expect(await numbersInHalf(bench.folder, path, 'right', leftWidth)).toEqual(
      Array.from({ length: 90 }, (_, index) => Math.min(29, Math.floor((index + 12) / 2))),
    )
  })

  it('has the sound of the chosen side, or none', async () => {
    const audioOf = async (change: Partial<SideBySideJob>) =>
      (await clipFacts(bench.mediaTools, valueOf(await compare(change)).path)).audio
    expect(await audioOf({ sound: 'reference' })).toMatchObject({ codec: 'aac' })
    expect(await audioOf({ sound: 'result' })).toBeNull()
    expect(await audioOf({ sound: 'none' })).toBeNull()
  })

  it('never replaces a file, and does no work before it says so', async () => {
    const target = join(bench.folder, 'precious.mp4')
    await writeFile(target, 'precious')
    const commands: string[] = []
    const job: SideBySideJob = { reference, result, offset: 0, sound: 'none', target }
    const outcome = await sideBySide(bench.mediaTools, job, { onCommand: (line) => commands.push(line) })
    expect(problemOf(outcome).code).toBe('file-exists')
    expect(await readFile(target, 'utf8')).toBe('precious')
    expect(commands).toEqual([])
  })

  it.each([3, -3, 1000])(
    'refuses an offset of %i s, at which nothing would stand beside anything',
    async (offset) => {
      expect(problemOf(await compare({ offset }))).toMatchObject({ code: 'usage' })
    },
  )

  it('leaves nothing behind when it is cancelled', async () => {
    const controller = new AbortController()
    const target = join(bench.folder, 'cancelled.mp4')
    // Large enough to be still at work when the first progress is told.
    const large = await clips.makeClip(bench.folder, 'large.mp4', { width: 1280, height: 720, busy: true })
    const job: SideBySideJob = { reference: large, result: large, offset: 0, sound: 'none', target }
    const outcome = await sideBySide(bench.mediaTools, job, {
      signal: controller.signal,
      onProgress: () => {
        controller.abort()
      },
    })
    expect(problemOf(outcome).code).toBe('cancelled')
    expect((await readdir(bench.folder)).filter((name) => /cancelled|\.part/.test(name))).toEqual([])
  })

  it('refuses what is no video', async () => {
    expect(problemOf(await compare({ result: await clips.textAsClip(bench.folder) })).code).toBe(
      'not-a-video',
    )
  })
})

describe('a machine without ffmpeg', () => {
  it('answers every call with what to do about it', async () => {
    const parts = { run: runTool, workFolder: bench.folder }
    const tools = { ffmpeg: null, ffprobe: bench.mediaTools.ffprobe }
    const media = createMedia({ ...parts, tools: () => Promise.resolve(tools) })
    const facts = await clipFacts(bench.mediaTools, reference)
    const answers = await Promise.all([
      media.inspect(reference),
      media.picture(reference, facts, 100),
      media.frameTimes(reference),
      media.verifyResult(reference),
      media.sideBySide({ reference, result, offset: 0, sound: 'none', target: join(bench.folder, 'x.mp4') }),
    ])
    for (const answer of answers) {
      expect(problemOf(answer).code).toBe('tool-missing')
      expect(problemOf(answer).advice).toContain('ffmpeg')
    }
  })
})
