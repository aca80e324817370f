import { execFile } from 'node:child_process'
import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClipJob } from '../../../src/main/media/media.ts'
import { prepareClip } from '../../../src/main/media/clip/prepare-clip.ts'
import { createRunTool } from '../../../src/main/processes/run-tool.ts'
import { isAlive } from '../../support/processes/a-parent.ts'
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

const longEnough = () =>
  clips.makeClip(bench.folder, 'busy.mp4', {
    ...{ width: 640, height: 360, seconds: 5, busy: true },
    video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '0', '-pix_fmt', 'yuv420p'],
  })

async function alive(pids: readonly number[]): Promise<readonly number[]> {
  const are = await Promise.all(pids.map(isAlive))
  return pids.filter((_, index) => are[index])
}

/** Cancels as soon as a command line of that kind is about to run, or has reported progress. */
async function cancelAt(
  name: string,
  isAt: (line: string) => boolean,
  change: Partial<ClipJob>,
  late: boolean,
) {
  const folder = join(bench.folder, name)
  await mkdir(folder)
  const pids: number[] = []
  const run = createRunTool({
    trackTool: (pid) => {
      pids.push(pid)
      return () => undefined
    },
  })
  const job = await clipJob(bench, await longEnough(), { ...change, target: join(folder, 'clip.mp4') })
  const controller = new AbortController()
  let reached = false
  const outcome = await prepareClip({ ...bench.mediaTools, run }, job, {
    signal: controller.signal,
    onCommand: (line) => {
      if (!isAt(line)) return
      reached = true
      if (!late) controller.abort()
    },
    onProgress: () => {
      if (reached && late) controller.abort()
    },
  })
  return { outcome, reached, left: await readdir(folder), pids }
}

const heavy = { maxBytes: 700_000, keepSound: false }
const steps: Readonly<Record<string, readonly [(line: string) => boolean, Partial<ClipJob>]>> = {
  measuring: [(line) => line.includes('ffprobe'), {}],
  'coding it': [(line) => line.includes('-crf'), {}],
  'the first of two passes': [(line) => line.includes('-pass 1'), heavy],
  'the second of two passes': [(line) => line.includes('-pass 2'), heavy],
  'checking what was written': [(line) => line.includes('show_data_hash'), {}],
  'copying it': [(line) => line.includes('-c:v copy'), { copy: true }],
  'turning it round': [(line) => line.includes('reverse'), { minLength: 9, lengthen: 'boomerang' }],
}

describe('a preparation that is cancelled', () => {
  describe.each(Object.entries(steps))('while %s', (name, [isAt, change]) => {
    it.each([
      ['just before it begins', false],
      ['in the middle', true],
    ] as const)('%s leaves no file and no process', async (when, late) => {
      const { outcome, reached, left, pids } = await cancelAt(`${name} ${when}`, isAt, change, late)
      expect(reached).toBe(true)
      // Some steps are over before they have reported anything.
      if (!outcome.ok || !late) expect(problemOf(outcome).code).toBe('cancelled')
      expect(left).toEqual(outcome.ok ? ['clip.mp4'] : [])
      expect(await alive(pids)).toEqual([])
      const scratch = await readdir(bench.mediaTools.workFolder).catch(() => [])
      expect(scratch).toEqual([])
    })
  })
})

describe('the command lines of a preparation', () => {
  const sh = promisify(execFile)
  const jobs: Readonly<Record<string, Partial<ClipJob>>> = {
    'one pass': { start: 1, length: 3 },
    'two passes': { ...heavy, start: 1, length: 3 },
    'a copy': { copy: true },
    'a boomerang': { minLength: 9, lengthen: 'boomerang' },
  }

  it.each(Object.entries(jobs))(
    'of %s make the same file again, run as they are in a shell',
    async (_, change) => {
      const folder = join(bench.folder, "it's a $(folder) & `more` | [x] %d \\ end")
      await mkdir(folder, { recursive: true })
      const source = join(folder, 'dance\'s "best" %d; take.mp4')
      await copyFile(await longEnough(), source)
      const lines: string[] = []
      const job = await clipJob(bench, source, { ...change, target: join(folder, 'clip.mp4') })
      const prepared = valueOf(
        await prepareClip(bench.mediaTools, job, { onCommand: (line) => lines.push(line) }),
      )
      const before = new Set(await readdir(folder))
      for (const line of lines) await sh('/bin/sh', ['-c', line], { maxBuffer: 2 ** 26 })
      const made = (await readdir(folder)).filter((name) => !before.has(name))
      expect(made).toHaveLength(1)
      const again = await readFile(join(folder, made[0] ?? ''))
      expect(again.equals(await readFile(prepared.path))).toBe(true)
    },
  )
})
