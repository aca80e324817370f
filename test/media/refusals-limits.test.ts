import { open, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { maxFrames } from '../../src/main/media/limits.ts'
import { inspect } from '../../src/main/media/create-media.ts'
import { picture } from '../../src/main/media/previews/picture.ts'
import type { RunTool } from '../../src/main/system/ports.ts'
import { aClip } from '../support/clips/facts.ts'
import * as clips from '../support/clips/clips.ts'
import { clipFacts, createWorkbench, problemOf, type Workbench } from '../support/clips/media-kit.ts'
import { ffmpeg } from '../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const refused = async (path: string) => problemOf(await inspect(bench.mediaTools, path))
const made = async (name: string, ...args: readonly string[]) => {
  const path = join(bench.folder, name)
  await ffmpeg(...args, '-y', `file:${path}`)
  return path
}
const source = (size: string, rate: string, seconds: number) => [
  ...['-f', 'lavfi', '-i', `color=gray:size=${size}:rate=${rate}:duration=${String(seconds)}`],
]

const patient = { timeout: 600_000 }

describe('a clip beyond what the studio reads is refused with its measure', () => {
  it('when its pictures are too wide or too many pixels in all', async () => {
    const wide = await made('wide.mkv', ...source('8448x64', '5', 1), '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p')
    expect(await refused(wide)).toMatchObject({
      code: 'input-refused',
      message: expect.stringContaining('8448 × 64') as string,
    })
    const many = await made(
      'many.mkv',
      ...source('6000x6000', '1', 1),
      '-c:v',
      'mjpeg',
      '-pix_fmt',
      'yuvj420p',
    )
    expect((await refused(many)).code).toMatch(/^(?:input-refused|file-damaged)$/)
  })

  it('when it is longer than four hours, or one picture every ten minutes', async () => {
    const long = await made('long.mkv', ...source('64x64', '1/600', 15_600), '-c:v', 'mpeg4')
    expect(await refused(long)).toMatchObject({
      code: 'input-refused',
      message: expect.stringContaining('four hours') as string,
    })
  })

  it('when it has more than 240 frames per second', async () => {
    const fast = await made('fast.mkv', ...source('64x64', '500', 1), '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p')
    expect(await refused(fast)).toMatchObject({
      code: 'input-refused',
      message: expect.stringContaining('500 frames per second') as string,
    })
  })

  it('when it holds more than 16 tracks', async () => {
    const sounds = Array.from({ length: 16 }, () => ['-map', '1:a']).flat()
    const sine = ['-f', 'lavfi', '-i', 'sine=d=1']
    const tracks = await made(
      'tracks.mkv',
      ...[...source('64x64', '5', 1), ...sine, '-map', '0:v', ...sounds, '-c:v', 'mpeg4', '-c:a', 'mp2'],
    )
    expect(await refused(tracks)).toMatchObject({
      code: 'input-refused',
      message: expect.stringContaining('17 tracks') as string,
    })
  })

  // A busy machine takes minutes to read a million lines.
  it(
    'when it claims more pictures than four hours can hold: it is not read to the end',
    patient,
    async () => {
      const path = await clips.landscape(bench.folder)
      let stopped = false
      const endless: RunTool = async ({ onOutput, signal }) => {
        const line = '{"codec_type":"video","stream_index":0,"pts_time":"1.0","size":"9","flags":"K__"},\n'
        const chunk = new TextEncoder().encode(line.repeat(maxFrames / 20))
        onOutput?.(new TextEncoder().encode('{\n  "packets": [\n'))
        for (let nth = 0; nth < 40 && !stopped; nth += 1) {
          onOutput?.(chunk)
          stopped = signal?.aborted ?? false
        }
        return Promise.resolve({ ended: 'cancelled', exitCode: null, stdout: new Uint8Array(), stderr: '' })
      }
      const problem = problemOf(await inspect({ ...bench.mediaTools, run: endless }, path))
      expect(problem).toMatchObject({ code: 'input-refused' })
      expect(stopped).toBe(true)
    },
  )
})

describe('a picture of 256 million pixels inside a film', () => {
  it('is neither measured nor decoded', async () => {
    const path = join(bench.folder, 'bomb.mkv')
    const small = await made('small.mkv', ...source('512x512', '1', 1), '-c:v', 'png', '-frames:v', '1')
    const bytes = await readFile(small)
    // The width and height in the header of the picture, and those that the container gives.
    const header = bytes.indexOf('IHDR')
    bytes.writeUInt32BE(16_000, header + 4)
    bytes.writeUInt32BE(16_000, header + 8)
    for (const id of ['b082', 'ba82']) {
      const at = bytes.indexOf(Buffer.from(id, 'hex'))
      bytes.writeUInt16BE(16_000, at + 2)
    }
    await writeFile(path, bytes)
    expect((await refused(path)).code).toMatch(/^(?:input-refused|file-damaged)$/)
    const believed = aClip({ width: 512, height: 512, container: 'mkv' })
    expect(problemOf(await picture(bench.mediaTools, path, believed, 320)).code).toBe('file-damaged')
  })
})

describe('a clip at the edge of what the studio reads', () => {
  it('is taken', async () => {
    const wide = await made(
      'edge.mkv',
      ...source('8192x64', '240', 1),
      '-c:v',
      'mjpeg',
      '-pix_fmt',
      'yuvj420p',
    )
    expect(await clipFacts(bench.mediaTools, wide)).toMatchObject({ width: 8192, frameRate: 240 })
  })
})

describe('the name of a file', () => {
  it('is never opened for writing while it is measured', async () => {
    const path = await clips.landscape(bench.folder)
    const before = await readFile(path)
    const file = await open(path)
    const { mtimeMs } = await file.stat()
    await clipFacts(bench.mediaTools, path)
    expect((await file.stat()).mtimeMs).toBe(mtimeMs)
    await file.close()
    expect(await readFile(path)).toEqual(before)
  })
})
