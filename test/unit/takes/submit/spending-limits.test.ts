import { describe, expect, it } from 'vitest'
import { guardsPassed } from '../../../../src/main/takes/submit/admit.ts'

const noon = Date.parse('2026-11-20T12:00:00Z')
const spent = (amount: number) => () => amount

describe('limits that could not be read', () => {
  it('are passed by every take that costs anything, and by none that is free', () => {
    const lost = { perTake: null, perDay: null, lost: 'settings.json' }
    for (const amount of [0.01, null]) expect(guardsPassed(lost, amount, () => 0, 0)).toHaveLength(1)
    expect(guardsPassed(lost, 0, () => 0, 0)).toEqual([])
  })
})

describe('the limits of the user', () => {
  it('say nothing where there are none', () => {
    expect(guardsPassed({ perTake: null, perDay: null }, 900, spent(900), noon)).toEqual([])
    expect(guardsPassed({ perTake: null, perDay: null }, null, spent(0), noon)).toEqual([])
  })

  it('let a take pass that costs exactly the limit, and ask about a cent more', () => {
    const guards = { perTake: 2, perDay: null }
    expect(guardsPassed(guards, 2, spent(0), noon)).toEqual([])
    expect(guardsPassed(guards, 2.01, spent(0), noon)).toEqual([
      'This take costs about 2.01 USD. Your limit per take is 2.00 USD.',
    ])
  })

  it('add today’s takes to the limit of a day', () => {
    const guards = { perTake: null, perDay: 10 }
    expect(guardsPassed(guards, 1, spent(9), noon)).toEqual([])
    expect(guardsPassed(guards, 1, spent(9.5), noon)).toEqual([
      'With this take, you would spend about 10.50 USD today. Your limit per day is 10.00 USD.',
    ])
  })

  it('ask about a cost that nobody knows, and never about a free take', () => {
    expect(guardsPassed({ perTake: 1, perDay: null }, null, spent(0), noon)).toHaveLength(1)
    expect(guardsPassed({ perTake: 0, perDay: 0 }, 0, spent(5), noon)).toEqual([])
  })

  it('count a day from midnight where the user is', () => {
    let from = ''
    const since = (asked: string) => {
      from = asked
      return 0
    }
    guardsPassed({ perTake: null, perDay: 1 }, 0.5, since, noon)
    const start = new Date(from)
    expect([start.getHours(), start.getMinutes(), start.getSeconds()]).toEqual([0, 0, 0])
    expect(start.getDate()).toBe(new Date(noon).getDate())
  })
})
