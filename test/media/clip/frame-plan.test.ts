import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MeasuredClip } from '../../../src/main/media/probe/clip-facts.ts'
import { fitSize, shrink } from '../../../src/main/media/clip/output-format.ts'
import { planFrames } from '../../../src/main/media/clip/frame-plan.ts'
import { aClip } from '../../support/clips/facts.ts'
import { perSecond, resampledRate, steadyRate } from '../../../src/shared/domain/frames.ts'

const steady = (rate: number, frames: number, begins = 0): Pick<MeasuredClip, 'times' | 'facts'> => ({
  times: Array.from({ length: frames }, (_, index) => begins + index / rate),
  facts: aClip({
    width: 640,
    height: 360,
    duration: frames / rate,
    frames,
    frameRate: rate,
  }),
})
const ntsc = 30_000 / 1001

describe('moving a window to whole frames', () => {
  it('takes exactly the frames asked for', () => {
    const plan = planFrames(steady(30, 300), { start: 1, length: 4 }, 60)
    expect(plan).toMatchObject({ first: 30, frames: 120, duration: 4, oneToOne: true })
  })

  it('starts at the frame nearest to the in-point', () => {
    expect(planFrames(steady(30, 300), { start: 1.016, length: 1 }, 60).first).toBe(30)
    expect(planFrames(steady(30, 300), { start: 1.018, length: 1 }, 60).first).toBe(31)
  })

  it('counts from the first shown frame, wherever the file’s clock starts', () => {
    const plan = planFrames(steady(30, 300, 7.5), { start: 1, length: 4 }, 60)
    expect(plan).toMatchObject({ first: 30, frames: 120 })
    expect(plan.begins).toBeCloseTo(8.5, 6)
  })

  it('never adds up to more than was asked for, unless a higher limit is known', () => {
    expect(planFrames(steady(ntsc, 600), { start: 0, length: 10 }, 60).frames).toBe(299)
    expect(planFrames(steady(ntsc, 600), { start: 0, length: 10, maxLength: 30 }, 60).frames).toBe(300)
  })

  it('never falls below a rule’s minimum where the clip has enough frames', () => {
    expect(planFrames(steady(ntsc, 600), { start: 0, length: 3, minLength: 3 }, 60).frames).toBe(90)
    expect(planFrames(steady(ntsc, 60), { start: 0, length: 3, minLength: 3 }, 60).frames).toBe(60)
  })

  it('ends with the clip when more is asked for than there is', () => {
    expect(planFrames(steady(30, 90), { start: 2, length: 30 }, 60)).toMatchObject({
      first: 60,
      frames: 30,
      to: null,
    })
  })

  it('keeps the usual pace of a clip that only stumbles here and there', () => {
    const { times, facts } = steady(30, 300)
    const stumbling = {
      times: times.map((time, index) => (index > 100 ? time + 0.05 : time)),
      facts: { ...facts, duration: 10.05, frameRate: 29.8507, variableFrameRate: true, stepRate: 30 },
    }
    const plan = planFrames(stumbling, { start: 0, length: 5 }, 60)
    expect(plan).toMatchObject({ oneToOne: false, frames: 150, rate: { frames: 30, seconds: 1 } })
  })

  it('cuts between frames, so that rounding cannot let one slip', () => {
    const { from, to } = planFrames(steady(30, 300), { start: 1, length: 1 }, 60)
    expect(from).toBeCloseTo(29.5 / 30, 6)
    expect(to).toBeCloseTo(59.5 / 30, 6)
  })

  it('is lengthened to the fewest frames that reach the minimum, and only where it is too short', () => {
    const window = { start: 0, length: 2, minLength: 3, lengthen: 'loop' } as const
    expect(planFrames(steady(30, 60), window, 60)).toMatchObject({
      ...{ performed: 60, frames: 90, duration: 3, lengthen: 'loop' },
    })
    expect(planFrames(steady(ntsc, 60), window, 60)).toMatchObject({ performed: 60, frames: 90 })
    expect(planFrames(steady(30, 300), window, 60)).toMatchObject({ performed: 60, taken: 60, frames: 90 })
    expect(planFrames(steady(30, 300), { ...window, length: 3 }, 60)).toMatchObject({
      ...{ performed: 90, frames: 90, lengthen: null },
    })
    expect(planFrames(steady(30, 60), { ...window, lengthen: null }, 60)).toMatchObject({ frames: 60 })
  })

  it('of an uneven clip is never shorter than its minimum, for the last picture is held', () => {
    const times = Array.from({ length: 90 }, (_, index) => index / 30).filter((_, index) => index % 18 < 13)
    const facts = {
      ...steady(30, 90).facts,
      frames: times.length,
      frameRate: 21.667,
      variableFrameRate: true,
    }
    const window = { start: 0, length: 3, minLength: 3, maxLength: 10 }
    const plan = planFrames({ times, facts: { ...facts, stepRate: null } }, window, 60)
    expect(plan).toMatchObject({ frames: 72, rate: { frames: 24_000, seconds: 1001 } })
    expect(planFrames({ times, facts: { ...facts, stepRate: 30 } }, window, 60)).toMatchObject({
      ...{ frames: 90, duration: 3 },
    })
  })

  it('holds for any clip and any window', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(12, 24, 25, ntsc, 30, 50, 60),
        fc.integer({ min: 1, max: 2000 }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        fc.double({ min: 0.1, max: 40, noNaN: true }),
        (rate, count, start, length) => {
          const plan = planFrames(steady(rate, count), { start, length }, 60)
          expect(plan.frames).toBeGreaterThanOrEqual(1)
          expect(plan.first + plan.frames).toBeLessThanOrEqual(count)
          expect(plan.frames === 1 || plan.duration <= length + 0.001).toBe(true)
        },
      ),
    )
  })
})

