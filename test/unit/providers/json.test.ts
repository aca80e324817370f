import { describe, expect, it } from 'vitest'
import { readJson } from '../../../src/main/providers/json.ts'

describe('JSON from outside', () => {
  it('keeps every digit of an id that a number here cannot hold', () => {
    expect(readJson('{"id":9007199254740993,"of":[-9223372036854775808]}')).toEqual({
      id: '9007199254740993',
      of: ['-9223372036854775808'],
    })
    expect(readJson('9007199254740992')).toBe('9007199254740992')
  })

  it('leaves every other number a number', () => {
    expect(readJson('[9007199254740991,-1,0,1.5,1e300,9007199254740993.5,-0.25]')).toEqual([
      9007199254740991, -1, 0, 1.5, 1e300, 9007199254740994, -0.25,
    ])
    // Digits stand at the beginning and at the end of these, and they are no whole numbers as written.
    expect(readJson('[10000000000000000e3,1.10000000000000000e30]')).toEqual([1e19, 1.1e30])
  })

  it('leaves text, truth and nothing as they are', () => {
    expect(readJson('{"a":"9007199254740993","b":true,"c":null}')).toEqual({
      a: '9007199254740993',
      b: true,
      c: null,
    })
  })

  it.each(['', 'hello', '<html>', '{"a":', '{"a":1}}', 'NaN'])('says that “%s” is none', (text) => {
    expect(readJson(text)).toBeUndefined()
  })
})
