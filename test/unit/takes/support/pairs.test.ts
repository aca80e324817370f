import { expect, it } from 'vitest'
import { pairsToShow } from '../../../../src/main/takes/support/pairs.ts'

const times = (frames: number, rate: number) => Array.from({ length: frames }, (_, frame) => frame / rate)

it('shows six moments of both, evenly from the first to the last that both have', () => {
  const pairs = pairsToShow(times(181, 30), times(151, 25), null)
  expect(pairs.map(({ reference, result }) => [reference, result])).toEqual([
    [0, 0],
    [36, 30],
    [72, 60],
    [108, 90],
    [144, 120],
    [180, 150],
  ])
})

it('shows the last frame before an early end, and what the reference has there that the result lacks', () => {
  const shorter = { frame: 90, time: 3, seen: null, message: '' }
  const pairs = pairsToShow(times(180, 30), times(90, 30), { shorter, freezes: [] })
  expect(pairs.slice(-3).map(({ reference, result }) => [reference, result])).toEqual([
    [89, 89],
    [90, 89],
    [91, null],
  ])
})

it('shows a freeze at its beginning, in its middle and at its end', () => {
  const freezes = [{ start: 1, end: 2, message: '' }]
  const pairs = pairsToShow(times(180, 30), times(180, 30), { shorter: null, freezes })
  expect(pairs.filter(({ why }) => why === 'freeze').map(({ result }) => result)).toEqual([30, 45, 60])
})
