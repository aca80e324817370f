import { describe, expect, it } from 'vitest'
import { signed } from '../../src/main/providers/http/authorization.ts'
import type { TaskStatus } from '../../src/main/providers/provider.ts'
import type { Milliseconds } from '../../src/shared/units.ts'
import { envelope, refusal } from '../support/servers/contracts/kling-account.ts'
import { wordsOf } from '../../src/shared/text/take-status.ts'
import { reply } from '../support/servers/contracts/strict.ts'
import { takeId } from '../support/library/library.ts'
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

  const odd: TaskStatus = { kind: 'unclear', why: 'HTTP 200. Its fields: state, film.', retryAfter: null }
  /** What the take said about itself each time that it was asked about, and where it stood then. */
  async function told(double: (nth: number) => TaskStatus | null) {
    const said: string[] = []
    let show: () => void = () => undefined
    const { studio } = await watched({}, (nth) => {
      show()
      return double(nth)
    })
    show = () => {
      const shown = studio.bench.library.show(takeId)
      if (shown.ok) said.push(`${wordsOf(shown.value).label}: ${shown.value.problem?.detail ?? 'nothing'}`)
    }
    const end = await studio.ends(...ends)
    return { said, end, studio }
  }

  const working = 'Generating: nothing'
  it('51 · an answer that nothing here can read: told after the third in a row, and taken back with the next', async () => {
    const { said, end, studio } = await told((nth) => (nth <= 4 || nth === 6 ? odd : null))
    expect(end).toBe('DONE')
    const unclear = 'Answer not understood: HTTP 200. Its fields: state, film.'
    expect(said.slice(0, 7)).toEqual([working, working, working, unclear, unclear, working, working])
    expectCell(studio, finished)
  })

  it('51 · an answer with a remedy: the remedy of this very answer is told', async () => {
    const advice = 'Check the account’s base URL. Understudy doesn’t follow redirects when it sends a key.'
    const advices = new Set<string | undefined>()
    const { studio } = await watched({}, (nth) => {
      const shown = studio.bench.library.show(takeId)
      if (shown.ok) advices.add(shown.value.problem?.advice)
      return nth <= 4 ? { ...odd, advice } : null
    })
    expect(await studio.ends(...ends)).toBe('DONE')
    expect([...advices].filter((one) => one?.startsWith(advice))).toHaveLength(1)
  })

  it('51 · a service that is silent in between has not been understood meanwhile', async () => {
    const silent: TaskStatus = { kind: 'silent', why: 'HTTP 503', retryAfter: null }
    const { said } = await told((nth) => [odd, silent, odd, silent, odd, silent, silent][nth - 1] ?? null)
    expect(said.slice(0, 9)).toEqual([
      ...Array.from({ length: 5 }, () => working),
      'Answer not understood: HTTP 200. Its fields: state, film.',
      'Answer not understood: HTTP 200. Its fields: state, film.',
      'Waiting for an answer: HTTP 503',
      working,
    ])
  })

  it('51 · a wait that a page asks for is kept', async () => {
    const { studio, gaps } = await watched({}, (nth) => (nth === 1 ? { ...odd, retryAfter: 7000 } : null))
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(gaps()[0]).toBe(7001)
  })

  it('52 · success without an address, three times: told as an answer that is not understood', async () => {
    const { said, end } = await told((nth) => (nth <= 3 ? { kind: 'empty' } : null))
    expect(end).toBe('DONE')
    expect(said[3]).toBe(
      'Answer not understood: The provider says that this take is done, but gives no result to download.',
    )
  })

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
