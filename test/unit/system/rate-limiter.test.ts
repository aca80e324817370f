import { describe, expect, it } from 'vitest'
import { createRateLimiter } from '../../../src/main/system/scheduling.ts'
import type { Clock } from '../../../src/main/system/ports.ts'

/** A clock that only sleeping moves. */
function sleepingClock() {
  let time = 0
  const clock: Clock = {
    now: () => time,
    monotonic: () => time,
    sleep: (duration) => {
      time += duration
      return Promise.resolve()
    },
  }
  return clock
}

describe('the pace of requests to one host', () => {
  it('never lets more than five go within any second, and keeps their order', async () => {
    const clock = sleepingClock()
    const pace = createRateLimiter(clock)
    const gone: { readonly id: number; readonly at: number }[] = []
    await Promise.all(
      Array.from({ length: 50 }, (_, id) =>
        pace('api.example').then(() => gone.push({ id, at: clock.monotonic() })),
      ),
    )
    expect(gone.map(({ id }) => id)).toEqual(Array.from({ length: 50 }, (_, id) => id))
    for (const { at } of gone) {
      const within = gone.filter((other) => other.at >= at && other.at < at + 1000)
      expect(within.length).toBeLessThanOrEqual(5)
    }
  })

  it('does not hold back the first five, nor another host', async () => {
    const clock = sleepingClock()
    const pace = createRateLimiter(clock)
    for (let asked = 0; asked < 5; asked += 1) await pace('api.example')
    await pace('other.example')
    expect(clock.monotonic()).toBe(0)
  })
})
