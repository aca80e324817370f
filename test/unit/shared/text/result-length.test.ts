import { describe, expect, test } from 'vitest'
import { earlyEnd, inWords } from '../../../../src/shared/text/result-length.ts'

const reference = { frameTimes: Array.from({ length: 300 }, (_, frame) => frame / 30), duration: 10 }
const calm = { cuts: [], fast: [] }
const endOf = (result: number, scan: Parameters<typeof earlyEnd>[0]['scan'] = calm, expected = 10) =>
  earlyEnd({ reference, result, scan, expected })?.message

describe('A result that is shorter than its clip', () => {
  test.each([
    [{ cuts: [4.2], fast: [] }, 'The clip has a cut at 4.2 s.'],
    [{ cuts: [1, 3.9, 4.4], fast: [] }, 'The clip has a cut at 3.9 s.'],
    [{ cuts: [], fast: [{ start: 2.5, end: 3.5 }] }, 'The clip moves too fast to follow from 2.5 to 3.5 s.'],
    [{ cuts: [1], fast: [{ start: 6, end: 7 }] }, 'Understudy sees no reason in the clip.'],
  ])('is explained by what was seen: %j', (scan, reason) => {
    expect(endOf(4, scan)).toBe(`The result ends at 4.0 s, at frame 121 of the clip. ${reason}`)
  })

  test('is explained by its model where that always makes so much', () => {
    expect(endOf(5.04, { cuts: [5], fast: [] }, 5)).toBe(
      'The result ends at 5.0 s, at frame 152 of the clip. This model makes 5 s from this clip.',
    )
  })

  test('is not explained where only a few frames are missing, or where it is longer', () => {
    expect(endOf(9.8)).toBeUndefined()
    expect(endOf(12)).toBeUndefined()
  })
})

test('A freeze is named in one line', () => {
  expect(inWords({ start: 2, end: 3.9667 }).message).toBe('The result stands still from 2.0 to 4.0 s.')
})
