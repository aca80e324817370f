import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createStallMeter,
  placeAfter,
  tickLength,
} from '../../../../src/renderer/features/compare/engine/clock.ts'
import { momentTolerance } from '../../../../src/shared/units.ts'

describe('a tick', () => {
  it('is as long as what has passed, times the speed, and never longer than a twentieth of a second', () => {
    expect(tickLength(20, 1)).toBeCloseTo(0.02)
    expect(tickLength(20, 0.1)).toBeCloseTo(0.002)
    expect(tickLength(9000, 2)).toBeCloseTo(0.1)
    expect(tickLength(-5, 1)).toBe(0)
  })
})

describe('a place on the clock', () => {
  const span = { start: 1, end: 3 }
  it('ends at the end', () => {
    expect(placeAfter(2, 0.5, span, false)).toEqual({ time: 2.5, ended: false })
    expect(placeAfter(2, 1, span, false)).toEqual({ time: 3, ended: true })
    expect(placeAfter(2, 7, span, false)).toEqual({ time: 3, ended: true })
  })

  it('goes round in a loop as often as needed', () => {
    expect(placeAfter(2, 1, span, true)).toEqual({ time: 1, ended: false })
    expect(placeAfter(2, 1.5 + 2 * 40, span, true).time).toBeCloseTo(1.5)
    expect(placeAfter(9, 0, span, true).time).toBeCloseTo(1)
  })

  it('plays up to a loop that is still to come', () => {
    expect(placeAfter(0, 0.5, span, true)).toEqual({ time: 0.5, ended: false })
  })

  it('is never so near to the end of a loop that the frame after it would be shown', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 500, noNaN: true }), (played) => {
        const { time, ended } = placeAfter(1, played, span, true)
        expect(ended).toBe(false)
        expect(time).toBeGreaterThanOrEqual(1)
        expect(time + momentTolerance).toBeLessThan(3)
      }),
      { numRuns: 300 },
    )
  })

  it('comes round however small its steps are', () => {
    for (const step of [0.0007, 0.0016, 0.1]) {
      let time = 2.9
      let rounds = 0
      for (let nth = 0; nth < 5 / step; nth += 1) {
        const next = placeAfter(time, step, span, true).time
        if (next < time) rounds += 1
        time = next
      }
      expect(rounds).toBe(3)
    }
  })

  it('ends in a loop without any length', () => {
    expect(placeAfter(1, 1, { start: 2, end: 2 }, true)).toEqual({ time: 2, ended: true })
  })
})

describe('the count of waits', () => {
  const recorded = (stalls: (nth: number) => boolean, ticks = 100, every = 16) => {
    const meter = createStallMeter()
    for (let nth = 0; nth < ticks; nth += 1) meter.record({ at: nth * every, stalled: stalls(nth) })
    return meter
  }

  it('calls more than one in ten slow', () => {
    expect(recorded((nth) => nth % 10 === 0).isSlow()).toBe(false)
    expect(recorded((nth) => nth % 9 === 0).isSlow()).toBe(true)
  })

  it('says nothing of a few', () => {
    expect(recorded(() => true, 19).isSlow()).toBe(false)
    expect(recorded(() => true, 20).isSlow()).toBe(true)
  })

  it('is said of a machine that paints too seldom for many of them', () => {
    expect(recorded(() => true, 6, 150).isSlow()).toBe(false)
    expect(recorded(() => true, 9, 150).isSlow()).toBe(true)
    expect(recorded(() => false, 9, 150).isSlow()).toBe(false)
  })

  it('stays so until it is clearly over', () => {
    const meter = recorded((nth) => nth % 9 === 0)
    expect(meter.isSlow()).toBe(true)
    const later = (every: number) => {
      for (let nth = 0; nth < 200; nth += 1) meter.record({ at: 2000 + nth * 16, stalled: nth % every === 0 })
    }
    later(15)
    expect(meter.isSlow()).toBe(true)
    meter.reset()
    later(15)
    expect(meter.isSlow()).toBe(false)
  })

  it('forgets what is two seconds past, and all of it on request', () => {
    expect(recorded((nth) => nth < 60, 300).isSlow()).toBe(false)
    const meter = recorded(() => true)
    meter.reset()
    expect(meter.isSlow()).toBe(false)
  })
})
