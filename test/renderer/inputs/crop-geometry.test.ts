import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  areaOfCrop,
  cropOfArea,
  dragHandle,
  handles,
  moveArea,
  scaleArea,
  startingArea,
  wholeOf,
  type Bounds,
} from '../../../src/renderer/features/inputs/crop/frame.ts'

const range = { min: 0.4, max: 2.5 }
const bounds: Bounds = { size: { width: 1000, height: 800 }, aspect: range, least: 300 }

describe('The frame over the character', () => {
  it('begins as the whole picture, or as the largest part that the model takes', () => {
    expect(startingArea(null, bounds)).toEqual({ left: 0, top: 0, width: 1000, height: 800 })
    const wide = { ...bounds, size: { width: 4000, height: 400 } }
    expect(startingArea(null, wide)).toEqual({ left: 1500, top: 0, width: 1000, height: 400 })
  })

  it('moves with the pointer and stops at the edges of the picture', () => {
    const area = { left: 100, top: 100, width: 400, height: 400 }
    expect(moveArea(area, { x: 30, y: -20 }, bounds)).toEqual({ ...area, left: 130, top: 80 })
    expect(moveArea(area, { x: 5000, y: -5000 }, bounds)).toEqual({ ...area, left: 600, top: 0 })
  })

  it('keeps the opposite corner where it is while one is drawn', () => {
    const area = { left: 100, top: 100, width: 500, height: 500 }
    expect(dragHandle(area, { x: 1, y: 1 }, { x: -100, y: -50 }, bounds)).toEqual({
      ...area,
      width: 400,
      height: 450,
    })
    expect(dragHandle(area, { x: -1, y: -1 }, { x: 100, y: 50 }, bounds)).toEqual({
      left: 200,
      top: 150,
      width: 400,
      height: 450,
    })
  })

  it('takes the other side along where an edge is drawn beyond the aspect', () => {
    const flat = { left: 100, top: 200, width: 750, height: 320 }
    const drawn = dragHandle(flat, { x: 1, y: 0 }, { x: 150, y: 0 }, bounds)
    expect(drawn.width).toBe(900)
    expect(drawn.width / drawn.height).toBeLessThanOrEqual(2.5)
    expect(drawn.height).toBe(360)
    // About its middle.
    expect(drawn.top).toBe(180)
  })

  it('is never smaller than what the model takes, unless the picture is', () => {
    const area = { left: 0, top: 0, width: 500, height: 500 }
    expect(dragHandle(area, { x: 1, y: 1 }, { x: -490, y: -490 }, bounds)).toMatchObject({
      width: 300,
      height: 300,
    })
    const small = { ...bounds, size: { width: 200, height: 250 } }
    expect(scaleArea(wholeOf(small.size), 0.5, small)).toEqual({ left: 0, top: 0, width: 200, height: 250 })
  })

  it('grows and shrinks about its middle and keeps its aspect', () => {
    const area = { left: 300, top: 200, width: 400, height: 400 }
    expect(scaleArea(area, 1.1, bounds)).toEqual({ left: 280, top: 180, width: 440, height: 440 })
    expect(scaleArea(area, 100, bounds)).toEqual({ left: 100, top: 0, width: 800, height: 800 })
  })

  it('around all of the picture is no crop, and every other one comes back to the pixel', () => {
    expect(cropOfArea(wholeOf(bounds.size), bounds.size)).toBeNull()
    const area = { left: 17, top: 133, width: 333, height: 401 }
    expect(areaOfCrop(cropOfArea(area, bounds.size), bounds.size)).toEqual(area)
  })

  it('lies inside the picture in whole pixels and keeps an aspect the model takes, whatever is done to it', () => {
    const side = fc.integer({ min: 60, max: 6000 })
    const by = fc.record({
      x: fc.integer({ min: -7000, max: 7000 }),
      y: fc.integer({ min: -7000, max: 7000 }),
    })
    const move = fc.oneof(
      by.map((delta) => ({ kind: 'move' as const, delta })),
      fc.record({ kind: fc.constant('drag' as const), handle: fc.constantFrom(...handles), delta: by }),
      fc.double({ min: 0.2, max: 5, noNaN: true }).map((factor) => ({ kind: 'scale' as const, factor })),
    )
    fc.assert(
      fc.property(side, side, fc.array(move, { maxLength: 12 }), (width, height, moves) => {
        const all: Bounds = { size: { width, height }, aspect: range, least: 300 }
        let area = startingArea(null, all)
        for (const step of moves) {
          if (step.kind === 'move') area = moveArea(area, step.delta, all)
          else if (step.kind === 'drag') area = dragHandle(area, step.handle, step.delta, all)
          else area = scaleArea(area, step.factor, all)
          expect(Object.values(area).every((value) => Number.isInteger(value))).toBe(true)
          expect(area.left).toBeGreaterThanOrEqual(0)
          expect(area.top).toBeGreaterThanOrEqual(0)
          expect(area.left + area.width).toBeLessThanOrEqual(width)
          expect(area.top + area.height).toBeLessThanOrEqual(height)
          expect(area.width / area.height).toBeGreaterThanOrEqual(range.min)
          expect(area.width / area.height).toBeLessThanOrEqual(range.max)
        }
      }),
    )
  })
})
