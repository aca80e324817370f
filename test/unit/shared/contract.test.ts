import { describe, expect, it } from 'vitest'
import { calls } from '../../../src/shared/contract.ts'

const takes = Array.from({ length: 5 }, (_, nth) => `01ARZ3NDEKTSV4RRFFQ69G5FA${String(nth)}`)
const [one = '', two = ''] = takes

describe('take:compare', () => {
  const accepts = (asked: unknown) => calls['take:compare'].args.safeParse(asked).success

  it.each([1, 2, 3, 4])('takes %i takes', (count) => {
    expect(accepts({ takes: takes.slice(0, count) })).toBe(true)
  })

  it.each([
    ['none', []],
    ['five', takes],
    ['one twice', [one, two, one]],
    ['what is no id', ['../clip.mp4']],
    ['an id in place of a list', one],
  ])('refuses %s', (_what, asked) => {
    expect(accepts({ takes: asked })).toBe(false)
  })
})

describe('take:sound', () => {
  const accepts = (speed: unknown, side: unknown = 'result') =>
    calls['take:sound'].args.safeParse({ take: one, side, speed }).success

  it.each([0.1, 0.25, 1, 2])('takes a speed of %d', (speed) => {
    expect([accepts(speed), accepts(speed, 'reference')]).toEqual([true, true])
  })

  it.each([NaN, 0, 0.0999, -1, 2.001, 3, Infinity, '1', null])('refuses a speed of %s', (speed) => {
    expect(accepts(speed)).toBe(false)
  })

  it('refuses what is no side', () => {
    expect(accepts(1, 'both')).toBe(false)
    expect(calls['take:preview'].args.safeParse({ take: one, side: '../clip.mp4' }).success).toBe(false)
  })
})
