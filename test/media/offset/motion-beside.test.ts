import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Measuring } from '../../../src/main/media/media.ts'
import { motionEnergy } from '../../../src/main/media/offset/motion-energy.ts'
import { scan } from '../../../src/main/media/scene-detection/scan.ts'
import { verifyResult } from '../../../src/main/media/verify.ts'
import type { MotionCurve } from '../../../src/shared/domain/motion.ts'
import { cutWithEditList, makeClip, rotated, variableRate } from '../../support/clips/clips.ts'
import { createWorkbench, problemOf, valueOf, type Workbench } from '../../support/clips/media-kit.ts'

let bench: Workbench
let short = ''
beforeAll(async () => {
  bench = await createWorkbench()
  short = await makeClip(bench.folder, 'short.mp4', { seconds: 2, width: 320, height: 180 })
})
afterAll(() => bench.remove())

function listening() {
  const heard: MotionCurve[] = []
  const running: Measuring = { onMotion: (motion) => heard.push(motion) }
  return { heard, running }
}

const measured = async (path: string) => valueOf(await motionEnergy(bench.mediaTools, path))

describe('The motion of a clip', () => {
  test.each([
    ['rotated', rotated],
    ['of variable rate', variableRate],
    ['cut without re-encoding', cutWithEditList],
  ])('%s is told by a scan as a measurement of its own tells it', async (_, make) => {
    const path = await make(bench.folder)
    const { heard, running } = listening()
    valueOf(await scan(bench.mediaTools, path, { start: 0, end: 60 }, running))
    expect(heard).toEqual([await measured(path)])
  })

  test('is not told by a scan of a part', async () => {
    const { heard, running } = listening()
    valueOf(await scan(bench.mediaTools, short, { start: 0.5, end: 1 }, running))
    expect(heard).toEqual([])
  })

  test('is told when a result is verified, for the same verdict', async () => {
    const { heard, running } = listening()
    const verified = valueOf(await verifyResult(bench.mediaTools, short, running))
    expect(verified).toEqual(valueOf(await verifyResult(bench.mediaTools, short)))
    const own = await measured(short)
    expect(heard.map(({ times }) => times)).toEqual([own.times])
    // The strict decode deblocks, which changes the small pictures a little.
    const apart = own.energy.map((value, frame) => Math.abs(value - (heard[0]?.energy[frame] ?? Infinity)))
    expect(Math.max(...apart)).toBeLessThan(0.05 * Math.max(...own.energy))
  })

  test('is not told of a damaged result, which is refused for the same reason', async () => {
    const bytes = await readFile(short)
    bytes.fill(0, Math.round(bytes.length * 0.5), Math.round(bytes.length * 0.55))
    const path = join(bench.folder, 'hole.mp4')
    await writeFile(path, bytes)
    const { heard, running } = listening()
    const { code, message } = problemOf(await verifyResult(bench.mediaTools, path))
    expect(problemOf(await verifyResult(bench.mediaTools, path, running))).toMatchObject({ code, message })
    expect(heard).toEqual([])
  })

  test('is no reason to refuse a result: where it can’t be measured, the result is verified without', async () => {
    const { heard, running } = listening()
    const run: Workbench['mediaTools']['run'] = (tool) => {
      const args = tool.args.map((arg) => (arg.startsWith('scale=') ? 'no_such_filter' : arg))
      return bench.mediaTools.run({ ...tool, args })
    }
    const verified = await verifyResult({ ...bench.mediaTools, run }, short, running)
    expect(valueOf(verified).duration).toBe(2)
    expect(heard).toEqual([])
  })
})
