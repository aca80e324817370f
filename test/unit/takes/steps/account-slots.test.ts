import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/main/system/clock.ts'
import { createAccountSlots } from '../../../../src/main/takes/steps/account-slots.ts'
import { entering, firstCome, never, recordOf } from '../../../support/library/account-slots-kit.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('an account with a width of two', () => {
  it('lets two takes be sent and the third only when one has ended', async () => {
    const accountSlots = createAccountSlots(() => 2, systemClock, firstCome)
    const records = ['1', '2', '3'].map((id) => recordOf(id, 'READY'))
    const [one, two, three] = records.map((record) => entering(accountSlots, record))
    await settled()
    expect([one?.answer.value, two?.answer.value, three?.answer.value]).toEqual(['in', 'in', null])
    accountSlots.note(recordOf('1', 'INTENT'))
    accountSlots.note(recordOf('1', 'ACKED'))
    await settled()
    expect(three?.answer.value).toBeNull()
    accountSlots.note(recordOf('1', 'REMOTE_DONE'))
    await three?.done
    expect(three?.answer.value).toBe('in')
  })

  it('counts tasks that were running before this start', async () => {
    const accountSlots = createAccountSlots(() => 2, systemClock, firstCome)
    accountSlots.note(recordOf('1', 'ACKED'))
    accountSlots.note(recordOf('2', 'UNKNOWN'))
    const three = entering(accountSlots, recordOf('3', 'READY'))
    await settled()
    expect(three.answer.value).toBeNull()
    accountSlots.note(recordOf('2', 'ABANDONED'))
    await three.done
    expect(three.answer.value).toBe('in')
  })

  it('gives the place back of a take that was stopped before it was sent', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    const stop = new AbortController()
    entering(accountSlots, recordOf('1', 'READY'), stop.signal)
    const two = entering(accountSlots, recordOf('2', 'READY'))
    stop.abort()
    await two.done
    expect(two.answer.value).toBe('in')
  })

  it('keeps the place of a task that runs, even when following it is stopped and begun again', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    const stop = new AbortController()
    entering(accountSlots, recordOf('1', 'READY'), stop.signal)
    accountSlots.note(recordOf('1', 'INTENT'))
    accountSlots.note(recordOf('1', 'ACKED'))
    stop.abort()
    const two = entering(accountSlots, recordOf('2', 'READY'))
    await settled()
    expect(two.answer.value).toBeNull()
  })

  it('frees the place of a take that the provider has put off', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    accountSlots.note(recordOf('1', 'WIRE'))
    const two = entering(accountSlots, recordOf('2', 'READY'))
    const held = recordOf('1', 'HELD')
    accountSlots.note({ ...held, attempt: { ...held.attempt, resume: 'READY' } })
    await two.done
    expect(two.answer.value).toBe('in')
  })

  it('does not make the takes of another account wait', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    accountSlots.note(recordOf('1', 'ACKED', 'a-1'))
    const other = entering(accountSlots, recordOf('2', 'READY', 'a-2'))
    await other.done
    expect(other.answer.value).toBe('in')
  })

  it('lets those who wait in by the order they came', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    accountSlots.note(recordOf('1', 'ACKED'))
    const order: string[] = []
    for (const id of ['2', '3'])
      void accountSlots.enter(recordOf(id, 'READY').order, never).then(() => {
        order.push(id)
        accountSlots.note(recordOf(id, 'DONE'))
      })
    accountSlots.note(recordOf('1', 'DONE'))
    await settled()
    expect(order).toEqual(['2', '3'])
  })
})

