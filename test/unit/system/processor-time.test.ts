import { describe, expect, it } from 'vitest'
import { afterWork } from '../../../src/main/system/processor-time.ts'

/** A machine that gives this process a share of the time that passes, and how long a limit took on it. */
async function waited(limit: number, share: number): Promise<number> {
  let passed = 0
  const clock = {
    sleep: (duration: number) => {
      passed += duration
      return Promise.resolve()
    },
  }
  await afterWork(limit, { clock, used: () => passed * share }, new AbortController().signal)
  return passed
}

describe('a limit of work', () => {
  it('is over when its time has passed, where the processor was free or shared among many threads', async () => {
    expect(await waited(10_000, 1)).toBe(10_000)
    expect(await waited(10_500, 4)).toBeCloseTo(10_500)
  })

  it('lasts longer where other programs had the processor', async () => {
    expect(await waited(10_000, 0.5)).toBeGreaterThan(19_000)
    expect(await waited(10_000, 0.5)).toBeLessThan(22_000)
  })

  it('ends also where nothing works at all', async () => {
    expect(await waited(10_000, 0)).toBeGreaterThan(90_000)
    expect(await waited(10_000, 0)).toBeLessThan(200_000)
  })

  it('ends at once when it is called off', async () => {
    const off = new AbortController()
    let slept = 0
    const clock = {
      sleep: () => {
        slept += 1
        if (slept === 3) off.abort()
        return Promise.resolve()
      },
    }
    await afterWork(1e9, { clock, used: () => 0 }, off.signal)
    expect(slept).toBe(3)
  })
})
