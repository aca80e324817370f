import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTimecode, writeTimecode } from '../../../src/renderer/features/timeline/timecode.ts'

const timeOf = (text: string, rate = 30) => {
  const typed = readTimecode(text, rate)
  return typed.ok && typed.code.kind === 'time' ? typed.code.time : typed
}
const messageOf = (text: string, rate = 30) => {
  const typed = readTimecode(text, rate)
  return typed.ok ? null : typed.message
}

describe('A typed timecode', () => {
  it.each([
    ['12.5', 12.5],
    ['12,5', 12.5],
    [' 12.5 s ', 12.5],
    ['7', 7],
    ['.5', 0.5],
    ['0:12.500', 12.5],
    ['1:05', 65],
    ['90:00', 5400],
    ['1:02:03.25', 3723.25],
    ['00:00:12:15', 12.5],
    ['00:01:00;00', 60],
  ])('reads %s', (text, time) => {
    expect(timeOf(text)).toBeCloseTo(time, 9)
  })

  it('counts the frames of a timecode at the clip’s own rate', () => {
    expect(timeOf('00:00:01:12', 24)).toBe(1.5)
    expect(timeOf('00:00:01:29', 30_000 / 1001)).toBeCloseTo(1 + (29 * 1001) / 30_000, 9)
  })

  it('reads a frame by its number, counted from 1', () => {
    expect(readTimecode('f375', 30)).toEqual({ ok: true, code: { kind: 'frame', number: 375 } })
    expect(readTimecode('F 1', 30)).toEqual({ ok: true, code: { kind: 'frame', number: 1 } })
  })

  it.each([
    ['', 'Type seconds'],
    ['soon', 'Type seconds'],
    ['1:2:3:4:5', 'Type seconds'],
    ['12..5', 'Type seconds'],
    ['NaN', 'Type seconds'],
    ['1e3', 'Type seconds'],
    ['-3', 'no time before 0'],
    ['−3', 'no time before 0'],
    ['f0', 'start at 1'],
    ['1:75', 'up to 59'],
    ['1:75:00', 'Minutes go up to 59'],
    ['00:00:01:30', 'numbered 0 to 29'],
  ])('says what is odd about “%s”', (text, part) => {
    expect(messageOf(text)).toContain(part)
  })

  it('comes out as it went in, to the thousandth', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 86_399_999 }), (thousandths) => {
        expect(timeOf(writeTimecode(thousandths / 1000))).toBeCloseTo(thousandths / 1000, 6)
      }),
    )
  })

  it('never fails on anything that can be typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const typed = readTimecode(text, 29.97)
        if (typed.ok && typed.code.kind === 'time') expect(typed.code.time).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})
