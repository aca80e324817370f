import { execFile } from 'node:child_process'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import type { RunTool } from '../../../src/main/system/ports.ts'
import * as clips from '../../support/clips/clips.ts'
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

const leftovers = async (folder: string) => (await readdir(folder)).filter((name) => name.includes('.part'))

describe('a limit in bytes', () => {
  it('is kept by a lower bitrate, with every frame still there', async () => {
    const source = await clips.busy(bench.folder)
    const prepared = valueOf(
      await prepareClip(bench.mediaTools, await clipJob(bench, source, { length: 4, maxBytes: 400_000 })),
    )
    expect((await stat(prepared.path)).size).toBeLessThanOrEqual(400_000)
    expect(prepared).toMatchObject({ width: 640, height: 360 })
    expect(await clips.frameNumbers(prepared.path)).toEqual(Array.from({ length: 120 }, (_, index) => index))
  })

  it('is kept by a smaller picture where bits get scarce, but never below the smallest allowed side', async () => {
    const source = await clips.busy(bench.folder)
    const job = await clipJob(bench, source, { length: 4, maxBytes: 80_000, minSide: 200, keepSound: false })
    const prepared = valueOf(await prepareClip(bench.mediaTools, job))
    expect(prepared.bytes).toBeLessThanOrEqual(80_000)
    expect(prepared.width).toBeLessThan(640)
    expect(prepared.height).toBeGreaterThanOrEqual(200)
    expect(prepared.frames).toBe(120)
  })

  it('that cannot be kept is a refusal, and nothing is left behind', async () => {
    const source = await clips.busy(bench.folder)
    const job = await clipJob(bench, source, { maxBytes: 9000, target: join(bench.folder, 'impossible.mp4') })
    const problem = problemOf(await prepareClip(bench.mediaTools, job))
    expect(problem.code).toBe('input-refused')
    expect(problem.message).toContain('9 kB')
    expect(await leftovers(bench.folder)).toEqual([])
    expect(await readdir(bench.mediaTools.workFolder)).toEqual([])
  })
})

describe('progress', () => {
  it('goes forward only, and reaches the end', async () => {
    const seen: number[] = []
    const job = await clipJob(bench, await clips.landscape(bench.folder))
    valueOf(await prepareClip(bench.mediaTools, job, { onProgress: (fraction) => seen.push(fraction) }))
    expect(seen).toEqual([...seen].sort((left, right) => left - right))
    expect(seen.at(-1)).toBeGreaterThan(0.95)
    expect(Math.max(...seen)).toBeLessThanOrEqual(1)
  })
})

describe('cancelling', () => {
  it('leaves neither the file nor a part of it', async () => {
    const folder = join(bench.folder, 'cancelled')
    await mkdir(folder)
    const source = await clips.makeClip(bench.folder, 'slow.mp4', {
      ...{ width: 1280, height: 720, seconds: 10, busy: true },
    })
    const job = await clipJob(bench, source, { target: join(folder, 'clip.mp4') })
    const controller = new AbortController()
    const outcome = await prepareClip(bench.mediaTools, job, {
      signal: controller.signal,
      onProgress: () => {
        controller.abort()
      },
    })
    expect(problemOf(outcome)).toMatchObject({ code: 'cancelled' })
    expect(problemOf(outcome).message).toContain('slow.mp4')
    expect(await readdir(folder)).toEqual([])
  })

  it('before it began starts nothing', async () => {
    const job = await clipJob(bench, await clips.landscape(bench.folder), {
      target: join(bench.folder, 'never-begun.mp4'),
    })
    const outcome = await prepareClip(bench.mediaTools, job, { signal: AbortSignal.abort() })
    expect(problemOf(outcome).code).toBe('cancelled')
    expect(await readdir(bench.folder)).not.toContain('never-begun.mp4')
  })
})

describe('a full disk', () => {
  it('is called by its name and leaves nothing behind', async () => {
    const folder = join(bench.folder, 'full')
    await mkdir(folder)
    const job = await clipJob(bench, await clips.landscape(bench.folder), {
      target: join(folder, 'clip.mp4'),
    })
    /** Writes half a file and ends as ffmpeg does when the disk is full. */
    const full: RunTool = async (run) => {
      const target = /file:([^|]+\.mp4)/.exec(run.args.at(-1) ?? '')?.[1]
      if (run.command !== bench.mediaTools.ffmpeg || target === undefined) return bench.mediaTools.run(run)
      await writeFile(target, 'half')
      return {
        ended: 'exit',
        exitCode: 1,
        stdout: new Uint8Array(),
        stderr: 'av_interleaved_write_frame(): No space left on device',
      }
    }
    expect(problemOf(await prepareClip({ ...bench.mediaTools, run: full }, job)).code).toBe('disk-full')
    expect(await readdir(folder)).toEqual([])
  })

  const canMount = process.platform === 'linux' && process.getuid?.() === 0
  it.runIf(canMount)('is called by its name on a real volume of 100 kB too', async (context) => {
    const folder = join(bench.folder, 'small-volume')
    await mkdir(folder)
    const sh = promisify(execFile)
    try {
      await sh('mount', ['-t', 'tmpfs', '-o', 'size=100k', 'tmpfs', folder])
    } catch {
      context.skip('no volume can be mounted here')
    }
    try {
      const job = await clipJob(bench, await clips.busy(bench.folder), {
        target: join(folder, 'clip.mp4'),
      })
      expect(problemOf(await prepareClip(bench.mediaTools, job)).code).toBe('disk-full')
      expect(await readdir(folder)).toEqual([])
    } finally {
      await sh('umount', [folder])
    }
  })
})
