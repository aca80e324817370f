import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { evenFrames } from '../../../src/main/media/previews/even-stills.ts'
import { verifyResult } from '../../../src/main/media/verify.ts'
import { createWorkbench, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import { ffmpeg } from '../../support/processes/tools.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

/** Each frame is five levels brighter than the one before. */
async function brightening(frames: number, size = '160x90'): Promise<string> {
  const path = join(bench.folder, `brightening-${String(frames)}-${size}.mp4`)
  const source = `color=black:s=${size}:r=10,format=gray,geq=lum='20+5*N',format=yuv420p`
  const made = [
    '-y',
    '-f',
    'lavfi',
    '-i',
    source,
    '-frames:v',
    String(frames),
    '-c:v',
    'libx264',
    '-crf',
    '10',
  ]
  await ffmpeg(...made, path)
  return path
}

async function stillsOf(path: string, maxSide = 320): Promise<readonly Uint8Array[]> {
  const taken: (readonly Uint8Array[])[] = []
  const stills = { count: 20, maxSide, onStills: (jpegs: readonly Uint8Array[]) => taken.push(jpegs) }
  valueOf(await verifyResult(bench.mediaTools, path, { stills }))
  expect(taken).toHaveLength(1)
  return taken[0] ?? []
}

const levelOf = async (jpeg: Uint8Array) => (await sharp(jpeg).stats()).channels[0]?.mean ?? 0

describe('stills of the strict decode', () => {
  it('come from the middles of equal parts, in order', async () => {
    const levels = await Promise.all((await stillsOf(await brightening(40))).map(levelOf))
    expect(levels).toHaveLength(20)
    const steps = levels.slice(1).map((level, nth) => level - (levels[nth] ?? 0))
    // Two frames, each five levels brighter; JPEG has a fifth more levels than video.
    for (const step of steps) expect(Math.abs(step - 10)).toBeLessThan(5)
  })

  it('are as many of a clip of three frames', async () => {
    const levels = await Promise.all((await stillsOf(await brightening(3))).map(levelOf))
    expect(new Set(levels).size).toBe(3)
    expect(levels).toEqual(levels.toSorted((one, other) => one - other))
  })

  it('keep the aspect ratio, are never enlarged, and leave no file behind', async () => {
    const path = await brightening(3, '90x160')
    const [small] = await stillsOf(path, 80)
    expect(await sharp(small).metadata()).toMatchObject({ width: 46, height: 80 })
    const [full] = await stillsOf(path)
    expect(await sharp(full).metadata()).toMatchObject({ width: 90, height: 160 })
    expect(await readdir(bench.mediaTools.workFolder)).toEqual([])
  })

  it('are missing where they can’t be written, and the result is accepted all the same', async () => {
    const taken: unknown[] = []
    const stills = { count: 20, maxSide: 320, onStills: (jpegs: unknown) => taken.push(jpegs) }
    const path = await brightening(3)
    const mediaTools = { ...bench.mediaTools, workFolder: join(path, 'no folder') }
    expect((await verifyResult(mediaTools, path, { stills })).ok).toBe(true)
    expect(taken).toEqual([])
  })
})

it('the frame of a moment is the one that is shown then', () => {
  expect(evenFrames([5, 6, 7, 8], 4, 4)).toEqual([0, 1, 2, 3])
  expect(evenFrames([0, 3], 4, 4)).toEqual([0, 0, 0, 1])
  expect(evenFrames([0], 1, 2)).toEqual([0, 0])
})