describe('frame rates', () => {
  it('are the exact fractions that cameras mean', () => {
    expect(steadyRate(29.97)).toEqual({ frames: 30_000, seconds: 1001 })
    expect(steadyRate(29.9997)).toEqual({ frames: 30, seconds: 1 })
    expect(steadyRate(23.976)).toEqual({ frames: 24_000, seconds: 1001 })
    expect(perSecond(steadyRate(17.3))).toBeCloseTo(17.3, 3)
  })

  it('of an unsteady clip become the next standard rate, within the limit', () => {
    expect(resampledRate(22.25, 60)).toEqual({ frames: 24_000, seconds: 1001 })
    expect(resampledRate(29.4, 60)).toEqual({ frames: 30_000, seconds: 1001 })
    expect(resampledRate(87, 60)).toEqual({ frames: 60, seconds: 1 })
    expect(resampledRate(87, 30)).toEqual({ frames: 30, seconds: 1 })
  })
})

describe('picture sizes', () => {
  it('stay as they are when they fit and are even', () => {
    expect(fitSize({ width: 1920, height: 1080 }, { minSide: 300, maxSide: 3850 })).toEqual({
      width: 1920,
      height: 1080,
    })
  })

  it('have even sides within the limits, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 300, max: 8192 }),
        fc.integer({ min: 300, max: 8192 }),
        (width, height) => {
          const fitted = fitSize({ width, height }, { minSide: null, maxSide: 3850 })
          if (fitted === null) throw new Error('without a least side there is always a size')
          expect([fitted.width % 2, fitted.height % 2]).toEqual([0, 0])
          expect(Math.max(fitted.width, fitted.height)).toBeLessThanOrEqual(3850)
          const scale = Math.min(1, 3850 / Math.max(width, height))
          expect(Math.abs(fitted.width - width * scale)).toBeLessThanOrEqual(2)
          expect(Math.abs(fitted.height - height * scale)).toBeLessThanOrEqual(2)
        },
      ),
    )
  })

  it('are not rounded below the minimum', () => {
    expect(fitSize({ width: 301, height: 301 }, { minSide: 301, maxSide: null })).toEqual({
      width: 302,
      height: 302,
    })
  })

  it('are raised to the minimum in the same shape', () => {
    expect(fitSize({ width: 320, height: 180 }, { minSide: 340, maxSide: 3850 })).toEqual({
      width: 604,
      height: 340,
    })
  })

  it('keep both limits and the shape, or are none at all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8192 }),
        fc.integer({ min: 2, max: 8192 }),
        fc.integer({ min: 100, max: 720 }),
        fc.integer({ min: 720, max: 3850 }),
        (width, height, minSide, maxSide) => {
          const fitted = fitSize({ width, height }, { minSide, maxSide })
          const aspect = Math.max(width, height) / Math.min(width, height)
          if (fitted === null) {
            expect(aspect * minSide).toBeGreaterThan(maxSide - 1)
            return
          }
          const [shorter, longer] = [fitted.width, fitted.height].sort((left, right) => left - right)
          expect(shorter).toBeGreaterThanOrEqual(minSide)
          expect(longer).toBeLessThanOrEqual(maxSide)
          expect([fitted.width % 2, fitted.height % 2]).toEqual([0, 0])
          expect(Math.abs((longer ?? 0) - (shorter ?? 0) * aspect)).toBeLessThanOrEqual(2 * aspect + 2)
        },
      ),
    )
  })

  it('are never made smaller than the minimum to save bytes', () => {
    expect(shrink({ width: 640, height: 360 }, 0.5, 340)).toBeNull()
    expect(shrink({ width: 640, height: 360 }, 0.9, 340)).toEqual({ width: 608, height: 342 })
  })
})
