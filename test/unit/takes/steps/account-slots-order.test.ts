import { getEventListeners } from 'node:events'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/main/system/clock.ts'
import { createAccountSlots } from '../../../../src/main/takes/steps/account-slots.ts'
import type { TakeState } from '../../../../src/shared/domain/take.ts'
import { entering, firstCome, never, recordOf } from '../../../support/library/account-slots-kit.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))
const problem = { code: 'account-money', message: 'There is no money left.' } as const
const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length

/** A clock that only the test moves; nothing that sleeps wakes by itself. */
function stillClock() {
  let time = 0
  const waiting: (() => void)[] = []
  return {
    clock: {
      now: () => time,
      monotonic: () => time,
      sleep: () =>
        new Promise<void>((wake) => {
          waiting.push(wake)
        }),
    },
    move: (duration: number) => (time += duration),
    /** Every timer fires, whether its time has come or not. */
    fire: async () => {
      for (const wake of waiting.splice(0)) wake()
      await settled()
    },
  }
}

describe('a take that stops waiting', () => {
  it('is gone, and takes no place of those who still wait', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    accountSlots.note(recordOf('1', 'ACKED'))
    const stop = new AbortController()
    const two = entering(accountSlots, recordOf('2', 'READY'), stop.signal)
    const three = entering(accountSlots, recordOf('3', 'READY'))
    stop.abort()
    await two.done
    expect(two.answer.value).toBe('gone')
    accountSlots.note(recordOf('1', 'DONE'))
    await three.done
    expect(three.answer.value).toBe('in')
    const four = entering(accountSlots, recordOf('4', 'READY'))
    await settled()
    expect(four.answer.value).toBeNull()
  })

  it('is gone at once where it had stopped before it asked, and has no place', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    expect(await accountSlots.enter(recordOf('1', 'READY').order, AbortSignal.abort())).toBe('gone')
    expect(await accountSlots.enter(recordOf('2', 'READY').order, never)).toBe('in')
  })

  it('that had been let in gives its place to the next one when it asks again in vain', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    await accountSlots.enter(recordOf('1', 'READY').order, never)
    expect(await accountSlots.enter(recordOf('1', 'READY').order, AbortSignal.abort())).toBe('gone')
    expect(await accountSlots.enter(recordOf('2', 'READY').order, never)).toBe('in')
  })

  it.each<TakeState>(['INTENT', 'WIRE', 'ACKED', 'UNKNOWN', 'DONE', 'DRAFT'])(
    'is not listened for any more once it is %s',
    async (state) => {
      const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
      const { signal } = new AbortController()
      await accountSlots.enter(recordOf('1', 'READY').order, signal)
      accountSlots.note(recordOf('1', 'READY'))
      expect(listeners(signal)).toBe(1)
      accountSlots.note(recordOf('1', state))
      expect(listeners(signal)).toBe(0)
    },
  )
})

describe('a place', () => {
  it.each<readonly [TakeState, boolean]>([
    ['INTENT', true],
    ['WIRE', true],
    ['ACKED', true],
    ['UNKNOWN', true],
    ['DRAFT', false],
    ['NEEDS_USER', false],
    ['REMOTE_DONE', false],
    ['REJECTED', false],
    ['ABANDONED', false],
  ])('of a take that is %s is taken: %s', async (state, taken) => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    accountSlots.note(recordOf('1', state))
    const two = entering(accountSlots, recordOf('2', 'READY'))
    await settled()
    expect(two.answer.value).toBe(taken ? null : 'in')
  })
})

