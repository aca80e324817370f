import { describe, expect, it } from 'vitest'
import { createSendQueue } from '../../../../src/main/takes/queue/send-queue.ts'
import type { Arranged, SendQueueStore } from '../../../../src/main/takes/queue/send-queue-file.ts'
import type { TakeQueue } from '../../../../src/shared/domain/take-queue.ts'
import type { Problem } from '../../../../src/shared/outcome.ts'
import { recordOf } from '../../../support/library/account-slots-kit.ts'

const settled = () => new Promise((resolve) => setImmediate(resolve))

/** A disk that keeps what is written; a write ends when the test says so, or fails. */
function disk(first: Arranged = { paused: false, order: [] }) {
  const kept = { now: first, error: null as Error | null, hold: Promise.resolve() }
  const store: SendQueueStore = {
    read: () => ({ arranged: kept.now, notice: null }),
    write: async (arranged) => {
      await kept.hold
      if (kept.error) throw kept.error
      kept.now = arranged
    },
  }
  return { kept, store }
}

function queueOf(first?: Arranged, ids: readonly string[] = ['1', '2', '3']) {
  const { kept, store } = disk(first)
  const state = { readOnly: null as Problem | null }
  const queue = createSendQueue({ store, readOnly: () => state.readOnly, log: () => undefined })
  for (const id of ids) queue.note(recordOf(id, 'READY'))
  queue.allNoted()
  const told: TakeQueue[] = []
  queue.subscribe((now) => told.push(now))
  return { kept, queue, told, state }
}

const order = ({ waiting }: TakeQueue) => waiting.map(({ take }) => take).join(' ')
const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })

describe('the order of waiting takes', () => {
  it('is changed by a move, told, kept for the next start and decides who is sent first', async () => {
    const { kept, queue, told } = queueOf()
    const moved = await queue.move(recordOf('3', 'READY'), 'first')
    expect(moved.ok && order(moved.value)).toBe('3 1 2')
    expect(told.map(order)).toEqual(['3 1 2'])
    expect(['1', '2', '3'].sort(queue.compare)).toEqual(['3', '1', '2'])
    expect(queue.queuedOf('1')).toEqual({ place: 2, paused: false })
    expect(order(queueOf(kept.now).queue.read())).toBe('3 1 2')
  })

  it('has no place for what is not in it: that comes last', () => {
    const { queue } = queueOf()
    expect(['x', '2', '1'].sort(queue.compare)).toEqual(['1', '2', 'x'])
    expect(queue.queuedOf('x')).toBeNull()
  })

  it('puts a take that arrives after everything that was arranged', async () => {
    const { queue } = queueOf()
    await queue.move(recordOf('1', 'READY'), 'last')
    queue.note(recordOf('0', 'PREPARING'))
    expect(order(queue.read())).toBe('2 3 1 0')
  })

  it('keeps the place of a take that the provider puts off', async () => {
    const { queue } = queueOf()
    await queue.move(recordOf('3', 'READY'), 'first')
    for (const state of ['INTENT', 'WIRE'] as const) {
      queue.note(recordOf('3', state))
      expect(order(queue.read())).toBe('1 2')
    }
    const held = recordOf('3', 'HELD')
    queue.note({ ...held, attempt: { ...held.attempt, resume: 'READY' } })
    expect(order(queue.read())).toBe('3 1 2')
  })

  it('forgets a take that is cancelled: started again, it comes last, after a restart too', async () => {
    const { kept, queue } = queueOf()
    await queue.move(recordOf('3', 'READY'), 'first')
    queue.note(recordOf('3', 'DRAFT'))
    queue.note(recordOf('3', 'READY'))
    expect(order(queue.read())).toBe('1 2 3')
    await queue.saved()
    expect(kept.now.order).toEqual(['1', '2'])
  })

  it('forgets a take that is cancelled while a move is being saved', async () => {
    const { kept, queue } = queueOf()
    let release = () => {}
    kept.hold = new Promise((resolve) => (release = resolve))
    const moving = queue.move(recordOf('3', 'READY'), 'first')
    await settled()
    queue.note(recordOf('3', 'DRAFT'))
    release()
    await moving
    queue.note(recordOf('3', 'READY'))
    expect(order(queue.read())).toBe('1 2 3')
  })

  it('ignores ids of takes that are gone, and drops them with the next change', async () => {
    const { kept, queue } = queueOf({ paused: false, order: ['gone', '2', 'also gone'] })
    expect(order(queue.read())).toBe('2 1 3')
    await queue.pause(true)
    expect(kept.now).toEqual({ paused: true, order: ['2'] })
  })

  it('refuses a move of what no longer waits, and before what no longer waits', async () => {
    const { kept, queue, told } = queueOf()
    queue.note(recordOf('1', 'INTENT'))
    const gone = await queue.move(recordOf('1', 'INTENT'), 'last')
    expect(!gone.ok && gone.problem.message).toContain('b.mp4')
    expect((await queue.move(recordOf('2', 'READY'), { before: '1' })).ok).toBe(false)
    expect([kept.now.order, told.map(order)]).toEqual([[], ['2 3']])
  })

  it('stays as it was where it can’t be saved, and says so', async () => {
    const { kept, queue, told } = queueOf()
    kept.error = full
    const moved = await queue.move(recordOf('3', 'READY'), 'first')
    expect(!moved.ok && moved.problem.code).toBe('disk-full')
    expect([order(queue.read()), told]).toEqual(['1 2 3', []])
  })

  it('is told only when something of it changed', () => {
    const { queue, told } = queueOf()
    queue.note(recordOf('1', 'READY'))
    queue.note(recordOf('9', 'ACKED'))
    queue.note(recordOf('9', 'DONE'))
    expect(told).toEqual([])
    queue.note(recordOf('1', 'INTENT'))
    queue.note(recordOf('1', 'WIRE'))
    expect(told.map(order)).toEqual(['2 3'])
  })
})

