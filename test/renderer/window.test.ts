import { describe, expect, it } from 'vitest'
import { moveInPoint, moveOutPoint, refitWindow, spanOf } from '../../src/renderer/features/prepare/window.ts'
import { aClip } from '../support/facts.ts'

const limits = { min: 3, max: 10 }
const long = aClip({ duration: 20, frames: 600, frameRate: 30 })
const ntsc = aClip({ duration: 20, frames: 599, frameRate: 30_000 / 1001 })
const automatic = { start: 0, length: null }

describe('The performed part', () => {
  it('is as long as the limit allows until the user says otherwise', () => {
    expect(spanOf(long, automatic, limits)).toEqual({ start: 0, end: 10, length: 10 })
    expect(spanOf(aClip({ duration: 6 }), automatic, limits)).toEqual({ start: 0, end: 6, length: 6 })
  })

  it('keeps its length while it is moved along the clip', () => {
    const moved = moveInPoint(long, { start: 0, length: 5 }, 7, limits)
    expect(spanOf(long, moved, limits)).toEqual({ start: 7, end: 12, length: 5 })
  })

  it('gives way at the end of the clip, down to the shortest that is allowed', () => {
    const moved = moveInPoint(long, { start: 0, length: 5 }, 19.5, limits)
    expect(spanOf(long, moved, limits)).toEqual({ start: 17, end: 20, length: 3 })
  })

  it('is never shorter or longer than the limits, wherever the out-point is put', () => {
    expect(moveOutPoint(long, automatic, 1, limits)).toEqual({ start: 0, length: 3 })
    expect(moveOutPoint(long, automatic, 15, limits)).toEqual({ start: 0, length: null })
  })

  it('lies on whole frames and never breaks the limit by rounding', () => {
    const window = moveOutPoint(ntsc, automatic, 9.5, limits)
    const frames = (window.length ?? 0) * ntsc.frameRate
    expect(Math.abs(frames - Math.round(frames))).toBeLessThan(1e-6)
    expect(window.length).toBeLessThanOrEqual(9.5)
    const moved = moveInPoint(ntsc, window, 1.01, limits)
    expect(Math.abs(moved.start * ntsc.frameRate - 30)).toBeLessThan(1e-6)
  })

  it('is cut back to the limit when the orientation allows less', () => {
    expect(refitWindow(long, { start: 2, length: 18 }, limits)).toEqual({ start: 2, length: null })
    expect(refitWindow(long, { start: 2, length: 8 }, limits)).toEqual({ start: 2, length: 8 })
  })
})
