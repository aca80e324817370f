import { describe, expect, it } from 'vitest'
import type { Found, Provider } from '../../src/main/providers/provider.ts'
import { stopInTime } from '../../src/main/takes/sleep-and-stop.ts'
import { quickClock, takeId } from '../support/library/library.ts'
import { expectCell, faultStage } from './studio.ts'
import type { Tier } from './tiers.ts'

const stage = faultStage()
const canLook: readonly Tier[] = ['A', 'B']
const all: readonly Tier[] = ['A', 'B', 'C']
const ends = ['DONE', 'NEEDS_USER', 'REJECTED'] as const
const loseFirst = (nth: number) => (nth === 1 ? ({ kind: 'lose-answer' } as const) : undefined)

const cutFirst = (nth: number) => (nth === 1 ? ({ kind: 'cut-request', bytes: 40 } as const) : undefined)

type Look = NonNullable<Provider['find']>['look']

/** The look-up of the real adapter, with something in between. */
const looking =
  (around: (look: Look, nth: number) => Look) =>
  ({ find }: Provider): Partial<Provider> => {
    let looks = 0
    return find ? { find: { ...find, look: (...about) => around(find.look, (looks += 1))(...about) } } : {}
  }

const absent: Look = () => Promise.resolve<Found>({ kind: 'absent' })
const consentOf = (tier: Tier) => ({ amount: tier === 'A' ? 0.756 : null, passGuard: false })

describe('a task that shows up late', () => {
  it.each(canLook)(
    '45 · after the question was put to the user · tier %s: the question answers itself, one task',
    async (tier) => {
      const studio = await stage.studio(tier, {
        fault: loseFirst,
        also: looking((look, nth) => (nth > 12 ? look : absent)),
      })
      expect(await studio.ends('DONE', 'REJECTED')).toBe('DONE')
      expect(studio.bench.states).toContain('NEEDS_USER')
      expectCell(studio, { tasks: 1, posts: 1, asked: true, spend: 'done' })
    },
  )

  it.each(canLook)(
    '47 · after the user has paid for another attempt · tier %s: both results come home, each in a take',
    async (tier) => {
      let shown = false
      const studio = await stage.studio(tier, {
        fault: loseFirst,
        also: looking((look) => (shown ? look : absent)),
      })
      expect(await studio.ends('NEEDS_USER')).toBe('NEEDS_USER')
      const { library, until } = studio.bench
      shown = true
      const again = await library.submitAgain(takeId, consentOf(tier))
      expect(again.ok).toBe(true)
      await until(takeId, 'DONE')
      await expect.poll(() => library.list().map(({ state }) => state)).toEqual(['DONE', 'DONE'])
      expect(new Set(library.list().map(({ taskId }) => taskId)).size).toBe(2)
      expect([studio.tasks(), studio.posts()]).toEqual([2, 2])
      expect(studio.bench.journal.spend().map(({ outcome }) => outcome)).toEqual(['done', 'done'])
    },
  )
})

describe('two tasks of one request', () => {
  it('46 · tier B: the oldest is this take, the other one comes home as a take of its own', async () => {
    const studio = await stage.studio('B', {
      fault: loseFirst,
      also: looking((look, nth) => async (sought, signal) => {
        // The service has taken the one request twice.
        const [sent] = studio.server.calls.filter(({ method }) => method === 'POST')
        if (nth === 1 && sent) {
          const { authorization = '' } = sent.headers
          const headers = { authorization, 'content-type': 'application/json' }
          await fetch(`${studio.server.origin}${sent.path}`, { method: 'POST', headers, body: sent.raw })
        }
        return look(sought, signal)
      }),
    })
    expect(await studio.ends(...ends)).toBe('DONE')
    const { library } = studio.bench
    await expect.poll(() => library.list().map(({ state }) => state)).toEqual(['DONE', 'DONE'])
    const [other, one] = library.list()
    expect([one?.id, other?.partOf]).toEqual([takeId, takeId])
    expect(one?.taskId).not.toBe(other?.taskId)
    expect(studio.bench.states).not.toContain('NEEDS_USER')
    expect(studio.tasks()).toBe(2)
  })
})

describe('the answer of the user to an unknown outcome', () => {
  it.each(all)(
    '47 · submit again · tier %s: nothing is sent without consent to the cost, and once with it',
    async (tier) => {
      const studio = await stage.studio(tier)
      studio.server.play(studio.submit, { status: 500, body: 'oops' })
      expect(await studio.ends(...ends)).toBe('NEEDS_USER')
      const { library, until } = studio.bench
      const cheap = await library.submitAgain(takeId, { amount: 0.01, passGuard: false })
      expect(cheap).toMatchObject({ ok: false, problem: { code: 'consent-needed' } })
      expect([studio.tasks(), studio.posts()]).toEqual([0, 1])
      expect((await library.submitAgain(takeId, consentOf(tier))).ok).toBe(true)
      await until(takeId, 'DONE')
      expect([studio.tasks(), studio.posts()]).toEqual([1, 2])
    },
  )

  it.each(all)(
    '47 · give up, then the task id turns up · tier %s: it is adopted, nothing is sent',
    async (tier) => {
      const studio = await stage.studio(tier, {
        fault: loseFirst,
        also: looking(() => absent),
      })
      expect(await studio.ends(...ends)).toBe('NEEDS_USER')
      const { library, until } = studio.bench
      await library.giveUp(takeId)
      const [taskId = ''] = studio.taskIds()
      expect((await library.adopt(takeId, taskId)).ok).toBe(true)
      expect((await until(takeId, 'DONE')).taskId).toBe(taskId)
      expect([studio.tasks(), studio.posts()]).toEqual([1, 1])
    },
  )
})

