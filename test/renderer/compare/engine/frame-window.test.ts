import { describe, expect, it } from 'vitest'
import {
  frameCapacity,
  keepsWhole,
  loopHead,
  neededFrames,
  planFeed,
  planFill,
  windowFor,
} from '../../../../src/renderer/features/compare/engine/frame-window.ts'

const motions = ['playing', 'still', 'back'] as const
const range = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, nth) => first + nth)

describe('the memory for frames', () => {
  const fullHd = 1920 * 1080 * 1.5
  it('is shared by all sides, and bounded for large and for small pictures', () => {
    expect(frameCapacity(fullHd, 2)).toBe(36)
    expect(frameCapacity(fullHd, 4)).toBe(18)
    expect(frameCapacity(320 * 180 * 1.5, 2)).toBe(80)
    expect(frameCapacity(fullHd * 4, 4)).toBe(6)
  })

  it('holds as few as possible where the size of a frame is unknown', () => {
    expect(frameCapacity(Infinity, 2)).toBe(6)
  })

  it('is never exceeded by a window, and every window has room on the side it goes to', () => {
    for (const capacity of range(6, 80))
      for (const motion of motions) {
        const { ahead, behind, refillBelow, fill } = windowFor(capacity, motion)
        expect(ahead + behind).toBeLessThanOrEqual(capacity)
        expect(motion === 'back' ? behind : ahead).toBeGreaterThan(0)
        // What is decoded for the next steps back is not thrown away when it comes.
        expect(fill + refillBelow).toBeLessThanOrEqual(behind)
      }
  })
})

describe('the frames that are needed', () => {
  const playing = windowFor(36, 'playing')
  it('are the next ones, up to the last', () => {
    expect(neededFrames(10, 99, playing, null, 36)).toEqual(range(10, 18))
    expect(neededFrames(97, 99, playing, null, 36)).toEqual([97, 98, 99])
  })

  it('are only the one that is wanted when it goes back', () => {
    expect(neededFrames(10, 99, windowFor(36, 'back'), null, 36)).toEqual([10])
  })

  it('are all of a short loop, the next ones first', () => {
    expect(neededFrames(12, 99, playing, { first: 10, last: 14 }, 36)).toEqual([12, 13, 14, 10, 11])
  })

  it('end with a long loop', () => {
    expect(neededFrames(48, 99, playing, { first: 10, last: 50 }, 36)).toEqual([48, 49, 50])
  })

  it('are the next ones where a loop is still to come, or is left behind', () => {
    expect(neededFrames(10, 99, playing, { first: 80, last: 84 }, 36)).toEqual(range(10, 18))
    expect(neededFrames(90, 99, playing, { first: 80, last: 84 }, 36)).toEqual(range(90, 98))
  })

  it('of a loop are kept whole only if they fit', () => {
    expect(keepsWhole({ first: 0, last: 31 }, 36)).toBe(true)
    expect(keepsWhole({ first: 0, last: 32 }, 36)).toBe(false)
    expect(loopHead({ first: 5, last: 90 }, playing)).toEqual({ first: 5, last: 13 })
    expect(loopHead({ first: 5, last: 7 }, playing)).toEqual({ first: 5, last: 7 })
  })
})

describe('what the decoder does next', () => {
  const packetOf = range(0, 99)
  const keyOf = packetOf.map((packet) => packet - (packet % 30))
  const wish = { packetOf, keyOf, run: null, fills: () => false }
  const runAt = (fed: number, given: number) => ({ fed, willGive: (frame: number) => frame > given })

  it('is nothing where all is there or on its way', () => {
    expect(planFeed({ ...wish, needed: [1, 2], has: () => true })).toBeNull()
    expect(
      planFeed({ ...wish, needed: [1, 2], has: (frame) => frame === 1, fills: (frame) => frame === 2 }),
    ).toBeNull()
  })

  it('is to begin at the key', () => {
    expect(planFeed({ ...wish, needed: range(40, 48), has: () => false })).toEqual({
      ...{ begin: 30, first: 40, feedTo: 48 },
    })
  })

  it('is to go on where it is', () => {
    const plan = planFeed({ ...wish, needed: range(40, 48), has: (frame) => frame < 44, run: runAt(44, 43) })
    expect(plan).toEqual({ begin: null, first: 44, feedTo: 48 })
  })

  it('is to begin again for what the run has handed out already', () => {
    const plan = planFeed({ ...wish, needed: [40], has: () => false, run: runAt(60, 55) })
    expect(plan?.begin).toBe(30)
  })

  it('is to begin at a key that is nearer than where it is', () => {
    expect(planFeed({ ...wish, needed: [95], has: () => false, run: runAt(20, 19) })?.begin).toBe(90)
    expect(planFeed({ ...wish, needed: [95], has: () => false, run: runAt(92, 91) })?.begin).toBeNull()
  })

  it('feeds no farther than the row that is missing, so that a loop begins again at its own key', () => {
    const needed = [48, 49, 31, 32]
    expect(planFeed({ ...wish, needed, has: () => false })).toEqual({ begin: 30, first: 48, feedTo: 49 })
  })

  it('feeds as far as the packet that is decoded last', () => {
    const reordered = [0, 2, 3, 1]
    expect(planFeed({ ...wish, packetOf: reordered, needed: [1, 2, 3], has: () => false })?.feedTo).toBe(3)
  })
})

describe('what is decoded for the next steps back', () => {
  const back = windowFor(36, 'back')
  it('is nothing while enough are there, or at the first frame', () => {
    expect(planFill(50, back, (frame) => frame >= 40)).toBeNull()
    expect(planFill(3, back, () => true)).toBeNull()
    expect(planFill(0, back, () => false)).toBeNull()
  })

  it('are the frames before those that are there', () => {
    expect(planFill(50, back, (frame) => frame >= 48)).toEqual({ first: 48 - back.fill, last: 47 })
    expect(planFill(5, back, (frame) => frame >= 4)).toEqual({ first: 0, last: 3 })
  })
})
