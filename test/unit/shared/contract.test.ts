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
