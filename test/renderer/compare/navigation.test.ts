import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layout } from '../../../src/renderer/features/compare/engine/layout.ts'
import {
  nextStop,
  panBy,
  panSideBy,
  zoomOf,
  zoomTo,
} from '../../../src/renderer/features/compare/engine/navigation.ts'
import {
  blinkShows,
  changesAlone,
  firstView,
  modes,
  refit,
  type Point,
  type View,
} from '../../../src/renderer/features/compare/engine/view.ts'

const scene = {
  stage: { width: 1612, height: 930, caption: 30, gap: 12 },
  sides: [
    { side: 'reference', width: 1280, height: 720 },
    { side: 'result', width: 1920, height: 1080 },
    { side: 'result-2', width: 720, height: 1280 },
  ],
}
const pair = { ...scene, sides: scene.sides.slice(0, 2) }
const view = (change: Partial<View> = {}): View => ({ ...firstView, ...change })

/** What a side shows at a point of the canvas, as shares of its picture. */
function shownAt(seen: View, side: string, at: Point, of = pair): Point {
  const { picture } = layout(of, seen).find((placed) => placed.side === side)!
  return { x: (at.x - picture.x) / picture.width, y: (at.y - picture.y) / picture.height }
}

/** What each side shows in the middle of its region. */
const middles = (seen: View, of = pair) =>
  layout(of, seen).map(({ side, region: { x, y, width, height } }) =>
    shownAt(seen, side, { x: x + width / 2, y: y + height / 2 }, of),
  )

describe('A zoom', () => {
  it('keeps what is under the pointer where it is, as long as the picture covers its place', () => {
    const inside = fc.record({
      x: fc.double({ min: 0.3, max: 0.7, noNaN: true }),
      y: fc.double({ min: 0.45, max: 0.55, noNaN: true }),
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...modes),
        fc.double({ min: 4, max: 8, noNaN: true }),
        fc.double({ min: 4, max: 8, noNaN: true }),
        inside,
        fc.constantFrom('reference', 'result'),
        (mode, from, to, share, side) => {
          const zoomed = view({ mode, zoom: from })
          const { region } = layout(pair, zoomed).find((placed) => placed.side === side)!
          const at = { x: region.x + share.x * region.width, y: region.y + share.y * region.height }
          const before = shownAt(zoomed, side, at)
          const after = zoomTo(pair, zoomed, to, at)
          expect(zoomOf(pair, after)).toBeCloseTo(to)
          expect(shownAt(after, side, at).x).toBeCloseTo(before.x)
          expect(shownAt(after, side, at).y).toBeCloseTo(before.y)
        },
      ),
    )
  })

  it('is the same on both sides: both show one part of the picture', () => {
    let seen = view()
    for (const [to, x, y] of [
      [1, 1200, 400],
      [3, 300, 500],
      [8, 1400, 430],
      [2.5, 20, 300],
    ] as const) {
      seen = zoomTo(pair, seen, to, { x, y })
      const [reference, result] = middles(seen)
      expect(result!.x).toBeCloseTo(reference!.x)
      expect(result!.y).toBeCloseTo(reference!.y)
    }
  })

  it('goes from 10 to 800 %, and leaves a fitted picture beyond that as it is', () => {
    expect(zoomOf(pair, zoomTo(pair, view(), 99, null))).toBe(8)
    expect(zoomOf(pair, zoomTo(pair, view(), 0, null))).toBe(0.1)
    const small = { ...pair, sides: pair.sides.map((side) => ({ ...side, width: 16, height: 16 })) }
    expect(zoomOf(small, view())).toBe(50)
    expect(zoomOf(small, zoomTo(small, view(), 75, null))).toBe(50)
    expect(zoomOf(small, zoomTo(small, view(), 25, null))).toBe(25)
  })

  it('stays when the mode changes, and so does the middle of the picture', () => {
    const zoomed = zoomTo(pair, view(), 4, { x: 300, y: 300 })
    for (const mode of modes) {
      const seen = { ...zoomed, mode }
      expect(zoomOf(pair, seen)).toBe(4)
      expect(middles(seen)[0]!.x).toBeCloseTo(middles(zoomed)[0]!.x)
      expect(middles(seen)[0]!.y).toBeCloseTo(middles(zoomed)[0]!.y)
    }
  })

  it('back to a whole picture centres it, and fitting again forgets every pan', () => {
    const panned = panSideBy(
      pair,
      zoomTo(pair, view(), 6, { x: 50, y: 400 }),
      { x: 90, y: 0 },
      { x: 50, y: 400 },
    )
    const fitted = refit(panned, 'fit')
    expect(layout(pair, fitted)).toEqual(layout(pair, view()))
    for (const { region, picture } of layout(
      pair,
      zoomTo(pair, view({ zoom: 6, pan: { x: 0.4, y: 0 } }), 0.5, null),
    ))
      expect(picture).toEqual(region)
  })

  it('by keys stops at 100 and 200 %', () => {
    const up = [0.37]
    while (up.at(-1)! < 8) up.push(nextStop(up.at(-1)!, 1))
    expect(up).toEqual([0.37, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8])
    expect([nextStop(8, 1), nextStop(0.37, -1), nextStop(0.1, -1), nextStop(50, -1)]).toEqual([
      8, 0.25, 0.1, 8,
    ])
  })
})

