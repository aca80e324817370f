import { describe, expect, test } from 'vitest'
import { motionOffset } from '../../../../src/main/media/offset/motion-offset.ts'
import { curveOf, makeDance } from '../../../support/clips/dances.ts'

const dance = makeDance(5, 30)
const reference = curveOf(dance, { rate: 30, seconds: 12 })

/** One frame of the slower clip. */
const frame = 1 / 24

describe('The offset by motion', () => {
  test.each([
    ['of a copy is zero', { rate: 30, seconds: 12 }, 0],
    ['does not depend on the frame rate', { rate: 24, seconds: 12 }, 0],
    ['is negative for a result that starts late', { rate: 24, seconds: 10, from: -0.6 }, -0.6],
    ['is positive for a result that starts in the middle', { rate: 24, seconds: 10, from: 0.42 }, 0.42],
    ['is found from five seconds of the dance', { rate: 24, seconds: 5, from: 3.2 }, 3.2],
    ['is found in noise', { rate: 24, seconds: 10, from: 0.5, noise: 0.04 }, 0.5],
    ['is found where the result is longer', { rate: 60, seconds: 25, from: -4.1 }, -4.1],
  ])('%s', (_, filming, truth) => {
    const found = motionOffset(reference, curveOf(dance, filming, 3))
    expect(found.verdict).toBe('sure')
    expect(Math.abs(found.offset - truth)).toBeLessThan(frame / 2)
  })

  test('is found although the result stands still for two seconds', () => {
    const result = curveOf(dance, { rate: 24, seconds: 10, from: 0.5, frozen: [4, 6] })
    const found = motionOffset(reference, result)
    expect(found.verdict).not.toBe('none')
    expect(Math.abs(found.offset - 0.5)).toBeLessThan(frame)
  })

  test('is never sure for two hundred pairs of different dances', () => {
    const answers = Array.from({ length: 200 }, (_, nth) => {
      const [even, seconds] = [nth % 2 === 0, [3, 5, 10, 30][nth % 4] ?? 10]
      const filmed = { seconds, noise: 0.01, seed: nth + 1 }
      return motionOffset(
        curveOf(makeDance(1000 + nth, seconds, even), { ...filmed, rate: 30 }),
        curveOf(makeDance(9000 + nth, seconds, even), { ...filmed, rate: 24 }),
      ).verdict
    })
    expect(answers.filter((verdict) => verdict === 'sure')).toEqual([])
    // A hint may be wrong, but not often.
    expect(answers.filter((verdict) => verdict === 'likely').length).toBeLessThan(20)
  })

  test('is not found from one cut that two still clips share', () => {
    const still = (at: number) => ({
      times: Array.from({ length: 300 }, (_, nth) => nth / 30),
      energy: Array.from({ length: 300 }, (_, nth) => (nth === at ? 40 : 0.01 * (nth % 3))),
    })
    expect(motionOffset(still(100), still(170)).verdict).toBe('none')
  })

  test.each([
    ['a still picture', curveOf([], { rate: 24, seconds: 10 })],
    ['a still picture with noise', curveOf([], { rate: 24, seconds: 10, noise: 0.05 })],
    ['a single frame', { times: [0], energy: [0] }],
    ['a fifth of a second', curveOf(dance, { rate: 30, seconds: 0.2, from: 3 })],
    ['no frame', { times: [], energy: [] }],
  ])('is not found for %s, on either side', (_, curve) => {
    for (const found of [motionOffset(reference, curve), motionOffset(curve, reference)]) {
      expect(found.verdict).toBe('none')
      expect(Object.values(found).slice(1).every(Number.isFinite)).toBe(true)
    }
  })
})
