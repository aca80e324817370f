import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numbersFor, type Numbered } from '../../../../src/main/takes/marks/numbers.ts'

const made = (day: number, number: number | null, id = `take-${String(day)}`): Numbered => ({
  id,
  createdAt: `2026-11-${String(day).padStart(2, '0')}`,
  number,
})
const given = (returning: readonly Numbered[], listed: readonly Numbered[] = []) =>
  Object.fromEntries(numbersFor(returning, listed))

describe('the numbers of takes that come back', () => {
  it('are those they had, with the gaps of takes that are gone', () => {
    expect(given([made(3, 9), made(1, 2), made(2, 5)])).toEqual({ 'take-1': 2, 'take-2': 5, 'take-3': 9 })
  })

  it('follow the order of creation where none is known', () => {
    expect(given([made(2, null), made(3, null), made(1, null)])).toEqual({
      ...{ 'take-1': 1, 'take-2': 2, 'take-3': 3 },
    })
  })

  it('fill the gap in time where there is room, and come at the end where there is none', () => {
    const listed = [made(1, 1), made(4, 4), made(6, 5)]
    expect(given([made(2, null), made(3, null), made(5, null)], listed)).toEqual({
      ...{ 'take-2': 2, 'take-3': 3, 'take-5': 6 },
    })
  })

  it('stay with the listed take, else with the older one, where two claim the same', () => {
    expect(given([made(1, 3)], [made(2, 3)])).toEqual({ 'take-1': 1 })
    expect(given([made(2, 1, 'younger'), made(1, 1, 'older')])).toEqual({ older: 1, younger: 2 })
  })

  it('are later than all that were given, where no file names them', () => {
    expect(Object.fromEntries(numbersFor([made(2, null), made(3, 4)], [], 7))).toEqual({
      'take-2': 1,
      'take-3': 4,
    })
    expect(Object.fromEntries(numbersFor([made(3, null)], [made(2, 4)], 7))).toEqual({ 'take-3': 8 })
  })

  it('are unique, whatever the files say, and never change one without a conflict', () => {
    const take = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      number: fc.option(fc.integer({ min: 1, max: 9 })),
    })
    fc.assert(
      fc.property(fc.array(take, { maxLength: 12 }), (drawn) => {
        const returning = drawn.map(({ day, number }, nth) => made(day, number, `take-${String(nth)}`))
        const numbers = numbersFor(returning, [])
        expect(new Set(numbers.values()).size).toBe(returning.length)
        for (const { id, number } of returning) {
          const claims = returning.filter((other) => other.number === number).length
          if (number !== null && claims === 1) expect(numbers.get(id)).toBe(number)
        }
      }),
    )
  })
})
