import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Scene, SideSize } from '../../../src/renderer/features/compare/engine/arrangement.ts'
import { layout, type Rect } from '../../../src/renderer/features/compare/engine/layout.ts'
import { zoomOf } from '../../../src/renderer/features/compare/engine/navigation.ts'
import { firstView, modes, type View } from '../../../src/renderer/features/compare/engine/view.ts'

const side = (name: string, width: number, height: number): SideSize => ({ side: name, width, height })
const reference = side('reference', 1280, 720)
const result = side('result', 1920, 1080)
const tall = side('result', 720, 1280)
const takes = ['result', 'result-2', 'result-3', 'result-4'].map((name) => side(name, 1280, 720))
const stage = { width: 1612, height: 930, caption: 30, gap: 12 }

const view = (change: Partial<View> = {}): View => ({ ...firstView, ...change })
const rounded = ({ x, y, width, height }: Rect) =>
  [x, y, width, height].map((value) => Math.round(value * 10) / 10 + 0)
const pictures = (scene: Scene, change: Partial<View>) =>
  Object.fromEntries(layout(scene, view(change)).map((placed) => [placed.side, rounded(placed.picture)]))

describe('Side by side', () => {
  it('shows both pictures at one height, as large as possible, next to each other in the middle', () => {
    expect(pictures({ stage, sides: [reference, result] }, {})).toEqual({
      reference: [0, 255, 800, 450],
      result: [812, 255, 800, 450],
    })
    expect(pictures({ stage, sides: [reference, tall] }, {})).toEqual({
      reference: [0, 138.2, 1215.4, 683.7],
      result: [1227.4, 138.2, 384.6, 683.7],
    })
  })

  it('fills the stage without empty room when asked to', () => {
    const [left, right] = layout({ stage, sides: [reference, tall] }, view({ fit: 'fill' }))
    expect(rounded(left!.region)).toEqual([0, 30, 1093.8, 900])
    expect(rounded(right!.region)[3]).toBe(900)
    expect(left!.region.width + right!.region.width).toBeCloseTo(1600)
    expect(left!.picture.height).toBeCloseTo(right!.picture.height)
  })

  it('shows every side at its own pixels at 1:1, whatever sizes they have', () => {
    expect(
      pictures({ stage, sides: [reference, side('result', 640, 360)] }, { fit: 'actual' }),
    ).toMatchObject({
      reference: [expect.any(Number), expect.any(Number), 1280, 720],
      result: [expect.any(Number), expect.any(Number), 640, 360],
    })
  })
})

describe('Stacked', () => {
  it('shows both pictures at one width, one above the other', () => {
    const { reference: above, result: below } = pictures(
      { stage, sides: [reference, side('result', 640, 640)] },
      { mode: 'stacked' },
    )
    expect(above?.[2]).toBe(below?.[2])
    expect(below![1]! - above![1]! - above![3]!).toBeCloseTo(42)
  })
})

describe('A mode with one region', () => {
  it.each(['wipe', 'overlay', 'blink', 'difference'] as const)('%s: both pictures share one box', (mode) => {
    const { reference: one, result: other } = pictures({ stage, sides: [reference, result] }, { mode })
    expect(one).toEqual([6, 30, 1600, 900])
    expect(other).toEqual(one)
  })

  it('treats shapes that rounding made different as one shape', () => {
    const { result: odd } = pictures(
      { stage, sides: [reference, side('result', 1278, 720)] },
      { mode: 'wipe' },
    )
    expect(odd).toEqual([6, 30, 1600, 900])
  })

  it('keeps the shape of a picture of another shape, in the middle of the box', () => {
    const { result: narrow } = pictures({ stage, sides: [reference, tall] }, { mode: 'difference' })
    expect(narrow).toEqual([552.9, 30, 506.3, 900])
  })

  it('compares the chosen take with the reference', () => {
    const placed = layout({ stage, sides: [reference, ...takes] }, view({ mode: 'wipe', chosen: 2 }))
    expect(placed.map(({ side: name }) => name)).toEqual(['reference', 'result-3'])
  })
})

