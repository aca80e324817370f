import { describe, expect, it } from 'vitest'
import { createBreaker } from '../../../../src/main/providers/http/client.ts'

const minute = 60_000

function aBreaker() {
  const clock = { time: 0 }
  const breaker = createBreaker({ monotonic: () => clock.time })
  const fail = (times: number, gap = 1000) => {
    for (let nth = 0; nth < times; nth += 1) {
      clock.time += gap
      if (breaker.allows()) breaker.heard(false)
    }
  }
  return { clock, breaker, fail }
}

describe('a service that does not answer', () => {
  it('is asked as usual until five questions in a row have failed within a minute', () => {
    const { breaker, fail } = aBreaker()
    fail(4)
    expect([breaker.allows(), breaker.wait()]).toEqual([true, null])
    fail(1)
    expect([breaker.allows(), breaker.wait()]).toEqual([false, 30_000])
  })

  it('is not given up for failures that lie far apart, or with an answer between them', () => {
    const slow = aBreaker()
    slow.fail(20, 16_000)
    expect(slow.breaker.allows()).toBe(true)
    const mixed = aBreaker()
    for (let nth = 0; nth < 5; nth += 1) {
      mixed.fail(4)
      mixed.breaker.heard(true)
    }
    expect(mixed.breaker.allows()).toBe(true)
  })

  it('is asked by one probe at a time, after waits that double up to five minutes', () => {
    const { clock, breaker, fail } = aBreaker()
    fail(5)
    const waits: number[] = []
    for (let nth = 0; nth < 6; nth += 1) {
      const wait = breaker.wait() ?? 0
      waits.push(wait)
      clock.time += wait
      expect([breaker.allows(), breaker.allows()]).toEqual([true, false])
      breaker.heard(false)
    }
    expect(waits).toEqual([30_000, minute, 2 * minute, 4 * minute, 5 * minute, 5 * minute])
  })

  it('is probed again when a probe was cut short by us', () => {
    const { clock, breaker, fail } = aBreaker()
    fail(5)
    clock.time += 30_000
    expect(breaker.allows()).toBe(true)
    breaker.heard(null)
    expect(breaker.allows()).toBe(true)
  })

  it('is trusted again after one answer', () => {
    const { clock, breaker, fail } = aBreaker()
    fail(5)
    clock.time += 30_000
    expect(breaker.allows()).toBe(true)
    breaker.heard(true)
    expect([breaker.allows(), breaker.wait()]).toEqual([true, null])
  })
})
