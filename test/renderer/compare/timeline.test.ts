import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FrameList } from '../../../src/shared/domain/frames.ts'
import {
  pairTimeline,
  isAtEnd,
  positionAt,
  sides,
  stepBy,
  timeOf,
  wantedAt,
  type Timeline,
} from '../../../src/renderer/features/compare/shared-clock.ts'
import { steadyTimes } from '../../support/window/fake-players.ts'

const steady = (rate: number, seconds: number): FrameList => ({
  frameTimes: steadyTimes(rate, seconds),
  duration: seconds,
})

const uneven: FrameList = {
  frameTimes: steadyTimes(30, 12).filter((_, frame) => frame % 7 !== 3 && !(frame > 60 && frame < 90)),
  duration: 12,
}

const framesAt = (timeline: Timeline, time: number) =>
  sides.map((side) => wantedAt(timeline, side, time).frame)

const rates = fc.constantFrom(12, 23.976, 24, 25, 29.97, 30, 50, 59.94, 60)
const video = fc.oneof(
  fc.record({ rate: rates, seconds: fc.integer({ min: 1, max: 12 }) }).map((v) => steady(v.rate, v.seconds)),
  fc.constant(uneven),
)

describe('a place', () => {
  it('keeps the frames of its moment, whatever the offset', () => {
    const offset = fc.double({ min: -0.2, max: 0.2, noNaN: true })
    fc.assert(
      fc.property(video, video, offset, fc.nat(400), (reference, result, later, frame) => {
        const timeline = pairTimeline({ reference, result }, later)
        // Around the moments at which frames change.
        for (const list of timeline.sides)
          for (const near of [-0.0025, -0.0015, -0.0012, -0.0008, -0.0003, 0, 0.0003]) {
            const time = (list.frameTimes[frame % list.frameTimes.length] ?? 0) - list.lead + near
            if (time < timeline.start || time > timeline.end - 0.002) continue
            expect(framesAt(timeline, timeOf(timeline, positionAt(timeline, time)))).toEqual(
              framesAt(timeline, time),
            )
          }
      }),
    )
  })
})

describe('stepping', () => {
  it('forward and back by as many frames shows the identical pair again, from anywhere', () => {
    fc.assert(
      fc.property(
        video,
        video,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        (reference, result, part, count) => {
          const timeline = pairTimeline({ reference, result }, 0)
          const start = positionAt(timeline, part * timeline.end)
          const room = Math.min(count, timeline.steps.frameTimes.length - 1 - start.step)
          let position = start
          for (let step = 0; step < room; step += 1) position = stepBy(timeline, position, 1)
          for (let step = 0; step < room; step += 1) position = stepBy(timeline, position, -1)
          expect(timeOf(timeline, position)).toBe(timeOf(timeline, start))
          expect(framesAt(timeline, timeOf(timeline, position))).toEqual(
            framesAt(timeline, timeOf(timeline, start)),
          )
        },
      ),
    )
  })

  it('moves the side with more frames by exactly one frame each time', () => {
    fc.assert(
      fc.property(rates, rates, fc.double({ min: 0, max: 0.8, noNaN: true }), (one, other, part) => {
        const timeline = pairTimeline({ reference: steady(one, 10), result: steady(other, 10) }, 0)
        const fine = other > one ? 'result' : 'reference'
        const before = positionAt(timeline, part * 10)
        const frame = wantedAt(timeline, fine, timeOf(timeline, before)).frame
        const after = timeOf(timeline, stepBy(timeline, before, 1))
        expect(wantedAt(timeline, fine, after).frame).toBe(frame + 1)
      }),
    )
  })

  it('stays on the first and on the last frame', () => {
    const timeline = pairTimeline({ reference: steady(30, 2), result: steady(24, 2) }, 0)
    expect(framesAt(timeline, timeOf(timeline, stepBy(timeline, positionAt(timeline, 0), -5)))).toEqual([
      0, 0,
    ])
    const end = stepBy(timeline, positionAt(timeline, 1.9), 500)
    expect(framesAt(timeline, timeOf(timeline, end))).toEqual([59, 47])
  })

  it('goes on through the longer side when the one with more frames is over', () => {
    const timeline = pairTimeline({ reference: steady(30, 1), result: steady(24, 2) }, 0)
    const position = stepBy(timeline, positionAt(timeline, 0), 29 + 10)
    const [reference, result] = framesAt(timeline, timeOf(timeline, position))
    expect(reference).toBe(29)
    expect(result).toBeGreaterThan(24)
    expect(framesAt(timeline, timeOf(timeline, stepBy(timeline, position, 500)))).toEqual([29, 47])
  })
})

describe('what each side shows', () => {
  it('is the frame whose interval holds the shared time, by its own frame rate', () => {
    const timeline = pairTimeline({ reference: steady(30, 4), result: steady(24, 4) }, 0)
    expect(framesAt(timeline, 1.51)).toEqual([45, 36])
  })

  it('is shifted by the offset on the side of the result, and held where it has nothing', () => {
    const timeline = pairTimeline({ reference: steady(30, 4), result: steady(30, 4) }, 0.5)
    expect(framesAt(timeline, 1)).toEqual([30, 45])
    expect(framesAt(timeline, -0.25)).toEqual([0, 7])
    expect(framesAt(timeline, 3.9)).toEqual([117, 119])
    expect([timeline.start, timeline.end]).toEqual([-0.5, 4])
  })

  it('ends where neither side has another frame', () => {
    const timeline = pairTimeline({ reference: steady(30, 1), result: steady(30, 2) }, 0)
    expect(isAtEnd(timeline, 1.5)).toBe(false)
    expect(isAtEnd(timeline, 2)).toBe(true)
  })
})