describe('Several takes', () => {
  it('are in the grid in which they are largest', () => {
    const rowsOf = (sides: readonly SideSize[], room = stage) =>
      layout({ stage: room, sides }, view()).map(({ row, column }) => [row, column])
    expect(rowsOf([reference, ...takes])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
    ])
    const tallSides = ['reference', 'result', 'result-2'].map((name) => side(name, 720, 1280))
    expect(rowsOf(tallSides)).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
    ])
  })

  it('can show the chosen one large beside the reference, and the others whole in a strip below', () => {
    const scene = { stage, sides: [reference, ...takes] }
    const placed = layout(scene, view({ several: 'strip', chosen: 1, zoom: 4 }))
    expect(placed.map(({ side: name, row, isThumbnail }) => [name, row, isThumbnail])).toEqual([
      ['reference', 0, false],
      ['result-2', 0, false],
      ['result', 1, true],
      ['result-3', 1, true],
      ['result-4', 1, true],
    ])
    for (const { isThumbnail, picture, region } of placed) {
      if (isThumbnail) expect(picture).toEqual(region)
      else expect(picture.width).toBe(5120)
    }
  })
})

const sizes = fc.record({
  width: fc.integer({ min: 16, max: 4096 }),
  height: fc.integer({ min: 16, max: 4096 }),
})
const scenes = fc
  .record({
    sizes: fc.array(sizes, { minLength: 2, maxLength: 5 }),
    width: fc.integer({ min: 200, max: 4000 }),
    height: fc.integer({ min: 300, max: 2400 }),
  })
  .map(({ sizes: each, width, height }) => ({
    stage: { width, height, caption: 30, gap: 12 },
    sides: each.map((size, index) => ({
      side: index === 0 ? 'reference' : `take-${String(index)}`,
      ...size,
    })),
  }))
const views = fc.record({
  mode: fc.constantFrom(...modes),
  fit: fc.constantFrom('fit' as const, 'fill' as const, 'actual' as const),
  zoom: fc.option(fc.double({ min: 0.1, max: 8, noNaN: true })),
  pan: fc.record({
    x: fc.double({ min: -2, max: 2, noNaN: true }),
    y: fc.double({ min: -2, max: 2, noNaN: true }),
  }),
  chosen: fc.integer({ min: 0, max: 5 }),
  several: fc.constantFrom('grid' as const, 'strip' as const),
})

describe('Any view of any sides', () => {
  it('keeps every region on the stage with room for its caption, none over another, and full of picture', () => {
    fc.assert(
      fc.property(scenes, views, (scene, change) => {
        const placed = layout(scene, view(change))
        const regions = placed.map(({ region }) => region)
        const slack = 1e-6
        for (const { region, picture } of placed) {
          expect(region.x).toBeGreaterThanOrEqual(-slack)
          expect(region.y).toBeGreaterThanOrEqual(scene.stage.caption - slack)
          expect(region.x + region.width).toBeLessThanOrEqual(scene.stage.width + slack)
          expect(region.y + region.height).toBeLessThanOrEqual(scene.stage.height + slack)
          if (regions.filter((other) => other === region).length > 1) continue
          expect(picture.x).toBeLessThanOrEqual(region.x + slack)
          expect(picture.x + picture.width).toBeGreaterThanOrEqual(region.x + region.width - slack)
          expect(picture.y).toBeLessThanOrEqual(region.y + slack)
          expect(picture.y + picture.height).toBeGreaterThanOrEqual(region.y + region.height - slack)
        }
        const distinct = [...new Set(regions)]
        for (const [index, one] of distinct.entries())
          for (const other of distinct.slice(index + 1)) {
            const apart =
              one.x + one.width <= other.x + slack ||
              other.x + other.width <= one.x + slack ||
              one.y + one.height <= other.y + slack ||
              other.y + other.height <= one.y + slack
            expect(apart).toBe(true)
          }
      }),
    )
  })

  it('shows all of every picture when it is fitted', () => {
    fc.assert(
      fc.property(scenes, views, (scene, change) => {
        for (const { region, picture } of layout(scene, view({ ...change, fit: 'fit', zoom: null }))) {
          expect(picture.width).toBeLessThanOrEqual(region.width + 1e-6)
          expect(picture.height).toBeLessThanOrEqual(region.height + 1e-6)
        }
      }),
    )
  })

  it('shows the reference at the zoom it says', () => {
    fc.assert(
      fc.property(scenes, views, (scene, change) => {
        const seen = view(change)
        const [first] = layout(scene, seen)
        expect(first!.picture.width).toBeCloseTo(scene.sides[0]!.width * zoomOf(scene, seen), 5)
      }),
    )
  })
})
