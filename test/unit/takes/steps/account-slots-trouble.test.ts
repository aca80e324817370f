import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/main/system/clock.ts'
import { createAccountSlots } from '../../../../src/main/takes/steps/account-slots.ts'
import { entering, firstCome, never, recordOf } from '../../../support/library/account-slots-kit.ts'

describe('an account whose takes meet trouble on their way', () => {
  it('gives a place to a take that asks again, because something went wrong after it was let in', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    const { order } = recordOf('1', 'READY')
    expect(await accountSlots.enter(order, never)).toBe('in')
    expect(await accountSlots.enter(order, never)).toBe('in')
  })

  it('stays open when what was refused has been put right while the request was out', async () => {
    const accountSlots = createAccountSlots(() => 3, systemClock, firstCome)
    const sent = recordOf('1', 'WIRE')
    await accountSlots.enter(sent.order, never)
    accountSlots.note(sent)
    accountSlots.reopen()
    accountSlots.close(sent.order, { code: 'account-key', message: 'The key is wrong.' })
    expect(await accountSlots.enter(recordOf('2', 'READY').order, never)).toBe('in')
  })

  it('lets the others in when nobody knows what became of the one that tried for all', async () => {
    const accountSlots = createAccountSlots(() => 3, systemClock, firstCome)
    const { order } = recordOf('1', 'READY')
    accountSlots.close(order, { code: 'account-key', message: 'The key is wrong.' })
    accountSlots.reopen()
    await accountSlots.enter(order, never)
    const second = entering(accountSlots, recordOf('2', 'READY'))
    for (const state of ['INTENT', 'WIRE', 'UNKNOWN'] as const) accountSlots.note(recordOf('1', state))
    await second.done
    expect(second.answer.value).toBe('in')
  })

  it('is not kept waiting by a timer that fires a moment too early', async () => {
    let time = 0
    const early = {
      now: () => time,
      monotonic: () => time,
      sleep: (duration: number) => {
        time += Math.max(0.5, duration - 0.5)
        return Promise.resolve()
      },
    }
    const accountSlots = createAccountSlots(() => 3, early, firstCome)
    const { order } = recordOf('1', 'READY')
    accountSlots.backOff(order, 15_000)
    expect(await accountSlots.enter(order, never)).toBe('in')
  })

  it('leaves no listener behind for each time a take is held', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    const { signal } = new AbortController()
    for (let nth = 0; nth < 50; nth += 1) {
      await accountSlots.enter(recordOf('1', 'READY').order, signal)
      const held = recordOf('1', 'HELD')
      accountSlots.note({ ...held, attempt: { ...held.attempt, resume: 'READY' } })
    }
    expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1)
  })

  it('waits longer each time the provider is out of reach, all its takes alike, and from the beginning after a connection', () => {
    let time = 0
    const clock = { now: () => time, monotonic: () => time, sleep: () => new Promise<void>(() => undefined) }
    const accountSlots = createAccountSlots(() => 3, clock, firstCome)
    const [one, other] = [recordOf('1', 'READY'), recordOf('2', 'READY')]
    const waits = Array.from({ length: 8 }, () => {
      const wait = accountSlots.unreached(one.order)
      expect(accountSlots.unreached(other.order)).toBe(wait)
      time += wait
      return wait / 1000
    })
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300])
    accountSlots.note(recordOf('1', 'WIRE'))
    expect(accountSlots.unreached(one.order)).toBe(5000)
  })
})
