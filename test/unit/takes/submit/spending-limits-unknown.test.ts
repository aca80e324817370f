import { describe, expect, it } from 'vitest'
import { guardsPassed } from '../../../../src/main/takes/submit/admit.ts'

const now = Date.parse('2026-11-20T12:00:00Z')
const nobodyAsks = () => {
  throw new Error('nothing spent matters here')
}

describe('a cost that nobody knows', () => {
  it('passes whichever limit there is, and says so', () => {
    for (const guards of [
      { perTake: 5, perDay: null },
      { perTake: null, perDay: 5 },
      { perTake: 5, perDay: 5 },
    ])
      expect(guardsPassed(guards, null, nobodyAsks, now)).toEqual([
        'The cost of this take is unknown, so it may exceed your limit.',
      ])
    expect(guardsPassed({ perTake: null, perDay: null }, null, nobodyAsks, now)).toEqual([])
  })
})

describe('a limit for a take alone', () => {
  it('does not ask what was spent before', () => {
    expect(guardsPassed({ perTake: 5, perDay: null }, 6, nobodyAsks, now)).toHaveLength(1)
  })
})
