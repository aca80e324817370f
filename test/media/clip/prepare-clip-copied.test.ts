import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClipJob } from '../../../src/main/media/media.ts'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import * as clips from '../../support/clips/clips.ts'
import { clipJob, createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import { ffmpeg, ffprobe } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const withBFrames = (name: string, change: Partial<clips.ClipRecipe> = {}) =>
  clips.makeClip(bench.folder, name, {
    video: ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '60', '-bf', '3', '-pix_fmt', 'yuv420p'],
    ...change,
  })

async function copy(source: string, change: Partial<ClipJob> = {}) {
  const lines: string[] = []
  const job = await clipJob(bench, source, { copy: true, ...change })
  const prepared = valueOf(
    await prepareClip(bench.mediaTools, job, { onCommand: (line) => lines.push(line) }),
  )
  return { prepared, coded: lines.some((line) => line.includes('libx264')) }
}

/** What every packet of a track holds, but for messages between the pictures. */
async function packets(path: string, track: 'v' | 'a'): Promise<readonly string[]> {
  const plain = track === 'v' ? ['-bsf:v', 'filter_units=remove_types=6'] : []
  const listed = await ffmpeg(
    ...['-i', path, '-map', `0:${track}:0`, '-c', 'copy', ...plain],
    ...['-f', 'framehash', '-hash', 'md5', 'pipe:1'],
  )
  const lines = listed.toString('utf8').split('\n')
  return lines.filter((line) => /^0,/.test(line)).map((line) => line.split(',').at(-1)?.trim() ?? '')
}

/** Of the file and of every track. */
async function starts(path: string): Promise<readonly number[]> {
  const listed = await ffprobe('-show_entries', 'stream=start_time:format=start_time', '-of', 'csv=p=0', path)
  return listed.trim().split(/\s+/).map(Number)
}

describe('a clip that fits as it is', () => {
  it('keeps every packet of its picture and its sound, and nothing is coded again', async () => {
    const source = await withBFrames('b-frames.mp4')
    const { prepared, coded } = await copy(source)
    expect(coded).toBe(false)
    expect(await packets(prepared.path, 'v')).toEqual(await packets(source, 'v'))
    const [before, after] = [await packets(source, 'a'), await packets(prepared.path, 'a')]
    // The first one is the run-up of the coder, which only an edit list could hide.
    expect(after).toEqual(before.slice(1, 1 + after.length))
    expect(before.length - after.length).toBeLessThanOrEqual(3)
    expect(await clips.frameNumbers(prepared.path)).toEqual(Array.from({ length: 120 }, (_, index) => index))
  })

  it('starts at zero without an edit list, index first, whether it has B-frames or not', async () => {
    const sources = [await withBFrames('again.mp4'), await clips.landscape(bench.folder)]
    for (const source of sources) {
      const { prepared, coded } = await copy(source)
      expect(coded).toBe(false)
      const bytes = await readFile(prepared.path)
      expect(bytes.includes('elst')).toBe(false)
      expect(bytes.includes('edts')).toBe(false)
      expect(bytes.indexOf('moov')).toBeLessThan(bytes.indexOf('mdat'))
      expect(await starts(prepared.path)).toEqual([0, 0, 0])
    }
  })

  it('becomes an MP4 where it was QuickTime, on the clock of zero wherever its own began', async () => {
    const plain = await withBFrames('late.mp4')
    const late = join(bench.folder, 'late.mov')
    await ffmpeg('-i', plain, '-c', 'copy', '-output_ts_offset', '5', '-y', late)
    const { prepared } = await copy(late)
    expect((await readFile(prepared.path)).subarray(4, 8).toString()).toBe('ftyp')
    expect(await clips.frameNumbers(prepared.path)).toHaveLength(120)
    expect(await starts(prepared.path)).toEqual([0, 0, 0])
  })

  it('carries nothing private along, not even between its pictures', async () => {
    const source = await clips.chatty(bench.folder)
    const marked = join(bench.folder, 'marked.mp4')
    const secret = '086f3693-b7b3-4f2c-9653-21492feee5b8+Written by the camera of Ada'
    await ffmpeg(
      ...['-i', source, '-map', '0:v', '-map', '0:a', '-c', 'copy', '-map_metadata', '0'],
      ...[
        '-bsf:v',
        `h264_metadata=sei_user_data='${secret}'`,
        '-movflags',
        '+use_metadata_tags',
        '-y',
        marked,
      ],
    )
    const words = [
      clips.privateWords.title,
      clips.privateWords.handler,
      'Written by the camera',
      'x264 - core',
    ]
    const before = (await readFile(marked)).toString('latin1')
    const { prepared, coded } = await copy(marked)
    const after = (await readFile(prepared.path)).toString('latin1')
    expect(coded).toBe(false)
    for (const word of words) {
      expect(before).toContain(word)
      expect(after).not.toContain(word)
    }
    expect(after).not.toMatch(/Lav[cf]\d/)
  })

  it('leaves its sound out where it is not wanted', async () => {
    const { prepared, coded } = await copy(await withBFrames('silenced.mp4'), { keepSound: false })
    expect(coded).toBe(false)
    expect(prepared.audio).toBeNull()
  })

  it('keeps sound that begins later than the picture in step', async () => {
    const source = join(bench.folder, 'late-sound.mp4')
    await ffmpeg(
      ...['-f', 'lavfi', '-i', 'testsrc2=s=320x180:r=30:d=4', '-itsoffset', '0.5'],
      ...['-f', 'lavfi', '-i', 'sine=f=900:d=3.5', '-c:v', 'libx264', '-preset', 'ultrafast'],
      ...['-pix_fmt', 'yuv420p', '-c:a', 'aac', '-y', source],
    )
    const { prepared } = await copy(source)
    const raw = await ffmpeg(
      '-i',
      prepared.path,
      '-map',
      '0:a',
      '-ac',
      '1',
      '-ar',
      '48000',
      '-f',
      's16le',
      'pipe:1',
    )
    const samples = new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2)
    const onset = samples.findIndex((sample) => Math.abs(sample) > 1500) / 48_000
    expect(Math.abs(onset - 0.5)).toBeLessThan(0.025)
    expect(await packets(prepared.path, 'v')).toEqual(await packets(source, 'v'))
  })

  it('is coded again after all where its copy is no whole clip', async () => {
    const source = await clips.cutWithEditList(bench.folder)
    const { prepared, coded } = await copy(source)
    expect(coded).toBe(true)
    expect(await clips.frameNumbers(prepared.path)).toEqual(
      Array.from({ length: 122 }, (_, index) => 39 + index),
    )
  })

  it('is coded again where only a part of it is performed', async () => {
    const { coded, prepared } = await copy(await withBFrames('part.mp4'), { start: 1, length: 2 })
    expect(coded).toBe(true)
    expect(prepared.frames).toBe(60)
  })
})
