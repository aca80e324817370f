import { describe, expect, it } from 'vitest'
import { signed } from '../../src/main/providers/authorization.ts'
import type { Clock } from '../../src/main/ports.ts'
import type { TaskStatus } from '../../src/main/providers/provider.ts'
import { startHeartbeat } from '../../src/main/takes/heartbeat.ts'
import type { TakeState } from '../../src/shared/take.ts'
import type { Milliseconds } from '../../src/shared/units.ts'
import { envelope, refusal } from '../support/contracts/kling-account.ts'
import { reply } from '../support/contracts/strict.ts'
import { takeId } from '../support/library.ts'
import { expectCell, faultStage } from './studio.ts'

const stage = faultStage()
const ends = ['DONE', 'NEEDS_USER', 'REMOTE_FAILED', 'EXPIRED'] as const
const status = 'GET /v1/videos/motion-control/:id'
const minute: Milliseconds = 60_000
const finished = { tasks: 1, posts: 1, asked: false, spend: 'done' } as const
type Setting = NonNullable<Parameters<typeof stage.studio>[1]>

/** A studio that notes when it asks about the task; `double` answers in the place of the provider. */
async function watched(
  setting: Setting = {},
  double: (nth: number) => TaskStatus | null = () => null,
  gap = 1,
) {
  const asked: Milliseconds[] = []
  const studio = await stage.studio('A', {
    ...setting,
    also: ({ status: ask }, clock) => ({
      cadence: { first: 1, gap: () => gap },
      status: (...about) => {
        asked.push(clock.monotonic())
        const answer = double(asked.length)
        return answer ? Promise.resolve(answer) : ask(...about)
      },
    }),
  })
  const gaps = () => asked.slice(1).map((at, index) => at - asked[index]!)
  return { studio, asked, gaps }
}

