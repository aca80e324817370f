import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  holdsEverySample,
  isWhole,
  startsAsMp4,
  walkBoxes,
} from '../../../../src/main/media/probe/mp4-boxes.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'understudy-boxes-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

/** A box that says it is so long, whatever it holds. */
function box(type: string, content: Buffer | number = 0, says?: number): Buffer {
  const inside = typeof content === 'number' ? Buffer.alloc(content) : content
  const head = Buffer.alloc(8)
  head.writeUInt32BE(says ?? 8 + inside.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, inside])
}
/** The same with its length in 64 bits. */
function largeBox(type: string, content: number, says = 16 + content): Buffer {
  const head = Buffer.alloc(16)
  head.writeUInt32BE(1)
  head.write(type, 4, 'latin1')
  head.writeBigUInt64BE(BigInt(says), 8)
  return Buffer.concat([head, Buffer.alloc(content)])
}
function fileOf(...parts: readonly Buffer[]): string {
  const path = join(folder, 'film.mp4')
  writeFileSync(path, Buffer.concat(parts))
  return path
}
const walk = (...parts: readonly Buffer[]) => walkBoxes(fileOf(...parts))
const u32 = (...numbers: readonly number[]) => {
  const bytes = Buffer.alloc(4 * numbers.length)
  for (const [place, one] of numbers.entries()) bytes.writeUInt32BE(one, 4 * place)
  return bytes
}

describe('the boxes of a film', () => {
  it('are found one after the other, in either length', async () => {
    expect(await walk(box('ftyp', 8), largeBox('mdat', 100), box('moov', 4))).toEqual({
      fileSize: 16 + 116 + 12,
      boxes: [
        { type: 'ftyp', start: 0, end: 16 },
        { type: 'mdat', start: 16, end: 132 },
        { type: 'moov', start: 132, end: 144 },
      ],
    })
  })

  it('may reach to the end of the file, or beyond it where the file was cut', async () => {
    const open = await walk(box('ftyp', 8), box('mdat', 100, 0))
    expect(open.boxes.at(-1)).toEqual({ type: 'mdat', start: 16, end: 124 })
    const cut = await walk(box('ftyp', 8), box('mdat', 100, 5000))
    expect(cut.boxes.at(-1)).toEqual({ type: 'mdat', start: 16, end: 5016 })
  })

  it('end where the file holds no whole head any more', async () => {
    const of = async (...rest: readonly Buffer[]) =>
      (await walk(box('ftyp', 8), ...rest)).boxes.map(({ type }) => type)
    expect(await of()).toEqual(['ftyp'])
    expect(await of(Buffer.alloc(7, 9))).toEqual(['ftyp'])
    expect(await of(box('free'))).toEqual(['ftyp', 'free'])
    expect(await of(largeBox('mdat', 0).subarray(0, 15))).toEqual(['ftyp'])
    expect(await of(largeBox('mdat', 0))).toEqual(['ftyp', 'mdat'])
  })

  it('end where a box says that it is shorter than its own head, so that nobody walks for ever', async () => {
    expect((await walk(box('ftyp', 8), box('free', 8, 7))).boxes).toHaveLength(1)
    expect((await walk(box('ftyp', 8), largeBox('free', 8, 7))).boxes).toHaveLength(1)
    expect((await walk(box('ftyp', 8), largeBox('free', 8, 8), box('moov'))).boxes).toHaveLength(3)
  })

  it('are walked up to a number that no real film has', async () => {
    const many = Buffer.concat(Array.from({ length: 20_001 }, () => box('free')))
    expect((await walk(many)).boxes).toHaveLength(20_000)
  })
})

describe('a film by its boxes', () => {
  const wholeOf = async (...parts: readonly Buffer[]) => isWhole(await walk(...parts))

  it('is whole with an index and pictures that both lie inside the file', async () => {
    expect(await wholeOf(box('ftyp', 8), box('moov', 4), box('mdat', 4))).toBe(true)
    expect(await wholeOf(box('moov', 4), box('mdat', 4), box('free', 4, 900))).toBe(true)
  })

  it('is not whole without one of them, or with one that was cut', async () => {
    expect(await wholeOf(box('ftyp', 8), box('moov', 4))).toBe(false)
    expect(await wholeOf(box('ftyp', 8), box('mdat', 4))).toBe(false)
    expect(await wholeOf(box('moov', 4), box('mdat', 4, 13))).toBe(false)
    expect(await wholeOf(box('mdat', 4), box('moov', 4, 13))).toBe(false)
    expect(await wholeOf(box('mdat', 4), box('moov', 4), box('moof', 4, 13))).toBe(false)
  })

  it('begins as an MP4 or as something else', async () => {
    expect(startsAsMp4(await walk(box('ftyp', 8), box('moov')))).toBe(true)
    expect(startsAsMp4(await walk(box('free', 8), box('ftyp')))).toBe(false)
    expect(startsAsMp4(await walk())).toBe(false)
  })
})

describe('the samples that an index names', () => {
  /** An index of one chunk with one sample of so many bytes at this place of the file. */
  const index = (offset: number, bytes: number) => {
    const stsc = box('stsc', u32(0, 1, 1, 1, 1))
    const stsz = box('stsz', u32(0, bytes, 1))
    const stco = box('stco', u32(0, 1, offset))
    return box('moov', box('trak', box('mdia', box('minf', box('stbl', Buffer.concat([stsc, stsz, stco]))))))
  }
  const holds = async (...parts: readonly Buffer[]) => {
    const path = fileOf(...parts)
    return holdsEverySample(path, await walkBoxes(path))
  }
  const at = index(0, 0).length + 8

  it('are all there, or the last of them was cut off', async () => {
    expect(await holds(index(at, 100), box('mdat', 100))).toBe(true)
    expect(await holds(index(at, 101), box('mdat', 100, 0))).toBe(false)
    expect(await holds(box('free', 8), index(16 + at, 100), box('mdat', 100))).toBe(true)
    // The index may come last.
    expect(await holds(box('ftyp', 8), box('mdat', 100), index(24, 100))).toBe(true)
    expect(await holds(box('ftyp', 8), box('mdat', 100), index(24, 900))).toBe(false)
  })

  it('are not known without an index, or with one that was cut or that nobody could hold', async () => {
    expect(await holds(box('mdat', 100))).toBe(false)
    const cut = index(at, 1)
    expect(await holds(box('mdat', 4), cut.subarray(0, cut.length - 1))).toBe(false)
    const path = fileOf(box('ftyp', 8))
    const largest = 64 * 1024 * 1024
    const claims = (length: number) =>
      holdsEverySample(path, {
        fileSize: 3 * largest,
        boxes: [{ type: 'moov', start: largest, end: largest + 8 + length }],
      })
    expect(await claims(largest + 1)).toBe(false)
    expect(await claims(largest)).toBe(true)
  })
})
