import { expect, it } from 'vitest'
import { listening } from '../../../../src/main/media/offset/read-sound.ts'

it.each([
  ['two clips of half a minute', [30, 30], 8000, Infinity],
  ['a part of ten minutes', [600, 10], 4000, Infinity],
  ['half an hour of both', [900, 900], 2000, Infinity],
])('%s are heard as a whole', (_what, durations, rate, longest) => {
  expect(listening(durations)).toEqual({ rate, longest })
})

it('of two films, only the first quarter of an hour is heard', () => {
  const { rate, longest } = listening([7200, 7200])
  expect(rate).toBe(2000)
  expect(longest / 60).toBeCloseTo(17.5, 0)
})
