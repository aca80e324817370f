import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readByteRange } from '../../../src/main/files/serve.ts'

const part = (first: number, last: number) => ({ kind: 'part', first, last })
const whole = { kind: 'whole' }
const unsatisfiable = { kind: 'unsatisfiable' }
const huge = '9'.repeat(400)

describe('a Range header', () => {
  it.each([
    ['bytes=0-0', part(0, 0)],
    ['bytes=0-99', part(0, 99)],
    ['bytes=10-19', part(10, 19)],
    ['bytes=90-200', part(90, 99)],
    ['bytes=5-', part(5, 99)],
    ['bytes=99-', part(99, 99)],
    ['bytes=-1', part(99, 99)],
    ['bytes=-100', part(0, 99)],
    ['bytes=-1000', part(0, 99)],
    ['Bytes=1-2', part(1, 2)],
    [`bytes=1-${huge}`, part(1, 99)],
    [`bytes=-${huge}`, part(0, 99)],
  ])('%s of 100 bytes asks for a part', (header, expected) => {
    expect(readByteRange(header, 100)).toEqual(expected)
  })

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', `bytes=${huge}-`, `bytes=${huge}-${huge}`])(
    '%s of 100 bytes cannot be satisfied',
    (header) => {
      expect(readByteRange(header, 100)).toEqual(unsatisfiable)
    },
  )

  it.each([
    null,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=9-5',
    'bytes=0-1,4-5',
    'bytes=a-b',
    'bytes=1.5-2',
    'bytes=--1',
    'bytes=0x1-2',
    'items=0-5',
    ' bytes=0-5',
    'bytes=0-5 ',
    'bytes=٣-٤',
  ])('%s is answered with the whole file', (header) => {
    expect(readByteRange(header, 100)).toEqual(whole)
  })

  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-5'])('%s of an empty file cannot be satisfied', (header) => {
    expect(readByteRange(header, 0)).toEqual(unsatisfiable)
  })

  it('takes the same bytes from a file as slicing it would', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 50 }),
        fc.nat(60),
        fc.nat(60),
        (file, from, to) => {
          const range = readByteRange(`bytes=${from}-${to}`, file.length)
          const wanted = file.slice(from, to + 1)
          if (to < from) expect(range).toEqual(whole)
          else if (wanted.length === 0) expect(range).toEqual(unsatisfiable)
          else expect(range).toEqual(part(from, from + wanted.length - 1))
        },
      ),
    )
  })

  it('takes the same last bytes as slicing from the end would', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 60 }), (size, count) => {
        const bytes = Array.from({ length: size }, (_, index) => index)
        const wanted = bytes.slice(-count)
        expect(readByteRange(`bytes=-${count}`, size)).toEqual(part(wanted[0]!, wanted.at(-1)!))
      }),
    )
  })

  it('never throws and never reaches outside the file, whatever it says', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string().map((text) => `bytes=${text}`),
      fc.tuple(fc.bigInt(), fc.bigInt()).map(([from, to]) => `bytes=${from}-${to}`),
    )
    fc.assert(
      fc.property(anything, fc.nat(), (header, size) => {
        const range = readByteRange(header, size)
        if (range.kind !== 'part') return
        expect(range.first).toBeGreaterThanOrEqual(0)
        expect(range.last).toBeGreaterThanOrEqual(range.first)
        expect(range.last).toBeLessThan(size)
      }),
      { numRuns: 2000 },
    )
  })
})
