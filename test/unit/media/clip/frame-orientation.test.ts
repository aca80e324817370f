import { describe, expect, it } from 'vitest'
import { isTelling, readSample, unlikeSource } from '../../../../src/main/media/clip/frame-orientation.ts'

type Paint = (x: number, y: number) => number

/** A frame as ffmpeg writes it: brightness at fractions of the sides. */
function frame(width: number, height: number, paint: Paint, aspect = '1:1'): Uint8Array {
  const pixels = Buffer.from(
    Array.from({ length: width * height }, (_, at) =>
      paint((at % width) / width, Math.floor(at / width) / height),
    ),
  )
  const head = `YUV4MPEG2 W${String(width)} H${String(height)} F25:1 Ip A${aspect} Cmono\nFRAME\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), pixels])
}

function look(width: number, height: number, paint: Paint, aspect?: string) {
  const seen = readSample(frame(width, height, paint, aspect))
  if (seen === null) throw new Error('no frame')
  return seen
}

/** Light in the upper left corner, a bar on the right. */
const scene: Paint = (x, y) => (x < 0.4 && y < 0.3 ? 220 : x > 0.8 ? 120 : 30)
const portrait = look(180, 320, scene)

describe('a prepared picture is like its source', () => {
  it('smaller, and with light and contrast changed as tone mapping does', () => {
    const dimmed = look(90, 160, (x, y) => 40 + scene(x, y) ** 0.8)
    expect(unlikeSource(portrait, dimmed)).toBeNull()
  })

  it('whose pixels were not square', () => {
    expect(unlikeSource(look(160, 320, scene, '9:8'), portrait)).toBeNull()
  })

  it('where rounding to even sides took a pixel', () => {
    expect(unlikeSource(look(181, 321, scene), look(180, 320, scene))).toBeNull()
  })

  it('where nothing tells its top from its bottom', () => {
    const black = look(180, 320, () => 16)
    expect(isTelling(black)).toBe(false)
    expect(unlikeSource(black, portrait)).toBeNull()
    const even: Paint = (x) => (Math.abs(x - 0.5) < 0.2 ? 200 : 50)
    expect(unlikeSource(look(180, 320, even), look(180, 320, even))).toBeNull()
  })
})

describe('a prepared picture is refused', () => {
  it('where it was squeezed', () => {
    expect(unlikeSource(portrait, look(320, 180, scene))).toBe(
      'it shows 320 × 180 where the clip shows 180 × 320',
    )
    expect(unlikeSource(look(160, 320, scene, '9:8'), look(160, 320, scene))).toMatch(/^it shows 160 × 320/)
  })

  it.each<[string, Paint]>([
    ['upside down', (x, y) => scene(1 - x, 1 - y)],
    ['mirrored', (x, y) => scene(1 - x, y)],
    ['flipped', (x, y) => scene(x, 1 - y)],
    ['lying within the right shape', (x, y) => scene(y, 1 - x)],
  ])('where it is %s', (_how, paint) => {
    expect(unlikeSource(portrait, look(180, 320, paint))).toBe('it is rotated or mirrored')
  })
})

it('no frame is read from what is none', () => {
  for (const bytes of [
    Buffer.alloc(0),
    Buffer.from('YUV4MPEG2 W9 H9 F25:1\n'),
    frame(9, 9, scene).subarray(0, 80),
  ])
    expect(readSample(bytes)).toBeNull()
})
