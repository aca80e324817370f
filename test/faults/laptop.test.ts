import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/main/system/ports.ts'
import { detectSleep } from '../../src/main/takes/sleep-and-stop.ts'
import type { Milliseconds } from '../../src/shared/units.ts'
import { takeId } from '../support/library/library.ts'
import { expectCell, faultStage } from './studio.ts'

const stage = faultStage()
const ends = ['DONE', 'NEEDS_USER', 'REMOTE_FAILED', 'EXPIRED'] as const
const minute: Milliseconds = 60_000
const finished = { tasks: 1, posts: 1, asked: false, spend: 'done' } as const

/** A machine whose time the test moves: waits end when their time has come, and the wall clock can be set. */
function ownTime() {
  let passed: Milliseconds = 0
  let wall = Date.parse('2026-11-20T12:00:00Z')
  const waiting = new Set<{ readonly at: Milliseconds; readonly wake: () => void }>()
  const clock: Clock = {
    now: () => wall,
    monotonic: () => passed,
    sleep: (duration, signal) =>
      new Promise((resolve) => {
        const one = {
          at: passed + duration,
          wake: () => {
            waiting.delete(one)
            resolve()
          },
        }
        if (duration <= 0 || signal?.aborted) setImmediate(resolve)
        else waiting.add(one)
        signal?.addEventListener('abort', one.wake, { once: true })
      }),
  }
  return {
    clock,
    set: (to: Milliseconds) => {
      wall = to
    },
    /** Lets time pass second by second, and everything happen that comes due. */
    pass: async (duration: Milliseconds) => {
      for (const end = passed + duration; passed < end;) {
        passed += 1000
        wall += 1000
        for (const one of [...waiting]) if (one.at <= passed) one.wake()
        await new Promise((resolve) => setImmediate(resolve))
      }
    },
  }
}

/** Lets time pass until something has come. */
async function passUntil<T>(time: ReturnType<typeof ownTime>, coming: Promise<T>): Promise<T> {
  const come = { yet: false }
  const noted = coming.finally(() => {
    come.yet = true
  })
  while (!come.yet) await time.pass(1000)
  return noted
}

describe('a task that is followed through the ways of a laptop', () => {
  /** A take that the provider goes on performing until the test says so; every question is noted by its time. */
  async function performing() {
    const time = ownTime()
    const asked: Milliseconds[] = []
    const state = { online: true, done: false }
    const studio = await stage.studio('A', {
      clock: time.clock,
      also: ({ status: ask }) => ({
        cadence: { first: 20_000, gap: () => 15_000 },
        status: (taskId, signal) => {
          asked.push(time.clock.monotonic())
          if (!state.online)
            return Promise.resolve({ kind: 'silent', why: 'the network is unreachable', retryAfter: null })
          if (state.done) return ask(taskId, signal)
          return Promise.resolve({ kind: 'running', word: 'processing', progress: null, eta: null })
        },
      }),
    })
    await studio.bench.library.submit(studio.take())
    await passUntil(time, studio.bench.until(takeId, 'ACKED'))
    const finish = async () => {
      state.done = true
      return (await passUntil(time, studio.bench.until(takeId, ...ends))).state
    }
    return { studio, time, asked, state, finish }
  }

  it('55 · offline for 20 minutes, then online: one question at once, and the take is still the same', async () => {
    const { studio, time, asked, state, finish } = await performing()
    state.online = false
    await time.pass(20 * minute)
    expect(studio.bench.library.show(takeId)).toMatchObject({ value: { state: 'ACKED' } })
    state.online = true
    const before = asked.length
    await studio.bench.library.lookAtAll()
    await time.pass(3000)
    expect(asked).toHaveLength(before + 1)
    expect(await finish()).toBe('DONE')
    expectCell(studio, finished)
  })

  it('56 · asleep for ten minutes: one question for each task within three seconds, and no burst', async () => {
    const { studio, time, asked, finish } = await performing()
    const stopBeat = detectSleep(time.clock, () => void studio.bench.library.lookAtAll())
    await time.pass(5000)
    const before = asked.length
    // The monotonic clock stands while the machine sleeps; the wall clock does not.
    time.set(time.clock.now() + 10 * minute)
    await time.pass(3000)
    expect(asked).toHaveLength(before + 1)
    stopBeat()
    expect(await finish()).toBe('DONE')
    expectCell(studio, finished)
  })

  it.each([
    ['forth', 1],
    ['back', -1],
  ])('57 · the wall clock jumps a day %s: asked as often as before, never EXPIRED', async (_way, days) => {
    const { studio, time, asked, finish } = await performing()
    await time.pass(5 * minute)
    time.set(time.clock.now() + days * 24 * 60 * minute)
    const before = asked.length
    await time.pass(10 * minute)
    // One every 15 s, give or take the jitter, and at most one at once for the jump.
    expect(asked.length - before).toBeGreaterThanOrEqual(30)
    expect(asked.length - before).toBeLessThanOrEqual(50)
    expect(await finish()).toBe('DONE')
    expect(studio.bench.states).not.toContain('EXPIRED')
    expectCell(studio, finished)
  })
})