describe('a task that is followed through trouble', () => {
  it('49 · 5xx twenty times: it stays running, is asked about every minute at the latest, and recovers', async () => {
    const { studio, gaps } = await watched()
    studio.server.play(status, ...Array.from({ length: 20 }, () => reply(503, 'down')))
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(studio.bench.states.filter((state) => state === 'ACKED')).toHaveLength(1)
    expect(gaps().length).toBeGreaterThanOrEqual(20)
    expect(Math.max(...gaps())).toBeLessThanOrEqual(minute + 1)
    expectCell(studio, finished)
  })

  it('49 · resets twenty times: it stays running and recovers', async () => {
    const fault = (nth: number) => (nth > 1 && nth <= 21 ? ({ kind: 'lose-answer' } as const) : undefined)
    const { studio, gaps } = await watched({ fault })
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(gaps().length).toBeGreaterThanOrEqual(20)
    expectCell(studio, finished)
  })

  it('49 · no answer in time twenty times: it stays running and recovers', async () => {
    const late: TaskStatus = { kind: 'silent', why: 'no answer in time', retryAfter: null }
    const { studio, gaps } = await watched({}, (nth) => (nth <= 20 ? late : null))
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(Math.max(...gaps())).toBeLessThanOrEqual(minute + 1)
    expectCell(studio, finished)
  })

  it.each([
    ['in seconds: obeyed', { 'retry-after': '7' }, 7000],
    [
      'as a date: obeyed by the clock of the server',
      { date: 'Sat, 01 Jan 2000 00:00:00 GMT', 'retry-after': 'Sat, 01 Jan 2000 00:01:30 GMT' },
      90_000,
    ],
    ['that is garbage: ignored', { 'retry-after': 'soonish 7' }, 5000],
    ['of a day: clamped to 15 minutes', { 'retry-after': '86400' }, 15 * minute],
  ])('50 · 429 with a Retry-After %s', async (_what, headers, wait) => {
    const { studio, gaps } = await watched()
    studio.server.play(status, reply(429, { code: 1302, message: 'slow down' }, headers))
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(gaps()[0]).toBe(wait + 1)
    expectCell(studio, finished)
  })

  it.each(['succeed', 'succeeded', 'SUCCEED', 'Succeeded'])(
    '51 · an unknown word is a task that goes on, and "%s" is success',
    async (word) => {
      const { studio, asked } = await watched({ words: ['wobbling', 'QUEUED_AGAIN', word] })
      expect(await studio.ends(...ends)).toBe('DONE')
      expect(asked).toHaveLength(3)
      expectCell(studio, finished)
    },
  )

  it('52 · success without an address: asked on until there is one, never DONE before', async () => {
    const { studio, asked } = await watched()
    const bare = envelope({
      task_id: '829836802793406551',
      task_status: 'succeed',
      task_result: { videos: [] },
    })
    studio.server.play(status, bare, bare, bare)
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(asked.length).toBeGreaterThan(3)
    expectCell(studio, finished)
  })

  it.each(['A', 'B', 'C'] as const)(
    '52 · success without an address for ever · tier %s: the user is asked after half an hour, never DONE',
    async (tier) => {
      const asked: Milliseconds[] = []
      const studio = await stage.studio(tier, {
        also: (_provider, clock) => ({
          cadence: { first: 1, gap: () => minute },
          status: () => {
            asked.push(clock.monotonic())
            return Promise.resolve({ kind: 'empty' })
          },
        }),
      })
      expect(await studio.ends(...ends)).toBe('NEEDS_USER')
      expect(studio.bench.library.show(takeId)).toMatchObject({
        value: { problem: { code: 'result-unusable' } },
      })
      expectCell(studio, { tasks: 1, posts: 1, asked: true, spend: 'open' })
    },
  )

  it('53 · 404 once: the task is kept', async () => {
    const { studio } = await watched()
    studio.server.play(status, refusal(404, 1203, 'task not found'))
    expect(await studio.ends(...ends)).toBe('DONE')
    expectCell(studio, finished)
  })

  it.each([
    ['every minute', minute, 31],
    ['every ten minutes', 10 * minute, 10],
  ])(
    '53 · 404 always, asked %s: the user is asked after ten misses and half an hour',
    async (_gap, gap, misses) => {
      const { studio, asked } = await watched({}, () => ({ kind: 'missing' }), gap)
      expect(await studio.ends(...ends)).toBe('NEEDS_USER')
      expect(asked).toHaveLength(misses)
      expectCell(studio, { tasks: 1, posts: 1, asked: true, spend: 'open' })
    },
  )

  it('54 · 401 in the middle, the token has expired: signed again without any loss', async () => {
    let now = () => 0
    const keys = { accessKey: 'access-1', secretKey: 'secret-key-1', now: () => now() }
    const { studio } = await watched({
      keys,
      authorization: (clock, { serverTime }) => {
        now = clock.now
        return signed({ ...keys, serverTime })
      },
    })
    studio.server.play(status, refusal(401, 1004, 'Authorization has expired'))
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(studio.bench.states).not.toContain('HELD')
    expectCell(studio, finished)
  })

  it('58 · failed with a message that looks like a page: shown letter by letter, with a word about its cost', async () => {
    const words = '<script>alert("x")</script><img src=x onerror=alert(1)>'
    const { studio } = await watched()
    studio.server.play(
      status,
      envelope({ task_id: '829836802793406551', task_status: 'failed', task_status_msg: words }),
    )
    expect(await studio.ends(...ends)).toBe('REMOTE_FAILED')
    const shown = studio.bench.library.show(takeId)
    if (!shown.ok) throw new Error(shown.problem.message)
    expect(shown.value.problem?.detail).toBe(words)
    expect(shown.value.problem?.message).not.toContain('<')
    expect(shown.value.problem?.advice).toContain('costs anything')
    expectCell(studio, { tasks: 1, posts: 1, asked: false, spend: 'failed' })
  })
})

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
    const acked = studio.bench.until(takeId, 'ACKED')
    let isAcked = false
    void acked.then(() => {
      isAcked = true
    })
    while (!isAcked) await time.pass(1000)
    const finish = async () => {
      state.done = true
      const home = studio.bench.until(takeId, ...ends)
      let end: TakeState | null = null
      void home.then((take) => {
        end = take.state
      })
      while (end === null) await time.pass(1000)
      return end
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
    const stopBeat = startHeartbeat(time.clock, () => void studio.bench.library.lookAtAll())
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
