import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrange, type Box } from '../../../src/renderer/ui/arrange.ts'

const spacing = { gap: 8, head: 30 }

/** The stage of Make in a window of 1440 × 900, without its own line and its edges. */
const stage = { width: 1104, height: 530 }

const covered = (boxes: readonly Box[]) =>
  boxes.reduce((sum, { width, height }) => sum + width * (height - spacing.head), 0)

const portrait = 9 / 16
const landscape = 16 / 9

describe('The pictures on the stage', () => {
  it.each([
    ['a portrait pair with its ghost', [portrait, portrait, portrait]],
    ['a landscape pair with its ghost', [landscape, landscape, landscape]],
    ['a portrait that performs a landscape clip', [portrait, landscape, landscape]],
    ['a photo of 2:3 that performs a portrait clip', [2 / 3, portrait, portrait]],
    ['squares', [1, 1, 1]],
  ])('cover more than three fifths of it: %s', (_, aspects) => {
    expect(covered(arrange(aspects, stage, spacing)) / (1120 * 580)).toBeGreaterThanOrEqual(0.6)
  })

  it('stand in a row where they are upright, and beside the large result where they are wide', () => {
    const upright = arrange([portrait, portrait, portrait], stage, spacing)
    expect(new Set(upright.map(({ top }) => top)).size).toBe(1)
    const [first, second, large] = arrange([landscape, landscape, landscape], stage, spacing)
    expect(large?.width).toBeGreaterThan(first?.width ?? 0)
    expect(first?.left).toBe(second?.left)
  })

  it('keep their shape and their order, lie in the room, and never over each other', () => {
    const aspects = fc.array(fc.double({ min: 0.3, max: 3, noNaN: true }), { minLength: 1, maxLength: 4 })
    const size = fc.integer({ min: 240, max: 3000 })
    fc.assert(
      fc.property(aspects, size, size, (shapes, width, height) => {
        const boxes = arrange(shapes, { width, height }, spacing)
        expect(boxes).toHaveLength(shapes.length)
        boxes.forEach((box, index) => {
          if (box.width > 1)
            expect(box.width / (box.height - spacing.head)).toBeCloseTo(shapes[index] ?? 0, 6)
          expect(box.left).toBeGreaterThanOrEqual(-0.001)
          expect(box.left + box.width).toBeLessThanOrEqual(width + 0.001)
          for (const other of boxes.slice(index + 1)) {
            const apart = other.left >= box.left + box.width || other.top >= box.top + box.height
            expect(apart).toBe(true)
          }
        })
      }),
    )
  })

  it('are none where there is none', () => {
    expect(arrange([], stage, spacing)).toEqual([])
  })
})
