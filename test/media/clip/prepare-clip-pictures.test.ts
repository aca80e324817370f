import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClipJob } from '../../../src/main/media/media.ts'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import * as clips from '../../support/clips/clips.ts'
import {
  clipJob,
  createWorkbench,
  problemOf,
  valueOf,
  type Workbench,
} from '../../support/clips/media-kit.ts'
import { ffmpeg, ffprobe } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const prepare = async (source: string, change: Partial<ClipJob> = {}) =>
  valueOf(await prepareClip(bench.mediaTools, await clipJob(bench, source, change)))

const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index)

/** Brightness of the middle of the first frame as a screen shows it, from 0 to 255. */
async function brightness(path: string): Promise<number> {
  const raw = await ffmpeg(
    ...['-i', path, '-frames:v', '1', '-vf', 'crop=16:16,format=rgb24,scale=1:1:flags=area'],
    ...['-f', 'rawvideo', 'pipe:1'],
  )
  return raw[1] ?? -1
}

/** A plain colour for a second, coded as told. */
async function colour(name: string, filter: string, ...video: readonly string[]): Promise<string> {
  const path = join(bench.folder, name)
  await ffmpeg('-f', 'lavfi', '-i', `color=s=320x320:r=10:d=1,${filter}`, ...video, '-y', path)
  return path
}

describe('the size of a prepared clip', () => {
  it('is raised where a side is too small, in the same shape', async () => {
    const source = await clips.makeClip(bench.folder, 'small.mp4', { width: 320, height: 180, seconds: 1 })
    expect(await prepare(source, { minSide: 340, maxSide: 3850 })).toMatchObject({ width: 604, height: 340 })
  })

  it('is lowered where a side is too long, also of a clip recorded upright', async () => {
    const source = await clips.rotated(bench.folder)
    expect(await prepare(source, { length: 1, maxSide: 400 })).toMatchObject({ width: 226, height: 400 })
  })

  it('is refused where both limits cannot be kept in that shape', async () => {
    const source = await clips.makeClip(bench.folder, 'strip.mp4', { width: 1280, height: 64, seconds: 1 })
    const job = await clipJob(bench, source, { minSide: 340, maxSide: 3850 })
    expect(problemOf(await prepareClip(bench.mediaTools, job))).toMatchObject({
      code: 'input-refused',
      message: expect.stringContaining('1280 × 64'),
    })
  })

  it('of odd sides is even, and never below the least', async () => {
    const odd = await clips.makeClip(bench.folder, 'odd.mkv', {
      ...{ width: 341, height: 341, seconds: 1, container: [] },
      video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p'],
    })
    expect(await prepare(odd, { minSide: 341 })).toMatchObject({ width: 342, height: 342 })
  })
})

describe('the colours of a prepared clip', () => {
  it.each([
    ['4:4:4', 'yuv444p'],
    ['4:2:2', 'yuv422p'],
    ['ten bits', 'yuv420p10le'],
    ['4:2:2 in ten bits', 'yuv422p10le'],
  ])('of %s are 8-bit 4:2:0, with every frame', async (_, format) => {
    const source = await clips.makeClip(bench.folder, `${format}.mkv`, {
      ...{ seconds: 1, width: 320, height: 180, container: [] },
      video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', format],
    })
    const prepared = await prepare(source)
    expect(prepared.pixelFormat).toBe('yuv420p')
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(30))
  })

  it('of full range become limited without a change of brightness', async () => {
    const full = await colour(
      'full.mp4',
      'geq=r=200:g=200:b=200,scale=out_range=pc,format=yuvj420p',
      ...['-c:v', 'libx264', '-color_range', 'pc'],
    )
    const prepared = await prepare(full)
    expect(prepared.pixelFormat).toBe('yuv420p')
    expect(Math.abs((await brightness(prepared.path)) - (await brightness(full)))).toBeLessThanOrEqual(2)
  })

  it.each([
    ['PQ', 'smpte2084'],
    ['HLG', 'arib-std-b67'],
  ])('of HDR in %s become ordinary ones, and say so', async (_, transfer) => {
    const x265 = `log-level=none:colorprim=bt2020:transfer=${transfer}:colormatrix=bt2020nc`
    const source = await colour(
      `${transfer}.mp4`,
      'geq=r=150:g=150:b=150,format=yuv420p10le',
      ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', x265],
      ...['-color_primaries', 'bt2020', '-color_trc', transfer, '-colorspace', 'bt2020nc'],
    )
    const prepared = await prepare(source)
    const entries = 'stream=pix_fmt,color_transfer,color_primaries,color_space'
    expect(
      JSON.parse(await ffprobe('-show_entries', entries, '-of', 'json', prepared.path)).streams[0],
    ).toEqual({
      pix_fmt: 'yuv420p',
      color_space: 'bt709',
      color_transfer: 'bt709',
      color_primaries: 'bt709',
    })
    const light = await brightness(prepared.path)
    expect(light).toBeGreaterThan(40)
    expect(light).toBeLessThan(250)
  })

  it('of HDR that says nothing of itself but how brightness is coded become ordinary ones, too', async () => {
    const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le']
    const told = [...x264, '-color_primaries', 'bt2020', '-colorspace', 'bt2020nc']
    const hlg = ['-color_trc', 'arib-std-b67']
    const grey = 'geq=r=150:g=150:b=150'
    const light: number[] = []
    for (const [name, coded] of Object.entries({ untold: x264, told }))
      light.push(await brightness((await prepare(await colour(`${name}.mkv`, grey, ...coded, ...hlg))).path))
    expect(light[0]).toBe(light[1])
  })

  it('of an interlaced clip have no combs', async () => {
    // Every line that is even is black in one field and every odd one white in the other.
    const combed = join(bench.folder, 'combed.mp4')
    await ffmpeg(
      ...[
        '-f',
        'lavfi',
        '-i',
        'color=black:s=320x320:r=60:d=1,geq=lum=if(mod(N\\,2)\\,235\\,16):cb=128:cr=128',
      ],
      ...['-vf', 'interlace=lowpass=0', '-c:v', 'libx264', '-preset', 'ultrafast', '-flags', '+ildct+ilme'],
      ...['-x264opts', 'tff=1', '-pix_fmt', 'yuv420p', '-y', combed],
    )
    const rows = async (path: string) => {
      const raw = await ffmpeg(
        ...['-i', path, '-vf', 'select=eq(n\\,5),format=gray,crop=1:16', '-frames:v', '1'],
        ...['-f', 'rawvideo', 'pipe:1'],
      )
      return [...raw].slice(1).filter((value, index) => Math.abs(value - (raw[index] ?? value)) > 100).length
    }
    expect(await rows(combed)).toBeGreaterThan(10)
    expect(await rows((await prepare(combed)).path)).toBe(0)
  })
})