describe('a pause', () => {
  it('holds from the moment it is asked for, and is kept for the next start', async () => {
    const { kept, queue, told } = queueOf()
    const pausing = queue.pause(true)
    expect([queue.isPaused(), queue.queuedOf('1')?.paused, told.at(-1)?.paused]).toEqual([true, true, true])
    expect((await pausing).ok).toBe(true)
    expect([queue.isPaused(), queueOf(kept.now).queue.isPaused()]).toEqual([true, true])
  })

  it('ends only when that is saved', async () => {
    const { kept, queue } = queueOf({ paused: true, order: [] })
    kept.error = full
    expect((await queue.pause(false)).ok).toBe(false)
    expect(queue.isPaused()).toBe(true)
    kept.error = null
    const resumed = await queue.pause(false)
    expect([resumed.ok && resumed.value.paused, queue.isPaused(), kept.now.paused]).toEqual([
      false,
      false,
      false,
    ])
  })

  it('that can’t be saved holds until the user resumes, and says how long', async () => {
    const { kept, queue, told } = queueOf()
    kept.error = full
    const paused = await queue.pause(true)
    expect(paused.ok && paused.value.unsaved?.message).toContain('until you quit')
    expect([queue.isPaused(), told.some((now) => !now.paused)]).toEqual([true, false])
    expect((await queue.pause(true)).ok).toBe(true)
    expect(queue.read().unsaved?.code).toBe('disk-full')
    const resumed = await queue.pause(false)
    expect(resumed.ok && [resumed.value.paused, resumed.value.unsaved]).toEqual([false, undefined])
    expect([queue.isPaused(), kept.now.paused]).toEqual([false, false])
  })

  it('that couldn’t be saved is saved with the next move', async () => {
    const { kept, queue } = queueOf()
    kept.error = full
    await queue.pause(true)
    kept.error = null
    await queue.move(recordOf('3', 'READY'), 'first')
    expect([queue.read().paused, queue.read().unsaved, kept.now.paused]).toEqual([true, undefined, true])
  })

  it('that couldn’t be saved is saved when Understudy ends, if the disk takes it then', async () => {
    const { kept, queue } = queueOf()
    kept.error = full
    await queue.pause(true)
    await queue.saved()
    expect(kept.now.paused).toBe(false)
    kept.error = null
    await queue.saved()
    expect(kept.now.paused).toBe(true)
  })

  it('that is asked for while another one ends holds', async () => {
    const { queue } = queueOf({ paused: true, order: [] })
    const both = [queue.pause(false), queue.pause(true)]
    await both[0]
    expect(queue.isPaused()).toBe(true)
    await both[1]
    expect(queue.isPaused()).toBe(true)
  })

  it('is read without a word to the disk in a library that can’t be written', () => {
    const asked: boolean[] = []
    const { store } = disk()
    const counting: SendQueueStore = {
      ...store,
      read: (mayWrite) => {
        asked.push(mayWrite)
        return store.read(mayWrite)
      },
    }
    const problem: Problem = { code: 'library-newer', message: 'It is newer.' }
    for (const readOnly of [problem, null])
      createSendQueue({ store: counting, readOnly: () => readOnly, log: () => undefined })
    expect(asked).toEqual([false, true])
  })

  it('and moves are refused in a library that can’t be written', async () => {
    const { kept, queue, state } = queueOf()
    const problem: Problem = { code: 'library-newer', message: 'It is newer.' }
    state.readOnly = problem
    expect(await queue.pause(true)).toEqual({ ok: false, problem })
    expect(await queue.move(recordOf('3', 'READY'), 'first')).toEqual({ ok: false, problem })
    expect([queue.isPaused(), kept.now]).toEqual([false, { paused: false, order: [] }])
  })

  it('is told to whoever listens, until they stop', async () => {
    const { queue } = queueOf()
    const told: boolean[] = []
    const stop = queue.subscribe(({ paused }) => told.push(paused))
    await queue.pause(true)
    stop()
    await queue.pause(false)
    expect(new Set(told)).toEqual(new Set([true]))
  })
})
