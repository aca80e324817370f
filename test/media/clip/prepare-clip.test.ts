import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
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

const range = (first: number, count: number) => Array.from({ length: count }, (_, index) => first + index)

describe('an exact trim', () => {
  const steady = {
    'a steady clip': clips.landscape,
    'one long group of pictures with B-frames in MP4': clips.longGopMp4,
    'the same in QuickTime': clips.longGopMov,
    'a clip recorded upright': clips.rotated,
    HEVC: clips.hevcClip,
    'ten bits': clips.tenBit,
    HDR: clips.hdr,
    WebM: clips.webm,
    Matroska: clips.mkv,
    'an interlaced clip': clips.interlaced,
    'wide pixels': clips.widePixels,
  }
  it.each(Object.entries(steady))('of %s has exactly the frames asked for', async (_, make) => {
    const source = await make(bench.folder)
    const prepared = await prepare(source, { start: 0.7, length: 2.2 })
    expect(prepared.frames).toBe(66)
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(21, 66))
  })

  it('of a clip already cut without re-encoding starts at its first shown frame, not at a hidden one', async () => {
    const source = await clips.cutWithEditList(bench.folder)
    const prepared = await prepare(source, { start: 0, length: 3 })
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(39, 90))
  })

  it('of a broadcast-rate clip keeps that rate', async () => {
    const source = await clips.ntsc(bench.folder)
    const prepared = await prepare(source, { start: 1, length: 3, maxLength: 10 })
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(30, 90))
    expect(await ffprobe('-show_entries', 'stream=r_frame_rate', '-of', 'csv=p=0', prepared.path)).toContain(
      '30000/1001',
    )
  })

  it('far into a long clip is as exact as at its start', async () => {
    const source = await clips.makeClip(bench.folder, 'long.mp4', { seconds: 30, width: 320, height: 180 })
    const prepared = await prepare(source, { start: 25.5, length: 3 })
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(765, 90))
  })

  it('is found where there is no keyframe near it', async () => {
    const source = await clips.makeClip(bench.folder, 'one-keyframe.mp4', {
      ...{ seconds: 16, width: 320, height: 180 },
      video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '9999', '-bf', '3', '-pix_fmt', 'yuv420p'],
    })
    const prepared = await prepare(source, { start: 12.4, length: 3 })
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(372, 90))
  })

  it('of the whole clip keeps every frame', async () => {
    const prepared = await prepare(await clips.landscape(bench.folder))
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(0, 120))
  })

  it('of an uneven clip shows at every moment what the source shows then, at a constant rate', async () => {
    const source = await clips.variableRate(bench.folder)
    const prepared = await prepare(source, { start: 0.5, length: 3.5 })
    const [shown, all] = [await clips.frameNumbers(prepared.path), await clips.frameNumbers(source)]
    expect(prepared.frames).toBe(Math.floor(3.5 * prepared.frameRate + 0.01))
    expect(shown).toHaveLength(prepared.frames)
    const half = 0.5 / prepared.frameRate
    shown.forEach((number, index) => {
      const moment = 0.5 + index / prepared.frameRate
      const next = all[all.indexOf(number) + 1] ?? Infinity
      // Numbers count thirtieths of a second.
      expect(number / 30).toBeLessThanOrEqual(moment + half + 0.001)
      expect(next / 30).toBeGreaterThanOrEqual(moment - half - 0.001)
    })
  })

  it('of a clip with missing frames keeps every frame there is, and holds it over the gap', async () => {
    const source = await clips.variableRate(bench.folder)
    const prepared = await prepare(source)
    expect(prepared).toMatchObject({ frameRate: 30, frames: 120, duration: 4 })
    const shown = await clips.frameNumbers(prepared.path)
    expect([...new Set(shown)]).toEqual(await clips.frameNumbers(source))
  })

  it('of a fast clip keeps within the allowed frame rate and its length', async () => {
    const prepared = await prepare(await clips.fast(bench.folder), { start: 1, length: 2 })
    expect(prepared).toMatchObject({ frameRate: 60, frames: 120, duration: 2 })
    expect(await clips.frameNumbers(prepared.path)).toEqual(range(60, 120).map((_, index) => 120 + 2 * index))
  })
})