describe('a busy account', () => {
  it('keeps its takes back until its while is over, however often a timer fires before', async () => {
    const { clock, move, fire } = stillClock()
    const accountSlots = createAccountSlots(() => 2, clock, firstCome)
    accountSlots.backOff(recordOf('1', 'READY').order, 15_000)
    const two = entering(accountSlots, recordOf('2', 'READY'))
    const other = entering(accountSlots, recordOf('3', 'READY', 'a-2'))
    await settled()
    move(14_999)
    await fire()
    await fire()
    accountSlots.widened()
    await settled()
    expect([two.answer.value, other.answer.value]).toEqual([null, 'in'])
    move(1)
    await fire()
    expect(two.answer.value).toBe('in')
  })

  it('begins from the shortest while again once one of its takes was accepted', () => {
    const { clock } = stillClock()
    const accountSlots = createAccountSlots(() => 2, clock, firstCome)
    const { order } = recordOf('1', 'READY')
    const other = recordOf('9', 'READY', 'a-2')
    expect([accountSlots.backOff(order, 15_000), accountSlots.backOff(order, 15_000)]).toEqual([
      15_000, 30_000,
    ])
    expect(accountSlots.backOff(other.order, 15_000)).toBe(15_000)
    accountSlots.note(recordOf('1', 'ACKED'))
    expect([accountSlots.backOff(order, 15_000), accountSlots.backOff(other.order, 15_000)]).toEqual([
      15_000, 30_000,
    ])
  })

  it('sends nobody else while the one that tries for all is on its way', async () => {
    const { clock, move, fire } = stillClock()
    const accountSlots = createAccountSlots(() => 5, clock, firstCome)
    accountSlots.backOff(recordOf('1', 'READY').order, 15_000)
    const [two, three] = ['2', '3'].map((id) => entering(accountSlots, recordOf(id, 'READY')))
    move(15_000)
    await fire()
    for (const state of ['INTENT', 'WIRE'] as const) {
      accountSlots.note(recordOf('2', state))
      accountSlots.widened()
      await settled()
      expect([two?.answer.value, three?.answer.value]).toEqual(['in', null])
    }
    accountSlots.note(recordOf('2', 'ACKED'))
    await settled()
    expect(three?.answer.value).toBe('in')
  })

  it('is tried by the next take when the one that tried for all was stopped', async () => {
    const { clock, move, fire } = stillClock()
    const accountSlots = createAccountSlots(() => 5, clock, firstCome)
    accountSlots.backOff(recordOf('1', 'READY').order, 15_000)
    const stop = new AbortController()
    const two = entering(accountSlots, recordOf('2', 'READY'), stop.signal)
    const three = entering(accountSlots, recordOf('3', 'READY'))
    move(15_000)
    await fire()
    expect([two.answer.value, three.answer.value]).toEqual(['in', null])
    stop.abort()
    await settled()
    expect(three.answer.value).toBe('in')
  })

  it('is tried by the next take when the one that tried for all was refused for a reason of its own', async () => {
    const { clock, move, fire } = stillClock()
    const accountSlots = createAccountSlots(() => 5, clock, firstCome)
    accountSlots.backOff(recordOf('1', 'READY').order, 15_000)
    const [two, three, four] = ['2', '3', '4'].map((id) => entering(accountSlots, recordOf(id, 'READY')))
    move(15_000)
    await fire()
    accountSlots.note(recordOf('2', 'WIRE'))
    accountSlots.note(recordOf('2', 'REJECTED'))
    await settled()
    expect([two, three, four].map((one) => one?.answer.value)).toEqual(['in', 'in', null])
  })
})

describe('an account out of reach', () => {
  it('is a matter of that account, and over for all when somebody has looked after it', () => {
    const { clock, move } = stillClock()
    const accountSlots = createAccountSlots(() => 2, clock, firstCome)
    const { order } = recordOf('1', 'READY')
    const other = recordOf('2', 'READY', 'a-2')
    expect(accountSlots.unreached(order)).toBe(5000)
    move(2000)
    expect([accountSlots.unreached(order), accountSlots.unreached(other.order)]).toEqual([3000, 5000])
    move(3000)
    expect(accountSlots.unreached(order)).toBe(10_000)
    accountSlots.reopen(order)
    expect([accountSlots.unreached(order), accountSlots.unreached(other.order)]).toEqual([5000, 2000])
  })

  it('stays so for an answer that was no connection', () => {
    const { clock, move } = stillClock()
    const accountSlots = createAccountSlots(() => 2, clock, firstCome)
    const { order } = recordOf('1', 'READY')
    accountSlots.unreached(order)
    move(5000)
    accountSlots.note(recordOf('1', 'INTENT'))
    accountSlots.note(recordOf('2', 'WIRE', 'a-2'))
    expect(accountSlots.unreached(order)).toBe(10_000)
  })
})

