import { appendFile, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspect } from '../../../src/main/media/create-media.ts'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import { frameNumbers, makeClip, type ClipRecipe } from '../../support/clips/clips.ts'
import { ffmpeg } from '../../support/processes/tools.ts'
import {
  clipJob,
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

const small = { width: 160, height: 96, rate: 15, seconds: 2 }
const mpeg2 = ['-c:v', 'mpeg2video', '-q:v', '2', '-g', '15', '-bf', '2']
const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '15', '-bf', '2', '-pix_fmt', 'yuv420p']
const mp2 = ['-c:a', 'mp2']

const kinds: readonly (readonly [string, string, Partial<ClipRecipe>])[] = [
  ['camera.mts', 'mpegts', { video: h264, container: ['-f', 'mpegts', '-mpegts_m2ts_mode', '1'] }],
  ['film.mpg', 'mpeg', { rate: 25, video: mpeg2, audio: mp2, container: ['-f', 'mpeg'] }],
  ['call.flv', 'flv', { video: h264, container: [] }],
  ['windows.wmv', 'asf', { video: ['-c:v', 'wmv2', '-q:v', '2'], audio: ['-c:a', 'wmav2'], container: [] }],
  [
    'free.ogv',
    'ogg',
    { video: ['-c:v', 'libtheora', '-q:v', '9'], audio: ['-c:a', 'libvorbis'], container: [] },
  ],
  ['studio.mxf', 'mxf', { rate: 25, video: mpeg2, audio: ['-c:a', 'pcm_s16le'], container: [] }],
]

describe('a clip in a container', () => {
  it.each(kinds)('%s is read as %s and prepared frame by frame', async (name, container, recipe) => {
    const path = await makeClip(bench.folder, name, { ...small, container: [], ...recipe })
    const shown = await frameNumbers(path)
    const job = await clipJob(bench, path, {
      start: 0.6,
      length: 0.8,
      target: join(bench.folder, `${name}.mp4`),
    })
    expect(job.facts).toMatchObject({ container, frames: shown.length, variableFrameRate: false })
    const { frames } = valueOf(await prepareClip(bench.mediaTools, job))
    const first = Math.round(0.6 * (recipe.rate === 25 ? 25 : 15))
    expect(await frameNumbers(job.target)).toEqual(shown.slice(first, first + frames))
    expect(frames).toBe(recipe.rate === 25 ? 20 : 12)
  })
})

describe('recordings behind each other in one stream', () => {
  it('are refused by that name, since their clock begins again', async () => {
    const path = await makeClip(bench.folder, 'camera.ts', {
      ...small,
      video: h264,
      container: ['-f', 'mpegts'],
    })
    const once = await readFile(path)
    await writeFile(path, Buffer.concat([once, once]))
    expect(problemOf(await inspect(bench.mediaTools, path))).toMatchObject({
      code: 'input-refused',
      message: '“camera.ts” contains several recordings, so its clock restarts in the middle.',
    })
  })
})

describe('a picture that moves', () => {
  const stills = { sound: false, audio: [], container: [], seconds: 1 }
  const moving: readonly (readonly [string, string, string, Partial<ClipRecipe>])[] = [
    ['dance.gif', 'gif', 'gif', { video: ['-c:v', 'gif'] }],
    ['dance.png', 'apng', 'png', { video: ['-c:v', 'apng', '-pred', 'mixed', '-f', 'apng'] }],
  ]

  it.each(moving)(
    '%s is a clip where a clip is wanted, else its first picture',
    async (name, container, format, recipe) => {
      const path = await makeClip(bench.folder, name, { ...small, rate: 10, ...stills, ...recipe })
      expect(valueOf(await inspect(bench.mediaTools, path))).toMatchObject({
        kind: 'character',
        format,
        animated: true,
      })
      const facts = valueOf(await inspect(bench.mediaTools, path, {}, 'clip'))
      expect(facts).toMatchObject({ kind: 'clip', container, frames: 10, duration: 1 })
      if (facts.kind !== 'clip') return
      const target = join(bench.folder, `${name}.mp4`)
      valueOf(
        await prepareClip(
          bench.mediaTools,
          await clipJob(bench, path, { facts, start: 0.3, length: 0.5, target }),
        ),
      )
      expect(await frameNumbers(target)).toEqual([3, 4, 5, 6, 7])
    },
  )

  it('is refused as a clip where it was cut, though ffmpeg shows what is left of it', async () => {
    const gif = { ...small, ...stills, rate: 10, video: ['-c:v', 'gif'] }
    const path = await makeClip(bench.folder, 'cut.gif', gif)
    const { size } = await stat(path)
    for (const kept of [size - 1, size - 20, Math.round(size * 0.6)]) {
      await truncate(path, kept)
      const read = await inspect(bench.mediaTools, path, {}, 'clip')
      // The very last byte only says that nothing follows.
      if (kept === size - 1) expect(read.ok).toBe(true)
      else expect(problemOf(read).code).toBe('file-damaged')
    }
  })

  it('is refused as a clip where it does not move, and where ffmpeg does not read it', async () => {
    const still = await makeClip(bench.folder, 'still.gif', {
      ...small,
      ...stills,
      rate: 1,
      video: ['-c:v', 'gif'],
    })
    expect(problemOf(await inspect(bench.mediaTools, still, {}, 'clip'))).toMatchObject({
      code: 'not-a-video',
      message: '“still.gif” is an image, not a video.',
    })
    const webp = join(bench.folder, 'moving.webp')
    await writeFile(webp, Buffer.from('RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x3f\0\0\x3f\0\0', 'latin1'))
    expect(problemOf(await inspect(bench.mediaTools, webp, {}, 'clip'))).toMatchObject({
      message: '“moving.webp” is an animated WebP, which can’t be used as a clip.',
      advice: 'Save it as GIF, APNG or MP4 and choose that.',
    })
  })
})

