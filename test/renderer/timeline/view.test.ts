import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  joinPictures,
  pictureFor,
  piecesOf,
  requestFor,
  slotsOf,
} from '../../../src/renderer/features/timeline/strip-loader.ts'
import {
  anchorOf,
  isWhole,
  pan,
  placeOf,
  reveal,
  tickLabel,
  ticks,
  wholeView,
  zoom,
} from '../../../src/renderer/features/timeline/view.ts'
import { columnsOf } from '../../../src/renderer/features/timeline/lanes.tsx'

const duration = 60
const part = fc.double({ min: 0, max: duration, noNaN: true })
const views = fc
  .tuple(fc.double({ min: 0.02, max: 1, noNaN: true }), part)
  .map(([factor, at]) => zoom(wholeView(duration), { factor, at, duration, shortest: 0.3 }))

describe('The view of the timeline', () => {
  it('keeps the moment under the pointer where it is', () => {
    fc.assert(
      fc.property(views, fc.double({ min: 0.3, max: 1, noNaN: true }), (view, share) => {
        const at = view.from + share * (view.to - view.from)
        const closer = zoom(view, { factor: 0.5, at, duration, shortest: 0.3 })
        expect(placeOf(at, closer)).toBeCloseTo(placeOf(at, view), 6)
      }),
    )
  })

  it('is zoomed around the playhead while that is in sight, else around its middle', () => {
    expect(anchorOf({ from: 10, to: 20 }, 12)).toBe(12)
    expect(anchorOf({ from: 10, to: 20 }, 40)).toBe(15)
    expect(anchorOf({ from: 10, to: 20 }, null)).toBe(15)
  })

  it('never leaves the clip, however it is zoomed and moved', () => {
    fc.assert(
      fc.property(
        views,
        fc.double({ min: 0.01, max: 50, noNaN: true }),
        part,
        fc.double({ min: -100, max: 100, noNaN: true }),
        (view, factor, at, by) => {
          const moved = pan(zoom(view, { factor, at, duration, shortest: 0.3 }), by, duration)
          expect(moved.from).toBeGreaterThanOrEqual(0)
          expect(moved.to).toBeLessThanOrEqual(duration + 1e-6)
          expect(moved.to - moved.from).toBeGreaterThanOrEqual(0.3 - 1e-6)
        },
      ),
    )
  })

  it('follows a moment that is out of sight, and stays for one that is in sight', () => {
    const view = { from: 10, to: 20 }
    expect(reveal(view, 15, duration)).toEqual(view)
    expect(reveal(view, 50, duration)).toEqual({ from: 45, to: 55 })
    expect(reveal(view, 59, duration)).toEqual({ from: 50, to: 60 })
    expect(isWhole(wholeView(duration), duration)).toBe(true)
    expect(isWhole(view, duration)).toBe(false)
  })

  it('writes round times that lie far enough apart', () => {
    expect(ticks({ from: 0, to: 10 }, 700, 72)).toEqual([0, 2, 4, 6, 8, 10])
    expect(tickLabel(4, { from: 0, to: 10 }, 700)).toBe('0:04')
    expect(tickLabel(65.5, { from: 65, to: 66 }, 700)).toBe('1:05.5')
  })
})

describe('The filmstrip', () => {
  const raster = { width: 800, duration, wide: 64 }

  it('covers what is in sight without a gap, and asks for no more than that', () => {
    fc.assert(
      fc.property(views, (view) => {
        const slots = slotsOf(view, raster)
        expect(slots[0]?.start).toBeLessThanOrEqual(view.from + 1e-6)
        expect(slots.at(-1)?.end).toBeGreaterThanOrEqual(view.to - 1e-6)
        expect(slots.length).toBeLessThanOrEqual(30)
        slots.slice(1).forEach((slot, index) => {
          expect(slot.start).toBeCloseTo(slots[index]?.end ?? -1, 9)
        })
        expect(requestFor(slots)).toMatchObject({ start: slots[0]?.start, count: slots.length })
      }),
    )
  })

  it('lays the places of a closer view on the raster of the wider one, so that pictures are used again', () => {
    const wide = slotsOf(wholeView(duration), raster)
    const close = slotsOf({ from: 15, to: 45 }, raster)
    const starts = new Set(close.map(({ start }) => start.toFixed(6)))
    const shared = wide.filter(({ start }) => start >= 15 && start < 45)
    expect(shared.length).toBeGreaterThan(2)
    shared.forEach(({ start }) => {
      expect(starts).toContain(start.toFixed(6))
    })
  })

  it('shows the nearest picture there is until the right one comes', () => {
    const coarse = [
      { at: 0, picture: 'a' },
      { at: 10, picture: 'b' },
    ]
    expect(pictureFor({ start: 8, end: 9.5 }, coarse)?.picture).toBe('b')
    expect(pictureFor({ start: 8, end: 10 }, [])).toBeNull()
    const finer = joinPictures(coarse, [
      { at: 8, picture: 'c' },
      { at: 10, picture: 'b2' },
    ])
    expect(finer.map(({ picture }) => picture)).toEqual(['a', 'c', 'b2'])
    expect(pictureFor({ start: 8, end: 9.5 }, finer)?.picture).toBe('c')
  })

  it('shows no picture of the next scene before the cut', () => {
    const pictures = [
      { at: 3.8, picture: 'before' },
      { at: 5, picture: 'after' },
    ]
    const pieces = piecesOf([{ start: 4.4, end: 5.2 }], [5])
    expect(pieces).toEqual([
      { start: 4.4, end: 5 },
      { start: 5, end: 5.2 },
    ])
    expect(pieces.map((piece) => pictureFor(piece, pictures, [5])?.picture)).toEqual(['before', 'after'])
  })
})

describe('The waveform', () => {
  it('shows the loudest moment of every column, wherever one looks', () => {
    const wave = { step: 0.5, peaks: [0, 0.2, 0.9, 0.1, 0, 1] }
    expect(columnsOf(wave, { from: 0, to: 3 }, 3)).toEqual([0.2, 0.9, 1])
    expect(columnsOf(wave, { from: 1, to: 1.5 }, 2)).toEqual([0.9, 0.9])
    expect(columnsOf(wave, { from: 4, to: 5 }, 2)).toEqual([0, 0])
  })
})
