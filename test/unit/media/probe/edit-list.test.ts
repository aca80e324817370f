import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutsOrMoves, editsOf, type Edit } from '../../../../src/main/media/probe/mp4-boxes.ts'

const u32 = (...numbers: readonly number[]) => {
  const bytes = Buffer.alloc(4 * numbers.length)
  for (const [place, one] of numbers.entries()) bytes.writeUInt32BE(one >>> 0, 4 * place)
  return bytes
}
const box = (type: string, ...content: readonly Buffer[]) => {
  const inside = Buffer.concat(content)
  return Buffer.concat([u32(8 + inside.length), Buffer.from(type, 'latin1'), inside])
}
const one = 0x10000
const track = (id: number, ...edits: readonly Buffer[]) =>
  box('trak', box('tkhd', u32(0, 0, 0, id)), box('edts', box('elst', u32(0, edits.length), ...edits)))
const movie = (timescale: number, ...tracks: readonly Buffer[]) =>
  Buffer.concat([box('mvhd', u32(0, 0, 0, timescale)), ...tracks])

describe('the edits of a track', () => {
  it('are read with their times in seconds', () => {
    const moov = movie(600, track(1, u32(300, -1, one), u32(1200, 512, one)))
    expect(editsOf(moov, 1)).toEqual([
      { mediaTime: null, duration: 0.5, rate: 1 },
      { mediaTime: 512, duration: 2, rate: 1 },
    ])
  })

  it('are read in 64 bits, behind headers of the newer version', () => {
    const edit = Buffer.concat([u32(0, 1200), u32(0, 512), u32(2 * one)])
    const newer = (length: number) => Buffer.concat([u32(0x01000000), Buffer.alloc(length)])
    const moov = Buffer.concat([
      box('mvhd', newer(16), u32(600)),
      box('trak', box('tkhd', newer(16), u32(7)), box('edts', box('elst', u32(0x01000000, 1), edit))),
    ])
    expect(editsOf(moov, 7)).toEqual([{ mediaTime: 512, duration: 2, rate: 2 }])
  })

  it('are those of the track that is asked for', () => {
    const moov = movie(1000, track(1, u32(1, -1, one)), track(2, u32(2000, 0, one)))
    expect(editsOf(moov, 2)).toEqual([{ mediaTime: 0, duration: 2, rate: 1 }])
    expect(editsOf(moov, 3)).toEqual([])
  })

  it('are not believed beyond what the box can hold', () => {
    const lying = box(
      'trak',
      box('tkhd', u32(0, 0, 0, 1)),
      box('edts', box('elst', u32(0, 0xffffffff), u32(1, 0, one))),
    )
    expect(editsOf(movie(1000, lying), 1)).toHaveLength(1)
  })

  it('never throw, whatever stands there', () => {
    const whole = movie(600, track(1, u32(300, -1, one), u32(1200, 512, one)))
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255), (length, at, byte) => {
        const bytes = Buffer.from(whole)
        bytes[at] = byte
        expect(() => editsOf(bytes.subarray(0, length), 1)).not.toThrow()
      }),
      { seed: 5, numRuns: 2000 },
    )
  })
})

describe('a list of edits', () => {
  const whole: Edit = { mediaTime: 1024, duration: 4, rate: 1 }

  it('of one part that hides nothing neither cuts nor moves', () => {
    expect(cutsOrMoves([], 0)).toBe(false)
    expect(cutsOrMoves([whole], 0)).toBe(false)
    expect(cutsOrMoves([{ mediaTime: null, duration: 0, rate: 1 }, whole], 0)).toBe(false)
  })

  it('that hides packets, pauses, plays twice or at another pace does', () => {
    expect(cutsOrMoves([whole], 1)).toBe(true)
    expect(cutsOrMoves([{ mediaTime: null, duration: 0.5, rate: 1 }, whole], 0)).toBe(true)
    expect(cutsOrMoves([whole, whole], 0)).toBe(true)
    expect(cutsOrMoves([{ ...whole, rate: 0.5 }], 0)).toBe(true)
  })
})
