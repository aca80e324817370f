import { describe, expect, it } from 'vitest'
import { detectSleep } from '../../../src/main/takes/sleep-and-stop.ts'

/** A clock that only the test moves. */
function ownClock() {
  let time = Date.parse('2026-11-20T12:00:00Z')
  let wake: () => void = () => undefined
  const clock = {
    now: () => time,
    monotonic: () => time,
    sleep: () =>
      new Promise<void>((resolve) => {
        wake = resolve
      }),
  }
  const pass = async (duration: number) => {
    time += duration
    wake()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { clock, pass }
}

describe('the heartbeat', () => {
  it('says nothing while the process runs, even on a machine that is late', async () => {
    const { clock, pass } = ownClock()
    let back = 0
    const stop = detectSleep(clock, () => (back += 1))
    for (const beat of [1000, 1003, 3500, 1000]) await pass(beat)
    expect(back).toBe(0)
    stop()
  })

  it('says once that the process was away, however long that was', async () => {
    const { clock, pass } = ownClock()
    let back = 0
    const stop = detectSleep(clock, () => (back += 1))
    await pass(1000)
    await pass(8 * 3_600_000)
    await pass(1000)
    expect(back).toBe(1)
    stop()
  })

  it('is silent after its end', async () => {
    const { clock, pass } = ownClock()
    let back = 0
    detectSleep(clock, () => (back += 1))()
    await pass(60_000)
    expect(back).toBe(0)
  })
})
