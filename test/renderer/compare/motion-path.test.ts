import { expect, it } from 'vitest'
import { drawing, motionPath, shareAt, timeAt } from '../../../src/renderer/features/compare/motion-path.ts'

const clock = { start: -1, end: 9 }
const pointsOf = (path: string) =>
  [...path.matchAll(/([\d.-]+) ([\d.-]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }))
const middle = drawing.height / 2

it('draws the reference up from the middle and the result mirrored, at their moments of the shared clock', () => {
  const timing = { step: 0.5, values: [0, 255, 51] }
  const above = pointsOf(motionPath(timing, clock, { shift: 0, below: false }))
  const below = pointsOf(motionPath(timing, clock, { shift: 2, below: true }))
  expect(above.map(({ x }) => x)).toEqual([100, 100, 150, 200, 200])
  expect(below.map(({ x }) => x)).toEqual([300, 300, 350, 400, 400])
  const heights = above.map(({ y }) => Number((middle - y).toFixed(2)))
  expect(below.map(({ y }) => Number((y - middle).toFixed(2)))).toEqual(heights)
  const [, still = 0, strongest = 0, fifth = 0] = heights
  expect(strongest).toBeLessThan(middle)
  expect(fifth - still).toBeCloseTo((strongest - still) / 5, 1)
})

it('draws nothing where there is nothing', () => {
  expect(motionPath({ step: 1 / 30, values: [] }, clock, { shift: 0, below: false })).toBe('')
  expect(motionPath({ step: 1, values: [1] }, { start: 0, end: 0 }, { shift: 0, below: false })).toBe('')
})

it('finds the moment of a place and the place of a moment, and nothing outside', () => {
  expect([shareAt(clock, 4), timeAt(clock, 0.5)]).toEqual([0.5, 4])
  expect([timeAt(clock, -0.2), timeAt(clock, 1.2), shareAt(clock, 12)]).toEqual([-1, 9, 1])
})
