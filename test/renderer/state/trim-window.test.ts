import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  edgesOf,
  edgeTime,
  evenEdges,
  frameCount,
  isTooShort,
  moveIn,
  moveOut,
  moveSpan,
  spanLength,
  spanOf,
  usedWindow,
  windowOf,
  type Edges,
} from '../../../src/renderer/state/trim-window.ts'

const limits = { min: 3, max: 10 }
const stop = { ...limits, push: false }
const push = { ...limits, push: true }
const even = (seconds: number, rate: number) =>
  evenEdges({ frames: Math.round(seconds * rate), duration: Math.round(seconds * rate) / rate })

const long = even(20, 30)
const ntsc = even(20, 30_000 / 1001)
const automatic = { start: 0, length: null }

/** Frames of 5 to 100 milliseconds in any order, as screen recordings have them; never shorter than the minimum. */
const unevenClips = fc
  .array(fc.integer({ min: 5, max: 100 }), { minLength: 700, maxLength: 900 })
  .map((lengths) => {
    let time = 0
    const times = lengths.map((length) => (time += length) - length)
    return edgesOf(
      times.map((at) => at / 1000),
      time / 1000,
    )
  })
const clips = fc.oneof(
  unevenClips,
  fc.constantFrom(even(20, 24), even(45, 25), long, ntsc, even(12, 60), even(10, 30), even(3.1, 30)),
)
const place = fc.double({ min: 0, max: 1, noNaN: true })
const edgeAt = (edges: Edges, share: number) => Math.round(share * frameCount(edges))

describe('The performed part', () => {
  it('is as long as the limit allows until the user says otherwise', () => {
    expect(spanOf(long, automatic, limits)).toEqual({ from: 0, to: 300 })
    expect(spanOf(even(6, 30), automatic, limits)).toEqual({ from: 0, to: 180 })
    expect(spanOf(ntsc, automatic, limits)).toEqual({ from: 0, to: 299 })
  })

  it('keeps its length while it is moved along the clip, and stops at both ends', () => {
    const span = { from: 0, to: 150 }
    expect(moveSpan(long, span, 210, limits)).toEqual({ from: 210, to: 360 })
    expect(moveSpan(long, span, 900, limits)).toEqual({ from: 450, to: 600 })
    expect(moveSpan(long, span, -40, limits)).toEqual(span)
  })

  it('moves one end only, up to the limit', () => {
    const span = { from: 150, to: 400 }
    expect(moveIn(long, span, 200, stop)).toEqual({ from: 200, to: 400 })
    expect(moveIn(long, span, 0, stop)).toEqual({ from: 100, to: 400 })
    expect(moveIn(long, span, 390, stop)).toEqual({ from: 310, to: 400 })
    expect(moveOut(long, span, 600, stop)).toEqual({ from: 150, to: 450 })
    expect(moveOut(long, span, 0, stop)).toEqual({ from: 150, to: 240 })
  })

  it('takes the other end along where that is asked for', () => {
    const span = { from: 150, to: 400 }
    expect(moveIn(long, span, 20, push)).toEqual({ from: 20, to: 320 })
    expect(moveOut(long, span, 600, push)).toEqual({ from: 300, to: 600 })
    expect(moveIn(long, { from: 0, to: 120 }, 300, push)).toEqual({ from: 300, to: 420 })
    expect(moveIn(long, { from: 0, to: 120 }, 590, push)).toEqual({ from: 510, to: 600 })
    expect(moveOut(long, { from: 300, to: 420 }, 10, push)).toEqual({ from: 0, to: 90 })
  })

  it('is never shorter or longer than allowed, whatever is moved and on whatever clip', () => {
    fc.assert(
      fc.property(
        clips,
        fc.array(fc.tuple(fc.constantFrom('in', 'out', 'span'), place, fc.boolean()), { maxLength: 12 }),
        (edges, moves) => {
          const frame = edgeTime(edges, frameCount(edges)) / frameCount(edges)
          let span = spanOf(edges, automatic, limits)
          for (const [what, share, pushed] of moves) {
            const to = edgeAt(edges, share)
            const how = { ...limits, push: pushed }
            if (what === 'in') span = moveIn(edges, span, to, how)
            else if (what === 'out') span = moveOut(edges, span, to, how)
            else span = moveSpan(edges, span, to, limits)
            expect(span.from).toBeGreaterThanOrEqual(0)
            expect(span.to).toBeLessThanOrEqual(frameCount(edges))
            expect(spanLength(edges, span)).toBeGreaterThanOrEqual(limits.min - frame / 50)
            expect(spanLength(edges, span)).toBeLessThanOrEqual(limits.max + frame / 50)
          }
        },
      ),
    )
  })

  it('is kept as seconds that mean the very same frames again', () => {
    fc.assert(
      fc.property(clips, place, place, (edges, one, other) => {
        const span = moveOut(
          edges,
          moveIn(edges, spanOf(edges, automatic, limits), edgeAt(edges, one), push),
          edgeAt(edges, other),
          push,
        )
        const window = windowOf(edges, span, limits)
        expect(spanOf(edges, window, limits)).toEqual(span)
        expect(window.length ?? limits.min).toBeGreaterThanOrEqual(limits.min)
        expect(window.length ?? limits.max).toBeLessThanOrEqual(limits.max)
      }),
    )
  })

  it('has no length of its own when it is as long as allowed', () => {
    expect(windowOf(long, { from: 30, to: 330 }, limits)).toEqual({ start: 1, length: null })
    expect(windowOf(long, { from: 0, to: 120 }, limits)).toEqual({ start: 0, length: 4 })
  })

  it('is the whole of a clip that is shorter than the shortest allowed, and says so', () => {
    const short = even(2, 30)
    const whole = spanOf(short, automatic, limits)
    expect(whole).toEqual({ from: 0, to: 60 })
    expect(moveIn(short, whole, 20, push)).toEqual(whole)
    expect(moveOut(short, whole, 20, stop)).toEqual(whole)
    expect(isTooShort(short, limits)).toBe(true)
    expect(isTooShort(even(3, 30), limits)).toBe(false)
  })

  it('is used up to the limit where the orientation allows less than was chosen', () => {
    expect(usedWindow({ start: 2, length: 18 }, limits)).toEqual({ start: 2, length: null })
    expect(usedWindow({ start: 2, length: 8 }, limits)).toEqual({ start: 2, length: 8 })
  })

  it('keeps the length that was chosen while the limits cut it and the part is moved', () => {
    expect(windowOf(long, { from: 30, to: 330 }, limits, { wish: 12 })).toEqual({ start: 1, length: 12 })
    expect(windowOf(long, { from: 30, to: 230 }, limits, { wish: 12 })).toEqual({
      start: 1,
      length: 6.666667,
    })
    expect(windowOf(long, { from: 30, to: 330 }, limits, { wish: 8 })).toEqual({ start: 1, length: null })
  })

  it('keeps a typed length also where it is the longest allowed, so that wider limits do not lengthen it', () => {
    expect(windowOf(long, { from: 0, to: 300 }, limits, { own: true })).toEqual({ start: 0, length: 10 })
    const most = { from: 0, to: 299 }
    expect(windowOf(ntsc, most, limits, { own: true }).length).toBeCloseTo(9.977, 3)
  })
})
