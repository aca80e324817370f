import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestSpanWithoutCut } from '../../../../src/shared/rules/hints.ts'
import { aClip } from '../../../support/clips/facts.ts'

const clip = aClip({ duration: 30, frames: 900 })
const scan = (cuts: readonly number[], span = { start: 0, end: 30 }) => ({ cuts, span })
const ten = { max: 10 }

describe('the longest part without a cut', () => {
  it('is the whole clip where there is no cut and it is short enough', () => {
    expect(longestSpanWithoutCut(clip, scan([]), { max: 30 })).toEqual({ start: 0, length: 30 })
  })

  it('lies between two cuts, and begins on the first frame of its scene', () => {
    expect(longestSpanWithoutCut(clip, scan([4, 5, 13, 14, 22]), ten)).toEqual({ start: 5, length: 8 })
  })

  it('is the first of several that are as long', () => {
    expect(longestSpanWithoutCut(clip, scan([2, 10, 18, 19, 27]), ten)).toEqual({ start: 2, length: 8 })
    expect(longestSpanWithoutCut(clip, scan([15]), ten)).toEqual({ start: 0, length: 10 })
  })

  it('is cut at the limit in whole frames', () => {
    const ntsc = aClip({ duration: 30.03, frames: 900, frameRate: 30_000 / 1001 })
    const found = longestSpanWithoutCut(ntsc, scan([], { start: 0, end: 30.03 }), ten)
    expect(found?.start).toBe(0)
    // 299 frames are 9.977 s, 300 would be 10.01 s.
    expect(found?.length).toBeCloseTo((299 * 1001) / 30_000, 9)
  })

  it('stays inside what was looked at', () => {
    expect(longestSpanWithoutCut(clip, scan([7], { start: 5, end: 9 }), ten)).toEqual({ start: 5, length: 2 })
    expect(longestSpanWithoutCut(clip, scan([], { start: 30, end: 30 }), ten)).toBeNull()
  })

  it('holds no cut, starts on a frame and holds whole frames, whatever was found', () => {
    const frame = fc.integer({ min: 0, max: 900 }).map((index) => index / 30)
    fc.assert(
      fc.property(fc.array(frame), fc.double({ min: 0.5, max: 30, noNaN: true }), (cuts, max) => {
        const found = longestSpanWithoutCut(clip, scan(cuts), { max })
        if (found === null) throw new Error('half a second holds frames')
        const { start, length } = found
        expect(cuts.filter((cut) => cut > start + 1e-6 && cut < start + length - 1e-6)).toEqual([])
        expect(length).toBeLessThanOrEqual(max + 1e-6)
        for (const edge of [start, start + length])
          expect(Math.abs(edge * 30 - Math.round(edge * 30))).toBeLessThan(1e-4)
        // No scene between two neighbouring cuts is longer.
        const edges = [0, ...cuts, 30].toSorted((a, b) => a - b)
        const scenes = edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0))
        expect(length).toBeGreaterThan(Math.min(max, ...[Math.max(...scenes)]) - 1 / 30 - 1e-6)
      }),
    )
  })
})
