import { describe, expect, it } from 'vitest'
import { cellPlace } from '../../../src/renderer/features/takes/posters/HoverScrub.tsx'
import { cellAt, spriteSheet } from '../../../src/shared/domain/sprite.ts'

const sheet = spriteSheet({ width: 1920, height: 1080, duration: 10 })

describe('the place of the pointer', () => {
  it('chooses one of all the pictures, from the first at the left edge to the last at the right', () => {
    expect([0, 0.049, 0.05, 0.5, 0.999].map((place) => cellAt(sheet, place))).toEqual([0, 0, 1, 10, 19])
    // The pointer may be a little outside of the box that it left.
    expect([-0.1, 1, 1.2].map((place) => cellAt(sheet, place))).toEqual([0, 19, 19])
  })

  it('brings that picture over the box, cut at both sides and never at the top', () => {
    // The pictures are 240 × 135, so in a box of this height each is 160 wide.
    const box = { width: 80, height: 90 }
    expect(cellPlace(sheet, { place: 0, box })).toEqual({
      width: '800.00px',
      height: '360.00px',
      left: '-40.00px',
      top: '0.00px',
    })
    expect(cellPlace(sheet, { place: 0.35, box })).toMatchObject({ left: '-360.00px', top: '-90.00px' })
  })

  it('cuts a portrait at the bottom, where no head is', () => {
    const portrait = spriteSheet({ width: 720, height: 1280, duration: 10 })
    const { left, top, height } = cellPlace(portrait, { place: 0, box: { width: 135, height: 135 } })
    expect({ left, top, height }).toEqual({ left: '0.00px', top: '0.00px', height: '960.00px' })
  })
})