describe('a file of more than 4.29 GB', () => {
  it('is read, and a part of it prepared', async () => {
    const path = await makeClip(bench.folder, 'huge.mp4', small)
    const { size } = await stat(path)
    // Six gigabytes of nothing behind the pictures, of which the disk keeps no block.
    const nothing = Buffer.alloc(16)
    nothing.writeUInt32BE(1, 0)
    nothing.write('free', 4, 'latin1')
    nothing.writeBigUInt64BE(BigInt(6e9), 8)
    await appendFile(path, nothing)
    await truncate(path, size + 6e9)
    const job = await clipJob(bench, path, {
      start: 0.6,
      length: 0.8,
      target: join(bench.folder, 'part.mp4'),
    })
    expect(job.facts).toMatchObject({ bytes: size + 6e9, frames: 30 })
    valueOf(await prepareClip(bench.mediaTools, job))
    expect(await frameNumbers(job.target)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
    await truncate(path, 0)
  })
})

describe('a see-through clip', () => {
  const boxed = [
    // A quarter is a green square, the rest is see-through over hidden red.
    ...['-f', 'lavfi', '-i', 'color=c=red:s=64x64:r=10:d=1,format=rgba'],
    ...['-f', 'lavfi', '-i', 'color=c=lime:s=32x32:r=10:d=1,format=rgba'],
    ...[
      '-filter_complex',
      '[0:v]colorchannelmixer=aa=0[under];[under][1:v]overlay=format=rgb:alpha=straight',
    ],
  ]
  const made: readonly (readonly [string, readonly string[]])[] = [
    ['vp8.webm', ['-c:v', 'libvpx', '-pix_fmt', 'yuva420p', '-auto-alt-ref', '0', '-b:v', '2M']],
    ['vp9.webm', ['-c:v', 'libvpx-vp9', '-pix_fmt', 'yuva420p', '-b:v', '2M', '-deadline', 'realtime']],
    ['prores.mov', ['-c:v', 'prores_ks', '-profile:v', '4444', '-pix_fmt', 'yuva444p10le']],
    ['animation.mov', ['-c:v', 'qtrle', '-pix_fmt', 'argb']],
    ['moving.png', ['-c:v', 'apng', '-f', 'apng', '-pix_fmt', 'rgba']],
  ]

  it.each(made)('%s is laid on the chosen colour, and nothing hidden shows', async (name, coded) => {
    const path = join(bench.folder, name)
    await ffmpeg(...boxed, ...coded, '-y', `file:${path}`)
    const facts = valueOf(await inspect(bench.mediaTools, path, {}, 'clip'))
    if (facts.kind !== 'clip') throw new Error('no clip')
    expect(facts).toMatchObject({ alpha: true, frames: 10 })
    const job = await clipJob(bench, path, {
      facts,
      background: '#2040c0',
      target: join(bench.folder, 'laid.mp4'),
    })
    const { frames } = valueOf(await prepareClip(bench.mediaTools, job))
    expect(frames).toBe(10)
    const raw = await ffmpeg(
      ...['-i', `file:${job.target}`, '-vf', 'scale=64:64', '-pix_fmt', 'rgb24'],
      ...['-frames:v', '1', '-f', 'rawvideo', 'pipe:1'],
    )
    const at = (x: number, y: number) => [...raw.subarray((y * 64 + x) * 3, (y * 64 + x) * 3 + 3)]
    const isNear = (shown: readonly number[], meant: readonly number[]) =>
      shown.every((value, nth) => Math.abs(value - (meant[nth] ?? 0)) <= 8)
    expect([at(10, 10), isNear(at(10, 10), [0, 255, 0])]).toEqual([at(10, 10), true])
    for (const [x, y] of [
      [50, 50],
      [50, 10],
      [10, 50],
    ] as const)
      expect([at(x, y), isNear(at(x, y), [0x20, 0x40, 0xc0])]).toEqual([at(x, y), true])
  })
})