describe('an exact trim of what other programs write', () => {
  const made: Record<string, () => Promise<string>> = {
    'ProRes in QuickTime': () =>
      clips.makeClip(bench.folder, 'prores.mov', {
        video: ['-c:v', 'prores_ks', '-profile:v', '0', '-pix_fmt', 'yuv422p10le'],
        ...{ width: 320, height: 180, audio: ['-c:a', 'pcm_s16le'], container: [] },
      }),
    'a clip whose clock begins late': async () => {
      const late = join(bench.folder, 'late.mp4')
      const plain = await clips.longGopMp4(bench.folder)
      await ffmpeg('-i', plain, '-c', 'copy', '-output_ts_offset', '7.4', '-y', late)
      return late
    },
    'a Matroska whose clock begins late': async () => {
      const late = join(bench.folder, 'late.mkv')
      const plain = await clips.longGopMp4(bench.folder)
      await ffmpeg('-i', plain, '-c', 'copy', '-output_ts_offset', '7.4', '-y', late)
      return late
    },
    'a clip turned upside down': async () =>
      clips.turn(await clips.makeClip(bench.folder, 'upside.mp4', { filter: 'hflip,vflip' }), 180),
    'Motion JPEG in AVI': () =>
      clips.makeClip(bench.folder, 'mjpeg.avi', {
        ...{ video: ['-c:v', 'mjpeg', '-q:v', '3', '-pix_fmt', 'yuvj420p'], audio: ['-c:a', 'pcm_s16le'] },
        container: [],
      }),
  }
  it.each(Object.entries(made))('%s has the right first and last frame', async (_, make) => {
    const prepared = await prepare(await make(), { start: 1.2, length: 2 })
    expect(prepared.frames).toBe(60)
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(60, 36))
  })

  it('keeps 300 of 300 frames of a clip with B-frames and few keyframes, and their number is in the file', async () => {
    const source = await clips.makeClip(bench.folder, 'thirty.mp4', {
      ...{ seconds: 14, width: 320, height: 180 },
      video: ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '250', '-bf', '3', '-pix_fmt', 'yuv420p'],
    })
    const { path } = await prepare(source, { start: 3.5, length: 10, maxLength: 10 })
    expect(await clips.frameNumbers(path)).toEqual(range(300, 105))
    const counted = await ffprobe(
      ...['-select_streams', 'v', '-count_packets', '-show_entries', 'stream=nb_read_packets,start_pts'],
      ...['-of', 'csv=p=0', path],
    )
    expect(counted.trim()).toBe('0,300')
  })
})

describe('the sound of a prepared clip', () => {
  it('of six channels becomes stereo', async () => {
    const surround = await clips.makeClip(bench.folder, 'surround.mp4', {
      ...{ seconds: 2, width: 320, height: 180, audio: ['-c:a', 'aac', '-ac', '6'] },
    })
    expect((await prepare(surround)).audio).toMatchObject({ codec: 'aac', channels: 2 })
  })
})