describe('one wish of the user', () => {
  it.each(all)(
    '37 · sent twice at once, and once more later · tier %s: one attempt, one task',
    async (tier) => {
      const studio = await stage.studio(tier)
      const { library, until } = studio.bench
      const twice = await Promise.all([library.submit(studio.take()), library.submit(studio.take())])
      expect(twice.map(({ ok }) => ok)).toEqual([true, true])
      await until(takeId, 'DONE')
      expect(await library.submit(studio.take())).toMatchObject({ value: { state: 'DONE', attempt: 1 } })
      expectCell(studio, { tasks: 1, posts: 1, asked: false, spend: 'done' })
    },
  )

  it.each(all)(
    '37 · “submit again” twice at once · tier %s: one more attempt, one more task',
    async (tier) => {
      const studio = await stage.studio(tier)
      studio.server.play(studio.submit, { status: 500, body: 'oops' })
      expect(await studio.ends(...ends)).toBe('NEEDS_USER')
      const { library, until } = studio.bench
      const wishes = [1, 2].map(() => library.submitAgain(takeId, consentOf(tier)))
      expect((await Promise.all(wishes)).filter(({ ok }) => ok)).toHaveLength(1)
      await until(takeId, 'DONE')
      expect(library.show(takeId)).toMatchObject({ value: { attempt: 2 } })
      expect([studio.tasks(), studio.posts()]).toEqual([1, 2])
    },
  )
})

describe('quitting while a request is on the wire', () => {
  it.each(all)('48 · the answer comes · tier %s: it is waited for and written down', async (tier) => {
    const answer = Promise.withResolvers<undefined>()
    const studio = await stage.studio(tier, {
      fault: (nth) => (nth === 1 ? { kind: 'delay', until: answer.promise } : undefined),
    })
    await studio.bench.library.submit(studio.take())
    await studio.bench.until(takeId, 'WIRE')
    await studio.proxy.swallowed
    const quit = stopInTime(studio.bench.library.stop, { sleep: () => new Promise(() => undefined) })
    answer.resolve(undefined)
    await quit
    expect(studio.bench.library.show(takeId)).toMatchObject({ value: { state: 'ACKED' } })
    expect([studio.tasks(), studio.posts()]).toEqual([1, 1])
  })

  it.each(all)(
    '48 · no answer within a minute · tier %s: the quit goes on, and the next start knows that the outcome is unknown',
    async (tier) => {
      const tooLate = Promise.withResolvers<undefined>()
      const studio = await stage.studio(tier, {
        fault: (nth) => (nth === 1 ? { kind: 'delay', until: tooLate.promise } : undefined),
      })
      await studio.bench.library.submit(studio.take())
      await studio.proxy.swallowed
      const minute: number[] = []
      await stopInTime(studio.bench.library.stop, {
        sleep: (duration) => {
          minute.push(duration)
          return Promise.resolve()
        },
      })
      expect(minute).toEqual([60_000, 1000])
      studio.bench.journal.close()
      const next = studio.open()
      next.library.resume()
      const { state } = await next.until(takeId, 'DONE', 'NEEDS_USER')
      expect(state).toBe(tier === 'C' ? 'NEEDS_USER' : 'DONE')
      tooLate.resolve(undefined)
      await studio.bench.library.stop()
      expect([studio.tasks(), studio.posts()]).toEqual([1, 1])
    },
  )
})

describe('the question to the user', () => {
  it.each([
    ['was fetched after the request had left', true],
    ['was not fetched since', false],
  ])('24 · where the clip %s · tier C: says so as a sign, never as a proof', async (_what, isFetched) => {
    const clock = quickClock()
    let ticks = 0
    // No two moments are the same.
    const ticking = { ...clock, now: () => clock.now() + (ticks += 1) }
    const studio = await stage.studio('C', { clock: ticking, fault: isFetched ? loseFirst : cutFirst })
    expect(await studio.ends(...ends)).toBe('NEEDS_USER')
    const shown = studio.bench.library.show(takeId)
    const detail = shown.ok ? (shown.value.problem?.detail ?? '') : ''
    expect(detail.includes('This suggests that the provider started, but doesn’t prove it.')).toBe(isFetched)
  })
})