describe('an account that the provider says is busy', () => {
  /** A clock that only the test moves. */
  function ownClock() {
    let time = 0
    const waiting: { readonly at: number; readonly wake: () => void }[] = []
    const clock = {
      now: () => time,
      monotonic: () => time,
      sleep: (duration: number) =>
        new Promise<void>((wake) => {
          waiting.push({ at: time + duration, wake })
        }),
    }
    const pass = async (duration: number) => {
      time += duration
      for (const one of waiting) if (one.at <= time) one.wake()
      await settled()
    }
    return { clock, pass }
  }

  it('lets nobody be sent for a while, then one for all, and all once that one is accepted', async () => {
    const { clock, pass } = ownClock()
    const accountSlots = createAccountSlots(() => 5, clock, firstCome)
    const first = recordOf('1', 'READY')
    await accountSlots.enter(first.order, never)
    accountSlots.note(recordOf('1', 'WIRE'))
    expect(accountSlots.backOff(first.order, 15_000)).toBe(15_000)
    accountSlots.note({
      ...recordOf('1', 'HELD'),
      attempt: { ...recordOf('1', 'HELD').attempt, resume: 'READY' },
    })
    const others = ['2', '3', '4'].map((id) => entering(accountSlots, recordOf(id, 'READY')))
    await pass(14_000)
    expect(others.map(({ answer }) => answer.value)).toEqual([null, null, null])
    await pass(1000)
    expect(others.map(({ answer }) => answer.value)).toEqual(['in', null, null])
    accountSlots.note(recordOf('2', 'WIRE'))
    accountSlots.note(recordOf('2', 'ACKED'))
    await settled()
    expect(others.map(({ answer }) => answer.value)).toEqual(['in', 'in', 'in'])
  })

  it('waits longer after each refusal, up to five minutes', async () => {
    const { clock } = ownClock()
    const accountSlots = createAccountSlots(() => 5, clock, firstCome)
    const { order } = recordOf('1', 'READY')
    const waits = Array.from({ length: 7 }, () => accountSlots.backOff(order, 15_000))
    expect(waits).toEqual([15_000, 30_000, 60_000, 120_000, 240_000, 300_000, 300_000])
  })

  it('hears of a wider lane at once', async () => {
    let width = 1
    const accountSlots = createAccountSlots(() => width, systemClock, firstCome)
    accountSlots.note(recordOf('1', 'ACKED'))
    const two = entering(accountSlots, recordOf('2', 'READY'))
    width = 2
    accountSlots.widened()
    await two.done
    expect(two.answer.value).toBe('in')
  })
})

describe('an account that the provider has refused', () => {
  const problem = { code: 'account-money', message: 'There is no money left.' } as const

  it('turns away those who wait and those who come, and no other account', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    accountSlots.note(recordOf('1', 'WIRE'))
    const waiting = entering(accountSlots, recordOf('2', 'READY'))
    accountSlots.close(recordOf('1', 'WIRE').order, problem)
    accountSlots.note(recordOf('1', 'REJECTED'))
    await waiting.done
    const later = entering(accountSlots, recordOf('3', 'READY'))
    await later.done
    expect([waiting.answer.value, later.answer.value]).toEqual([{ closedBy: problem }, { closedBy: problem }])
    const other = entering(accountSlots, recordOf('4', 'READY', 'a-2'))
    await other.done
    expect(other.answer.value).toBe('in')
  })

  it('is tried by one take for all when somebody has looked after it', async () => {
    const accountSlots = createAccountSlots(() => 5, systemClock, firstCome)
    const { order } = recordOf('1', 'READY')
    accountSlots.close(order, problem)
    const told = accountSlots.whenReopened(order, never)
    accountSlots.reopen(order)
    await told
    const all = ['1', '2'].map((id) => entering(accountSlots, recordOf(id, 'READY')))
    await settled()
    expect(all.map(({ answer }) => answer.value)).toEqual(['in', null])
    accountSlots.note(recordOf('1', 'ACKED'))
    await settled()
    expect(all.map(({ answer }) => answer.value)).toEqual(['in', 'in'])
  })

  it('turns the others away again when the one that tried is refused as well', async () => {
    const accountSlots = createAccountSlots(() => 5, systemClock, firstCome)
    const { order } = recordOf('1', 'READY')
    accountSlots.close(order, problem)
    accountSlots.reopen()
    const all = ['1', '2'].map((id) => entering(accountSlots, recordOf(id, 'READY')))
    await settled()
    accountSlots.close(order, problem)
    await all[1]?.done
    expect(all[1]?.answer.value).toEqual({ closedBy: problem })
  })

  it('keeps nobody waiting who stops waiting', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    const { order } = recordOf('1', 'READY')
    accountSlots.close(order, problem)
    const stop = new AbortController()
    const told = accountSlots.whenReopened(order, stop.signal)
    stop.abort()
    await expect(told).resolves.toBeUndefined()
  })
})
