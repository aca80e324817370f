import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameAt, intervalOf, type FrameList } from '../../../../src/shared/domain/frames.ts'
import {
  clipTime,
  endsTooEarly,
  frameTarget,
  reachesEveryFrame,
} from '../../../../src/shared/domain/player-clock.ts'

const list: FrameList = { frameTimes: Array.from({ length: 120 }, (_, frame) => frame / 30), duration: 4 }
const ends = { first: intervalOf(list, 0), last: intervalOf(list, 119) }

describe('the clock of a player', () => {
  it('leads to the frame that was asked for, wherever it begins', () => {
    fc.assert(
      fc.property(fc.double({ min: -10, max: 90_000, noNaN: true }), fc.nat({ max: 119 }), (start, frame) => {
        const sentTo = frameTarget(start, intervalOf(list, frame))
        expect(frameAt(list.frameTimes, clipTime(start, sentTo))).toBe(frame)
      }),
    )
  })

  /** Measured: where the player was when it had its first picture, its duration, and the start of the picture. */
  it.each([
    ['an MP4 from zero', { from: 0, to: 4 }, 0, true],
    ['an MP4 half a second late', { from: 0.478, to: 4.022 }, 0.5, false],
    ['an MP4 without sound, half a second late', { from: 0.5, to: 4 }, 0.5, false],
    ['an MP4 with B-frames and no edit list', { from: 0.066667, to: 4 }, 0.066667, false],
    ['an MP4 whose sound begins first', { from: 0, to: 4.5 }, 0.5, true],
    ['an MP4 whose sound begins last', { from: 0, to: 4.499333 }, 0, true],
    ['a Matroska file half a second late', { from: 0, to: 4.5 }, 0.5, true],
    ['a Matroska file whose sound begins last', { from: 0.479, to: 4.5 }, 0, false],
    ['a Matroska file of a later hour', { from: 3599.979, to: 3604 }, 3600, true],
    ['a recording that says no duration', { from: 0, to: Infinity }, 0, true],
  ])('reaches every frame, or not: %s', (_, reach, start, reached) => {
    expect(reachesEveryFrame(reach, ends, start)).toBe(reached)
  })

  it('is known beforehand to end too early for an MP4 that begins late', () => {
    expect(endsTooEarly({ container: 'mp4', startTime: 0.0667 })).toBe(true)
    expect(endsTooEarly({ container: 'mov', startTime: 0.5 })).toBe(true)
    expect(endsTooEarly({ container: 'mp4', startTime: 0 })).toBe(false)
    expect(endsTooEarly({ container: 'mkv', startTime: 0.5 })).toBe(false)
  })
})
