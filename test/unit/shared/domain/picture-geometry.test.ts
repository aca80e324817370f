import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PictureFrame } from '../../../../src/shared/domain/take.ts'
import {
  areaOf,
  cropToAspect,
  frameAround,
  layOut,
  type PictureLimits,
  type Size,
} from '../../../../src/shared/domain/picture-geometry.ts'

const side = fc.integer({ min: 1, max: 12_000 })
const size: fc.Arbitrary<Size> = fc.record({ width: side, height: side })
const unit = fc.double({ min: 0, max: 1, noNaN: true })
const frame: fc.Arbitrary<PictureFrame> = fc.tuple(unit, unit, unit, unit).map(([a, b, c, d]) => ({
  x: Math.min(a, b),
  y: Math.min(c, d),
  width: Math.max(Math.abs(a - b), 1e-9),
  height: Math.max(Math.abs(c - d), 1e-9),
}))
const aspects = fc.constantFrom(
  { min: 0.4, max: 2.5 },
  { min: 1, max: 1 },
  { min: 16 / 9, max: 16 / 9 },
  { min: 9 / 16, max: 9 / 16 },
  { min: 0.5, max: 0.75 },
)
const limits: fc.Arbitrary<PictureLimits> = fc.record({
  minSide: fc.option(fc.integer({ min: 64, max: 512 })),
  maxSide: fc.option(fc.integer({ min: 2048, max: 65_536 })),
  aspect: fc.option(aspects),
})
const choice = fc.constantFrom('pad' as const, 'crop' as const)
const free: PictureLimits = { minSide: null, maxSide: null, aspect: null }
const keepAll = { aspect: 'pad', crop: null } as const

const inside = (area: Size & { left: number; top: number }, size: Size) =>
  area.left >= 0 &&
  area.top >= 0 &&
  area.width >= 1 &&
  area.height >= 1 &&
  area.left + area.width <= size.width &&
  area.top + area.height <= size.height

describe('the area of a frame', () => {
  it('lies inside the picture, inside the frame and is never empty', () => {
    fc.assert(
      fc.property(frame, size, (framed, picture) => {
        const area = areaOf(framed, picture)
        expect(inside(area, picture)).toBe(true)
        expect(area.width).toBeLessThanOrEqual(Math.max(1, framed.width * picture.width + 0.001))
        expect(area.height).toBeLessThanOrEqual(Math.max(1, framed.height * picture.height + 0.001))
      }),
    )
  })

  it('is the same after it was told as a frame', () => {
    fc.assert(
      fc.property(frame, size, (framed, picture) => {
        const area = areaOf(framed, picture)
        expect(areaOf(frameAround(area, picture), picture)).toEqual(area)
      }),
    )
  })

  it('rounds inwards', () => {
    expect(areaOf({ x: 0.1, y: 0.5, width: 0.5, height: 0.25 }, { width: 101, height: 10 })).toEqual({
      left: 11,
      top: 5,
      width: 49,
      height: 2,
    })
  })
})

describe('a crop to an aspect', () => {
  it('lies in the middle and loses nothing that it may keep', () => {
    const tall = cropToAspect({ left: 0, top: 0, width: 100, height: 1000 }, { min: 0.4, max: 2.5 })
    expect(tall).toEqual({ left: 0, top: 375, width: 100, height: 250 })
    const wide = cropToAspect({ left: 10, top: 20, width: 3000, height: 1000 }, { min: 0.4, max: 2.5 })
    expect(wide).toEqual({ left: 260, top: 20, width: 2500, height: 1000 })
  })

  it('leaves a picture of a permitted aspect alone', () => {
    const area = { left: 3, top: 4, width: 400, height: 1000 }
    expect(cropToAspect(area, { min: 0.4, max: 2.5 })).toBe(area)
  })
})

describe('the layout of a picture', () => {
  it('keeps every limit, whatever the picture, the frame and the choice', () => {
    fc.assert(
      fc.property(size, limits, choice, fc.option(frame), unit, (picture, bounds, aspect, crop, scale) => {
        const layout = layOut(picture, { aspect, crop }, bounds, Math.max(scale, 0.01))
        if (layout === null) return
        const { kept, canvas, shown } = layout
        const shorter = Math.min(canvas.width, canvas.height)
        const longer = Math.max(canvas.width, canvas.height)
        expect(shorter).toBeGreaterThanOrEqual(bounds.minSide ?? 1)
        expect(longer).toBeLessThanOrEqual(bounds.maxSide ?? Infinity)
        expect(canvas.width / canvas.height).toBeGreaterThanOrEqual((bounds.aspect?.min ?? 0) - 1e-12)
        expect(canvas.width / canvas.height).toBeLessThanOrEqual((bounds.aspect?.max ?? Infinity) + 1e-12)
        expect(inside(kept, picture)).toBe(true)
        expect(inside(shown, canvas)).toBe(true)
        expect(shown.width === canvas.width || shown.height === canvas.height).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('keeps the proportions of what it shows to a pixel', () => {
    const ordinary = fc.record({
      width: fc.integer({ min: 200, max: 8000 }),
      height: fc.integer({ min: 200, max: 8000 }),
    })
    fc.assert(
      fc.property(ordinary, choice, (picture, aspect) => {
        const bounds = { minSide: 300, maxSide: 4000, aspect: { min: 0.4, max: 2.5 } }
        const layout = layOut(picture, { aspect, crop: null }, bounds)
        if (layout === null) return
        const { kept, shown } = layout
        const across = Math.abs((kept.width * shown.height) / kept.height - shown.width)
        const along = Math.abs((kept.height * shown.width) / kept.width - shown.height)
        expect(Math.min(across, along)).toBeLessThanOrEqual(1.01)
      }),
      { numRuns: 1000 },
    )
  })

  it('always exists for the limits of the providers', () => {
    fc.assert(
      fc.property(size, choice, fc.option(frame), (picture, aspect, crop) => {
        const bounds = { minSide: 300, maxSide: 65_536, aspect: { min: 0.4, max: 2.5 } }
        expect(layOut(picture, { aspect, crop }, bounds)).not.toBeNull()
      }),
      { numRuns: 1000 },
    )
  })

  it('changes nothing without a reason', () => {
    fc.assert(
      fc.property(size, (picture) => {
        const all = { left: 0, top: 0, ...picture }
        expect(layOut(picture, keepAll, free)).toEqual({ kept: all, canvas: picture, shown: all })
      }),
    )
  })

  it('scales up to the shortest side and down to the longest', () => {
    const sides = { ...free, minSide: 300, maxSide: 4000 }
    expect(layOut({ width: 150, height: 200 }, keepAll, sides)?.canvas).toEqual({ width: 300, height: 400 })
    expect(layOut({ width: 9000, height: 6000 }, keepAll, sides)?.canvas).toEqual({
      width: 4000,
      height: 2667,
    })
    expect(layOut({ width: 1001, height: 999 }, keepAll, sides)?.canvas).toEqual({ width: 1001, height: 999 })
  })

  it('pads to the aspect with the picture in the middle', () => {
    const bounds = { ...free, aspect: { min: 0.4, max: 2.5 } }
    expect(layOut({ width: 100, height: 1000 }, keepAll, bounds)).toEqual({
      kept: { left: 0, top: 0, width: 100, height: 1000 },
      canvas: { width: 400, height: 1000 },
      shown: { left: 150, top: 0, width: 100, height: 1000 },
    })
  })

  it('says when the sides contradict each other for a picture', () => {
    expect(layOut({ width: 10, height: 1000 }, keepAll, { ...free, minSide: 300, maxSide: 4000 })).toBeNull()
  })
})
