import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { steadyRate } from '../../../../src/shared/domain/frames.ts'
import { firstTicks, framesAt, framesAtTime, type PairSide } from '../../../../src/shared/domain/pairs.ts'

const steady = (rate: number, frames: number, lead = 0): PairSide => ({
  frameTimes: Array.from({ length: frames }, (_, nth) => Number((nth / rate).toFixed(6))),
  lead,
})

describe('the pair of a moment', () => {
  it('is the frame that each side shows then, at two frame rates', () => {
    const sides = [steady(30, 90), steady(24, 72)]
    expect(framesAtTime(sides, 0)).toEqual([0, 0])
    expect(framesAtTime(sides, 1)).toEqual([30, 24])
    expect(framesAtTime(sides, 1.04)).toEqual([31, 24])
    expect(framesAtTime(sides, 1.0417)).toEqual([31, 25])
  })

  it('is the frame that begins within a millisecond, so that no rounding of times shows its neighbour', () => {
    expect(framesAtTime([steady(30, 90)], 0.0326)).toEqual([1])
    expect(framesAtTime([steady(30, 90)], 0.0322)).toEqual([0])
  })

  it('holds the first and the last frame where a side has no other', () => {
    const sides = [steady(25, 50), steady(25, 50, 0.4), steady(25, 50, -0.4)]
    expect(framesAtTime(sides, 0)).toEqual([0, 10, 0])
    expect(framesAtTime(sides, 1.9)).toEqual([47, 49, 37])
    expect(framesAtTime(sides, 9)).toEqual([49, 49, 49])
  })

  it('is the same however many sides are asked about', () => {
    const sides = [steady(30, 90), steady(24, 72, 0.1), steady(60, 180, -0.2), steady(25, 75)]
    const alone = sides.map((side) => framesAt([side], steadyRate(30), 0, 41)[0])
    expect(framesAt(sides, steadyRate(30), 0, 41)).toEqual(alone)
  })
})

describe('the first tick of each frame', () => {
  const rates = [steadyRate(24), steadyRate(25), steadyRate(29.97), steadyRate(30), steadyRate(60)]
  const uneven = fc
    .array(fc.double({ min: 0.004, max: 0.4, noNaN: true }), { minLength: 1, maxLength: 60 })
    .map((gaps) => {
      let at = 0
      return [0, ...gaps.map((gap) => (at = Number((at + gap).toFixed(6))))]
    })

  it('says of every tick the same frame as the pair does, for any times, offset and rate', () => {
    fc.assert(
      fc.property(
        uneven,
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.constantFrom(...rates),
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        (frameTimes, lead, rate, start, ticks) => {
          const side = { frameTimes, lead }
          const first = firstTicks(side, rate, start, ticks)
          expect(first).toHaveLength(frameTimes.length)
          for (let tick = 0; tick < ticks; tick += 1) {
            // What a player of the list shows: the last frame whose tick has come.
            const listed = first.findLastIndex((at) => at <= tick)
            expect([listed]).toEqual(framesAt([side], rate, start, tick))
          }
        },
      ),
    )
  })

  it('gives a frame that is never shown the tick of the next one, and none to those after the end', () => {
    expect(firstTicks(steady(60, 8), steadyRate(30), 0, 3)).toEqual([0, 1, 1, 2, 2, 3, 3, 3])
  })
})