describe('A pan', () => {
  it('moves the picture as far as the pointer, and the other side as far in its own picture', () => {
    const zoomed = view({ zoom: 4 })
    const panned = panBy(pair, zoomed, { x: -100, y: 40 }, { x: 300, y: 400 })
    const [before, after] = [zoomed, panned].map((seen) => layout(pair, seen).map(({ picture }) => picture))
    for (const index of [0, 1]) {
      expect(after![index]!.x - before![index]!.x).toBeCloseTo(-100)
      expect(after![index]!.y - before![index]!.y).toBeCloseTo(40)
    }
  })

  it('ends at the edge of the picture, and comes back from there at once', () => {
    const at = { x: 300, y: 400 }
    const edge = panBy(pair, view({ zoom: 4 }), { x: 99_999, y: 0 }, at)
    expect(layout(pair, edge)[0]!.picture.x).toBeCloseTo(layout(pair, edge)[0]!.region.x)
    const back = panBy(pair, edge, { x: -10, y: 0 }, at)
    expect(layout(pair, back)[0]!.picture.x).toBeCloseTo(layout(pair, edge)[0]!.picture.x - 10)
  })

  it('moves nothing that is wholly in sight', () => {
    const panned = panBy(pair, view(), { x: 50, y: 50 }, { x: 300, y: 400 })
    expect(layout(pair, panned)).toEqual(layout(pair, view()))
  })

  it('of one side alone leaves the other where it is, in every mode', () => {
    for (const mode of modes) {
      const seen = view({ mode })
      const { region } = layout(pair, seen)[1]!
      const at = { x: region.x + 9, y: region.y + 9 }
      const moved = panSideBy(pair, seen, { x: 8, y: -3 }, at)
      const [before, after] = [seen, moved].map((one) => layout(pair, one).map(({ picture }) => picture))
      expect(after![0]).toEqual(before![0])
      expect(after![1]!.x - before![1]!.x).toBeCloseTo(8)
      expect(after![1]!.y - before![1]!.y).toBeCloseTo(-3)
    }
  })

  it('of one side alone never loses it', () => {
    const at = { x: 1200, y: 460 }
    const lost = panSideBy(pair, view(), { x: 99_999, y: 0 }, at)
    const { region, picture } = layout(pair, lost)[1]!
    expect(region.x + region.width - picture.x).toBeCloseTo(picture.width / 10)
  })

  it('leaves the whole pictures of a strip alone', () => {
    const zoomed = view({ several: 'strip', zoom: 4 })
    const strip = layout(scene, zoomed).find(({ isThumbnail }) => isThumbnail)!
    const at = { x: strip.region.x + 5, y: strip.region.y + 5 }
    expect(panSideBy(scene, zoomed, { x: 9, y: 9 }, at)).toBe(zoomed)
    expect(layout(scene, zoomTo(scene, zoomed, 8, at)).at(-1)).toEqual(strip)
  })
})

describe('Blink', () => {
  it('shows the result, and the reference while that is asked for', () => {
    expect(blinkShows(view({ mode: 'blink' }), 12_345)).toBe('result')
    expect(blinkShows(view({ mode: 'blink', blink: { rate: 0, held: true } }), 12_345)).toBe('reference')
  })

  it.each([1, 2, 3, 4] as const)('at %i Hz shows each side that many times a second', (rate) => {
    const seen = view({ mode: 'blink', blink: { rate, held: false } })
    const shown = Array.from({ length: 1000 }, (_, now) => blinkShows(seen, now + 0.5))
    expect(shown.filter((side) => side === 'result')).toHaveLength(500)
    expect(shown.filter((side, now) => now > 0 && side !== shown[now - 1])).toHaveLength(rate * 2 - 1)
  })

  it('alone changes the picture of a frame', () => {
    const blinking = { rate: 2, held: false } as const
    expect(modes.filter((mode) => changesAlone(view({ mode, blink: blinking })))).toEqual(['blink'])
    expect(changesAlone(view({ mode: 'blink' }))).toBe(false)
  })
})
