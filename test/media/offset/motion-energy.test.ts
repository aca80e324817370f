import { afterAll, beforeAll, expect, test } from 'vitest'
import { motionEnergy } from '../../../src/main/media/offset/motion-energy.ts'
import { motionOffset } from '../../../src/main/media/offset/motion-offset.ts'
import { filmDancer, makeDance, type Dancer } from '../../support/clips/dances.ts'
import { createWorkbench, problemOf, valueOf, type Workbench } from '../../support/clips/media-kit.ts'
import { truncatedClip } from '../../support/clips/clips.ts'

let bench: Workbench
beforeAll(async () => {
  bench = await createWorkbench()
})
afterAll(() => bench.remove())

const dance = makeDance(11, 12)
const person: Dancer = { width: 192, height: 108, size: 0.8, skin: 190, ground: 70, rate: 30, seconds: 8 }
const robot: Dancer = { width: 108, height: 192, size: 0.5, skin: 40, ground: 150, rate: 24, seconds: 8 }

const motionOf = async (name: string, dancer: Dancer) => {
  const path = await filmDancer(bench.folder, name, dance, dancer)
  return valueOf(await motionEnergy(bench.mediaTools, path))
}

test('another character in another shape, at another rate, is placed within half a frame', async () => {
  const reference = await motionOf('reference.mp4', person)
  for (const [name, change, truth] of [
    ['whole.mp4', {}, 0],
    ['late.mp4', { from: -0.6, noise: 30 }, -0.6],
    ['part.mp4', { from: 2.2, seconds: 5 }, 2.2],
  ] as const) {
    const found = motionOffset(reference, await motionOf(name, { ...robot, ...change }))
    expect({ name, ...found, offset: Math.abs(found.offset - truth) < 1 / 48 }).toMatchObject({
      verdict: 'sure',
      offset: true,
    })
  }
})

test('every frame is measured, at its own time', async () => {
  const { times, energy } = await motionOf('short.mp4', { ...robot, seconds: 1, frozen: [0.2, 0.8] })
  expect(times).toHaveLength(24)
  expect(energy).toHaveLength(24)
  expect(energy[0]).toBe(0)
  expect(times[12]).toBeCloseTo(0.5, 5)
  expect(Math.max(...energy.slice(6, 19))).toBeLessThan(Math.max(...energy) / 20)
})

test('a clip of one frame has no motion, and is no error', async () => {
  const motion = await motionOf('one.mp4', { ...person, seconds: 0.01 })
  expect(motion).toEqual({ times: [0], energy: [0] })
  expect(motionOffset(motion, motion).verdict).toBe('none')
})

test('a clip without its end is refused by name', async () => {
  const problem = problemOf(await motionEnergy(bench.mediaTools, await truncatedClip(bench.folder)))
  expect(problem.message).toContain('truncated.mp4')
})

test('measuring stops when it is cancelled in the middle', async () => {
  const path = await filmDancer(bench.folder, 'cancelled.mp4', dance, person)
  const stop = new AbortController()
  const run: Workbench['mediaTools']['run'] = (tool) =>
    bench.mediaTools.run({
      ...tool,
      ...(tool.command === bench.mediaTools.ffmpeg && {
        onOutput: (chunk) => {
          stop.abort()
          tool.onOutput?.(chunk)
        },
      }),
    })
  const measured = await motionEnergy({ ...bench.mediaTools, run }, path, { signal: stop.signal })
  expect(problemOf(measured).message).toBe('Measuring the motion of “cancelled.mp4” was cancelled.')
})
