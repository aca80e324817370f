import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../../../src/main/system/clock.ts'
import { createSendQueue } from '../../../../src/main/takes/queue/send-queue.ts'
import { createAccountSlots } from '../../../../src/main/takes/steps/account-slots.ts'
import type { TakeState } from '../../../../src/shared/domain/take.ts'
import { entering, never, recordOf } from '../../../support/library/account-slots-kit.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A queue in memory in front of the slots, as the library connects them. */
function line(width: () => number) {
  const queue = createSendQueue({
    store: {
      read: () => ({ arranged: { paused: false, order: [] }, notice: null }),
      write: () => Promise.resolve(),
    },
    readOnly: () => null,
    log: () => undefined,
  })
  const slots = createAccountSlots(width, systemClock, queue)
  queue.subscribe(slots.widened)
  const note = (id: string, state: TakeState, account?: string) => {
    const record = recordOf(id, state, account)
    queue.note(record)
    slots.note(record)
  }
  return { queue, slots, note }
}

describe('the next free slot of an account', () => {
  it('is for the first in the queue, whoever came first', async () => {
    const { queue, slots, note } = line(() => 1)
    note('1', 'ACKED')
    for (const id of ['2', '3', '4']) note(id, 'READY')
    const [two, three, four] = ['2', '3', '4'].map((id) => entering(slots, recordOf(id, 'READY')))
    await queue.move(recordOf('4', 'READY'), 'first')
    note('1', 'DONE')
    await settled()
    expect([two, three, four].map((one) => one?.answer.value)).toEqual([null, null, 'in'])
  })

  it('is not kept for a take that is still prepared', async () => {
    const { slots, note } = line(() => 1)
    note('1', 'PREPARING')
    note('2', 'READY')
    expect(await slots.enter(recordOf('2', 'READY').order, never)).toBe('in')
  })

  it('is for nobody while the queue is paused, and taken at once when it is resumed', async () => {
    const { queue, slots, note } = line(() => 2)
    note('1', 'READY')
    await queue.pause(true)
    const one = entering(slots, recordOf('1', 'READY'))
    slots.widened()
    await settled()
    expect(one.answer.value).toBeNull()
    await queue.pause(false)
    await one.done
    expect(one.answer.value).toBe('in')
  })

  it('is lost by a take that was let in and is not sent yet when the queue is paused', async () => {
    const { queue, slots, note } = line(() => 1)
    for (const id of ['1', '2']) note(id, 'READY')
    const { order } = recordOf('1', 'READY')
    expect(slots.isStillIn(order)).toBe(false)
    expect(await slots.enter(order, never)).toBe('in')
    expect(slots.isStillIn(order)).toBe(true)
    await queue.pause(true)
    expect(slots.isStillIn(order)).toBe(false)
    const again = entering(slots, recordOf('1', 'READY'))
    const other = entering(slots, recordOf('2', 'READY'))
    await settled()
    expect([again.answer.value, other.answer.value]).toEqual([null, null])
    await queue.move(recordOf('2', 'READY'), 'first')
    await queue.pause(false)
    await settled()
    expect([again.answer.value, other.answer.value]).toEqual([null, 'in'])
  })
})

describe('any order of moves, pauses, slots and cancels', () => {
  const ids = ['1', '2', '3', '4', '5', '6']
  const accountOf = (id: string) => `a-${String(Number(id) % 2)}`
  const anId = fc.constantFrom(...ids)
  const command = fc.oneof(
    fc.record({ do: fc.constantFrom('ready', 'send', 'end', 'cancel' as const), id: anId }),
    fc.record({
      do: fc.constant('move' as const),
      id: anId,
      to: fc.oneof(fc.constantFrom('first', 'last'), fc.record({ before: anId })),
    }),
    fc.record({ do: fc.constant('pause' as const), paused: fc.boolean() }),
    fc.record({ do: fc.constant('width' as const), width: fc.integer({ min: 1, max: 3 }) }),
  )

  it('sends each take at most once, nothing while paused, and each account in the shown order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 60 }), async (commands) => {
        let width = 1
        const { queue, slots, note } = line(() => width)
        const states = new Map<string, 'new' | 'asking' | 'in' | 'sent' | 'over'>(
          ids.map((id) => [id, 'new']),
        )
        const stops = new Map(ids.map((id) => [id, new AbortController()]))
        const sent: string[] = []
        /** Those let in since the last look. */
        let granted: string[] = []
        const ask = (id: string) => {
          states.set(id, 'asking')
          const { signal } = stops.get(id) ?? new AbortController()
          void slots.enter(recordOf(id, 'READY', accountOf(id)).order, signal).then((answer) => {
            if (answer !== 'in') return
            states.set(id, 'in')
            granted.push(id)
          })
        }
        for (const one of commands) {
          const before = queue.read()
          const state = 'id' in one ? states.get(one.id) : undefined
          if (one.do === 'ready' && state === 'new') {
            note(one.id, 'READY', accountOf(one.id))
            ask(one.id)
          } else if (one.do === 'send' && state === 'in') {
            if (slots.isStillIn(recordOf(one.id, 'READY', accountOf(one.id)).order)) {
              expect(queue.isPaused()).toBe(false)
              sent.push(one.id)
              states.set(one.id, 'sent')
              for (const next of ['INTENT', 'WIRE', 'ACKED'] as const) note(one.id, next, accountOf(one.id))
            } else ask(one.id)
          } else if (one.do === 'end' && state === 'sent') {
            states.set(one.id, 'over')
            note(one.id, 'DONE', accountOf(one.id))
          } else if (one.do === 'cancel' && (state === 'asking' || state === 'in')) {
            states.set(one.id, 'over')
            stops.get(one.id)?.abort()
            note(one.id, 'DRAFT', accountOf(one.id))
          } else if (one.do === 'move') void queue.move(recordOf(one.id, 'READY', accountOf(one.id)), one.to)
          else if (one.do === 'pause') void queue.pause(one.paused)
          else if (one.do === 'width') {
            width = one.width
            slots.widened()
          }
          await settled()
          if (before.paused && queue.isPaused()) expect(granted).toEqual([])
          const shown = queue.read().waiting.map(({ take }) => take)
          for (const id of granted)
            for (const other of shown.slice(0, shown.indexOf(id)))
              if (accountOf(other) === accountOf(id)) expect(states.get(other)).not.toBe('asking')
          granted = []
        }
        expect(sent).toEqual([...new Set(sent)])
        // Nothing is lost: once it may, everything that asked is let in.
        width = ids.length
        await queue.pause(false)
        slots.widened()
        await settled()
        expect([...states.values()]).not.toContain('asking')
      }),
    )
  })
})