describe('a prepared clip', () => {
  it('is H.264 High, 8 bit, upright, with square pixels, from zero, without any edit list', async () => {
    for (const make of [clips.rotated, clips.hdr, clips.longGopMov, clips.widePixels]) {
      const prepared = await prepare(await make(bench.folder), { start: 0.5, length: 2 })
      const [video] = JSON.parse(
        await ffprobe('-show_streams', '-select_streams', 'v', '-of', 'json', prepared.path),
      ).streams
      expect(video).toMatchObject({
        codec_name: 'h264',
        profile: 'High',
        pix_fmt: 'yuv420p',
        sample_aspect_ratio: '1:1',
        start_pts: 0,
        has_b_frames: 0,
        nb_frames: '60',
      })
      expect(video.side_data_list).toBeUndefined()
      expect((await readFile(prepared.path)).includes('elst')).toBe(false)
    }
  })

  it('shows a clip recorded upright upright', async () => {
    const prepared = await prepare(await clips.rotated(bench.folder))
    expect(prepared).toMatchObject({ width: 360, height: 640 })
  })

  it('has its index before its pictures', async () => {
    const bytes = await readFile((await prepare(await clips.landscape(bench.folder))).path)
    expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
  })

  it('has even sides within the limit', async () => {
    const odd = await clips.makeClip(bench.folder, 'odd.mkv', {
      ...{ width: 641, height: 361, container: [] },
      video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv444p'],
    })
    expect(await prepare(odd, { length: 1 })).toMatchObject({ width: 640, height: 360 })
    expect(await prepare(odd, { length: 1, maxSide: 401 })).toMatchObject({ width: 400, height: 226 })
  })

  it('says the truth about itself', async () => {
    const prepared = await prepare(await clips.landscape(bench.folder), { length: 2 })
    const bytes = await readFile(prepared.path)
    expect(prepared).toMatchObject({
      path: join(bench.folder, 'prepared.mp4'),
      bytes: bytes.length,
      frames: 60,
      frameRate: 30,
      duration: 2,
      videoCodec: 'h264',
      pixelFormat: 'yuv420p',
      audio: { codec: 'aac', channels: 1, sampleRate: 48_000 },
    })
    expect(prepared.sha256).toMatch(/^[0-9a-f]{64}$/)
  })

  it('carries no place, title, device, chapter or subtitle of the source', async () => {
    const source = await clips.chatty(bench.folder)
    const before = (await readFile(source)).toString('latin1')
    const prepared = await prepare(source, { length: 2 })
    const after = (await readFile(prepared.path)).toString('latin1')
    for (const word of Object.values(clips.privateWords)) {
      expect(before).toContain(word)
      expect(after).not.toContain(word)
    }
    const report = await ffprobe('-show_streams', '-show_chapters', '-of', 'json', prepared.path)
    const { streams, chapters } = JSON.parse(report)
    expect(streams).toMatchObject([{ codec_type: 'video' }, { codec_type: 'audio' }])
    expect(chapters).toEqual([])
  })

  it('leaves the source as it was', async () => {
    const source = await clips.longGopMp4(bench.folder)
    const before = await readFile(source)
    await prepare(source, { start: 1, length: 3 })
    expect((await readFile(source)).equals(before)).toBe(true)
  })

  it('comes with the command lines that made it', async () => {
    const lines: string[] = []
    const job = await clipJob(bench, await clips.landscape(bench.folder), { length: 1 })
    valueOf(await prepareClip(bench.mediaTools, job, { onCommand: (line) => lines.push(line) }))
    expect(lines.some((line) => line.includes('libx264') && line.includes('trim=end='))).toBe(true)
  })
})

describe('the sound of a prepared clip', () => {
  /** Second at which a signal that starts as silence becomes loud. */
  async function onset(path: string): Promise<number> {
    const raw = await ffmpeg('-i', path, '-map', '0:a:0', '-ac', '1', '-ar', '48000', '-f', 's16le', 'pipe:1')
    const samples = new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2)
    return samples.findIndex((sample) => Math.abs(sample) > 3000) / 48_000
  }
  const beep = async () => {
    const silentStart = join(bench.folder, 'beep.mp4')
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30:d=5'],
      ...['-f', 'lavfi', '-i', "aevalsrc='if(gte(t,2),0.8*sin(2000*t),0)':s=44100:d=5"],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-y', silentStart],
    )
    return silentStart
  }

  it('stays in step with the picture', async () => {
    const prepared = await prepare(await beep(), { start: 0.5, length: 4 })
    expect(Math.abs((await onset(prepared.path)) - 1.5)).toBeLessThan(0.005)
  })

  it('ends with the picture and never after it', async () => {
    const prepared = await prepare(await beep(), { start: 0.5, length: 4 })
    const entries = ['-show_entries', 'stream=duration,start_time:format=duration', '-of', 'json']
    const { streams, format } = JSON.parse(await ffprobe(...entries, '-select_streams', 'a', prepared.path))
    const [sound] = streams
    expect(Number(sound.start_time)).toBe(0)
    expect(Number(sound.duration)).toBeLessThanOrEqual(4)
    expect(Number(sound.duration)).toBeGreaterThan(3.95)
    expect(Number(format.duration)).toBe(4)
  })

  it('is left out when it is not wanted, or not there', async () => {
    expect((await prepare(await beep(), { length: 1, keepSound: false })).audio).toBeNull()
    expect((await prepare(await clips.silent(bench.folder), { length: 1 })).audio).toBeNull()
  })
})

describe('a clip that cannot be prepared', () => {
  it('because it changed since it was checked is refused', async () => {
    const source = await clips.landscape(bench.folder)
    const job = await clipJob(bench, source)
    await copyFile(await clips.short(bench.folder), source)
    expect(problemOf(await prepareClip(bench.mediaTools, job))).toMatchObject({ code: 'input-refused' })
  })

  it('is never written over its own source', async () => {
    const source = await clips.landscape(bench.folder)
    const before = await readFile(source)
    const job = await clipJob(bench, source, { target: source })
    expect(problemOf(await prepareClip(bench.mediaTools, job)).code).toBe('file-exists')
    expect((await readFile(source)).equals(before)).toBe(true)
  })

  it('because the folder is not there says so', async () => {
    const target = join(bench.folder, 'no', 'such', 'folder', 'clip.mp4')
    const job = await clipJob(bench, await clips.landscape(bench.folder), { target })
    expect(problemOf(await prepareClip(bench.mediaTools, job)).code).toBe('folder-unwritable')
  })

  it('because its pictures are damaged says so and leaves nothing behind', async () => {
    const source = await clips.landscape(bench.folder)
    const bytes = await readFile(source)
    bytes.fill(0xff, Math.round(bytes.length * 0.4), Math.round(bytes.length * 0.6))
    const broken = join(bench.folder, 'broken.mp4')
    await writeFile(broken, bytes)
    const target = join(bench.folder, 'never.mp4')
    const job = await clipJob(bench, broken, { target })
    expect(problemOf(await prepareClip(bench.mediaTools, job)).code).toBe('file-damaged')
    expect(
      (await readdir(bench.folder)).filter((name) => name.includes('.part') || name === 'never.mp4'),
    ).toEqual([])
  })
})
