import { describe, expect, test } from 'vitest'
import { freezesIn, motionPerSecond, timingOf } from '../../../../src/shared/domain/motion.ts'
import { curveOf, makeDance } from '../../../support/clips/dances.ts'

const dance = makeDance(11, 14)
const reference = timingOf(curveOf(dance, { rate: 30, seconds: 10 }, 5))

const spans = (filming: { readonly from?: number; readonly frozen?: readonly [number, number] }, lead = 0) =>
  freezesIn(reference, timingOf(curveOf(dance, { rate: 24, seconds: 10, ...filming }, 12)), lead)

describe('The motion curve', () => {
  test('has one byte for each thirtieth of a second, whatever the frame rate', () => {
    for (const rate of [12, 24, 30, 60]) {
      const { step, values } = timingOf(curveOf(dance, { rate, seconds: 5 }))
      expect(step).toBeCloseTo(1 / 30, 9)
      expect(values.length).toBe(Math.floor((5 - 1 / rate) * 30 + 1e-6) + 1)
      expect(values.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true)
    }
  })

  test('is the same at 24 and 60 frames per second', () => {
    const [slow, fast] = [24, 60].map((rate) => motionPerSecond(curveOf(dance, { rate, seconds: 6 }), 30))
    const most = Math.max(...(slow ?? []))
    const apart = [...(slow ?? [])].map((value, at) => Math.abs(value - (fast?.[at] ?? 0)))
    expect(Math.max(...apart)).toBeLessThan(most / 10)
  })

  test('reaches the same height for a small figure and a large one', () => {
    const [small, large] = [2, 40].map((gain) => timingOf(curveOf(dance, { rate: 30, seconds: 6 }, gain)))
    expect(small).toEqual(large)
    expect(Math.max(...(small?.values ?? []))).toBe(255)
  })

  test('is flat for a still picture, and for one that only its coding changes', () => {
    const still = timingOf(curveOf([], { rate: 30, seconds: 3, noise: 0.002 }))
    expect(Math.max(...still.values)).toBeLessThan(0.2 * 255)
  })

  test('is the same where each picture is held for three frames', () => {
    const drawn = curveOf(dance, { rate: 10, seconds: 6 })
    const held = {
      times: Array.from({ length: 180 }, (_, frame) => frame / 30),
      energy: Array.from({ length: 180 }, (_, frame) =>
        frame % 3 === 0 ? (drawn.energy[frame / 3] ?? 0) : 0,
      ),
    }
    const [ones, threes] = [curveOf(dance, { rate: 30, seconds: 6 }), held].map((one) => timingOf(one).values)
    const apart = (ones ?? []).map((value, at) => Math.abs(value - (threes?.[at] ?? 0)))
    expect(apart.reduce((sum, one) => sum + one, 0) / apart.length).toBeLessThan(0.1 * 255)
  })

  test('is hardly changed by a cut, except at the cut', () => {
    const plain = curveOf(dance, { rate: 30, seconds: 10 }, 5)
    const cut = timingOf({
      ...plain,
      energy: plain.energy.map((value, frame) => (frame === 150 ? 60 : value)),
    })
    const apart = cut.values.map((value, at) => Math.abs(value - (reference.values[at] ?? 0)))
    expect(Math.max(...apart.slice(0, 147), ...apart.slice(153))).toBeLessThan(0.02 * 255)
    expect(cut.values[150]).toBe(255)
  })

  test.each([
    [{ times: [], energy: [] }, 0],
    [{ times: [0], energy: [0] }, 1],
  ])('of %j is short and no error', (curve, length) => {
    expect(timingOf(curve).values).toEqual(Array.from({ length }, () => 0))
  })
})

describe('A freeze', () => {
  test('is found where it begins and ends', () => {
    const [found, ...others] = spans({ frozen: [2, 4] })
    expect(others).toEqual([])
    expect(found?.start).toBeCloseTo(2, 1)
    expect(found?.end).toBeCloseTo(4, 1)
  })

  test('is found in a result that starts late, on the clock of the result', () => {
    const [found] = spans({ from: 0.5, frozen: [2, 4] }, -0.5)
    // The dancer has stopped a moment before.
    expect(found?.start).toBeGreaterThan(1.8)
    expect(found?.start).toBeLessThan(2.05)
    expect(found?.end).toBeCloseTo(4, 1)
  })

  test('is not seen in the same dance, nor in a pause of a third of a second', () => {
    expect(spans({})).toEqual([])
    expect(spans({ frozen: [3, 3.3] })).toEqual([])
  })

  test('is not seen where the reference stands still too, or has ended', () => {
    const both = timingOf(curveOf(dance, { rate: 30, seconds: 10, frozen: [2, 4] }))
    expect(freezesIn(both, both)).toEqual([])
    const short = timingOf(curveOf(dance, { rate: 30, seconds: 2 }))
    expect(freezesIn(short, both)).toEqual([])
  })

  test('lasts for the whole of a still picture', () => {
    const still = timingOf(curveOf([], { rate: 30, seconds: 4 }))
    const [found] = freezesIn(reference, still)
    expect(found?.start).toBeLessThan(0.5)
    expect(found?.end).toBeGreaterThan(3.5)
  })
})