describe('a refused account', () => {
  it('is opened by name, and every one at once without a name', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    const [one, other] = [recordOf('1', 'READY'), recordOf('2', 'READY', 'a-2')]
    for (const { order } of [one, other]) accountSlots.close(order, problem)
    accountSlots.reopen(one.order)
    expect(await accountSlots.enter(one.order, never)).toBe('in')
    expect(await accountSlots.enter(other.order, never)).toEqual({ closedBy: problem })
    accountSlots.reopen()
    expect(await accountSlots.enter(other.order, never)).toBe('in')
  })

  it('is told of by nobody but those who wait for it, and leaves nothing behind', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    const [one, other] = [recordOf('1', 'READY'), recordOf('2', 'READY', 'a-2')]
    const { signal } = new AbortController()
    const told: string[] = []
    const wait = async (name: string, record: typeof one) => {
      await accountSlots.whenReopened(record.order, signal)
      told.push(name)
    }
    const all = [wait('one', one), wait('other', other)]
    expect(listeners(signal)).toBe(2)
    accountSlots.reopen(other.order)
    await settled()
    expect([told, listeners(signal)]).toEqual([['other'], 1])
    accountSlots.reopen()
    await Promise.all(all)
    expect([told, listeners(signal)]).toEqual([['other', 'one'], 0])
  })

  it('is closed by a take that was let in after it had been put right', async () => {
    const accountSlots = createAccountSlots(() => 3, systemClock, firstCome)
    const { order } = recordOf('1', 'READY')
    accountSlots.reopen(order)
    await accountSlots.enter(order, never)
    accountSlots.close(order, problem)
    expect(await accountSlots.enter(recordOf('2', 'READY').order, never)).toEqual({ closedBy: problem })
  })

  it('that was put right for one account is still refused for another', async () => {
    const accountSlots = createAccountSlots(() => 3, systemClock, firstCome)
    const [one, other] = [recordOf('1', 'READY'), recordOf('2', 'READY', 'a-2')]
    for (const { order } of [one, other]) await accountSlots.enter(order, never)
    accountSlots.reopen(other.order)
    accountSlots.close(one.order, problem)
    accountSlots.close(other.order, problem)
    expect(await accountSlots.enter(recordOf('3', 'READY').order, never)).toEqual({ closedBy: problem })
    expect(await accountSlots.enter(recordOf('4', 'READY', 'a-2').order, never)).toBe('in')
  })

  it('gives no place to those it turned away, once it is put right', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    accountSlots.note(recordOf('1', 'WIRE'))
    const away = entering(accountSlots, recordOf('2', 'READY'))
    accountSlots.close(recordOf('1', 'WIRE').order, problem)
    await away.done
    accountSlots.reopen()
    accountSlots.note(recordOf('1', 'REJECTED'))
    expect(await accountSlots.enter(recordOf('3', 'READY').order, never)).toBe('in')
  })

  it('lets all in at once where only somebody asked and nothing had been refused', async () => {
    const accountSlots = createAccountSlots(() => 3, systemClock, firstCome)
    const { order } = recordOf('1', 'READY')
    accountSlots.reopen(order)
    const all = ['1', '2', '3'].map((id) => entering(accountSlots, recordOf(id, 'READY')))
    await settled()
    expect(all.map(({ answer }) => answer.value)).toEqual(['in', 'in', 'in'])
  })

  it('turns away who waits for it and leaves the others in their order', async () => {
    const accountSlots = createAccountSlots(() => 1, systemClock, firstCome)
    for (const [id, account] of [
      ['1', 'a-1'],
      ['2', 'a-2'],
    ] as const)
      accountSlots.note(recordOf(id, 'ACKED', account))
    const waiting = (['a-1', 'a-2', 'a-1'] as const).map((account, index) =>
      entering(accountSlots, recordOf(String(index + 3), 'READY', account)),
    )
    accountSlots.close(recordOf('1', 'ACKED').order, problem)
    await settled()
    expect(waiting.map(({ answer }) => answer.value)).toEqual([
      { closedBy: problem },
      null,
      { closedBy: problem },
    ])
    accountSlots.note(recordOf('2', 'DONE', 'a-2'))
    await settled()
    expect(waiting[1]?.answer.value).toBe('in')
  })
})
