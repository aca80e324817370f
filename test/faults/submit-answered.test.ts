import { describe, expect, it } from 'vitest'
import { signed } from '../../src/main/providers/http/authorization.ts'
import { highwayError } from '../support/servers/contracts/highway.ts'
import { refusal } from '../support/servers/contracts/kling-account.ts'
import { oxenError } from '../support/servers/contracts/oxen.ts'
import { reply, type Reply } from '../support/servers/contracts/strict.ts'
import { takeId } from '../support/library/library.ts'
import { expectCell, faultStage } from './studio.ts'
import type { Tier } from './tiers.ts'

const stage = faultStage()
const all: readonly Tier[] = ['A', 'B', 'C']
const theirWords = '<b>unsafe</b> "Ü"'
/** Those that document how they ask for patience. */
const askForPatience: readonly Tier[] = ['A', 'C']
/** Each provider's own way to say one thing. */
type Said = Readonly<Record<Tier, Reply>>

const wait = { 'retry-after': '2' }
const tooMany: Said = {
  A: reply(429, { code: 1302, message: 'slow down', request_id: 'r-1' }, wait),
  B: reply(429, oxenError(429, 'rate_limited').body, wait),
  C: reply(429, highwayError(429, 'RATE_LIMIT_EXCEEDED', 'slow down').body, wait),
}
const badInput: Said = {
  A: refusal(400, 1301, theirWords),
  B: oxenError(400, 'invalid_params', theirWords),
  C: highwayError(400, 'INVALID_REQUEST_BODY', theirWords),
}
const badKey: Said = {
  A: refusal(401, 1000, 'no'),
  B: oxenError(401, 'unauthenticated'),
  C: highwayError(403, 'INVALID_API_KEY', 'no'),
}
const unlisted: Said = {
  A: refusal(400, 1999, 'no'),
  B: oxenError(400, 'unknown_error'),
  C: highwayError(400, 'SOMETHING_ELSE', 'no'),
}
const ends = ['DONE', 'NEEDS_USER', 'REJECTED'] as const

describe('a provider that is busy', () => {
  it.each(askForPatience)(
    '31 · 429 with Retry-After 2 s · tier %s: held that long, then sent once',
    async (tier) => {
      const sent: number[] = []
      const studio = await stage.studio(tier, {
        also: ({ submit }, clock) => ({
          submit: (...asked) => {
            sent.push(clock.monotonic())
            return submit(...asked)
          },
        }),
      })
      studio.server.play(studio.submit, tooMany[tier])
      expect(await studio.ends(...ends)).toBe('DONE')
      expect(studio.bench.states).toContain('HELD')
      expect(sent[1]! - sent[0]!).toBeGreaterThanOrEqual(2000)
      expectCell(studio, { tasks: 1, posts: 2, asked: false, spend: 'done' })
    },
  )

  it('31 · 429 with words, and no documented name of a limit · tier B: looked for, then asked', async () => {
    const studio = await stage.studio('B')
    studio.server.play(studio.submit, tooMany.B)
    expect(await studio.ends(...ends)).toBe('NEEDS_USER')
    expectCell(studio, { tasks: 0, posts: 1, asked: true, spend: 'open' })
  })

  it('31 · 429/1302 in the place of an answer that was lost · tier A: found before it is sent again', async () => {
    const studio = await stage.studio('A', {
      fault: (nth) => {
        if (nth !== 1) return undefined
        const body = JSON.stringify({ code: 1302, message: 'slow down', request_id: 'r-1' })
        const head = `HTTP/1.1 429 Too Many Requests\r\ncontent-length: ${String(body.length)}\r\n`
        return { kind: 'instead', answer: `${head}connection: close\r\n\r\n${body}` }
      },
    })
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(studio.bench.states).toContain('HELD')
    expectCell(studio, { tasks: 1, posts: 1, asked: false, spend: 'done' })
  })

  it('31 · 429/1302, and then nobody says whether it came · tier A: asked about, never sent again', async () => {
    const studio = await stage.studio('A')
    studio.server.play(studio.submit, refusal(429, 1302, 'slow down'))
    studio.server.play(
      'GET /v1/videos/motion-control/:id',
      ...Array.from({ length: 60 }, () => reply(503, '')),
    )
    expect(await studio.ends(...ends)).toBe('NEEDS_USER')
    expectCell(studio, { tasks: 0, posts: 1, asked: true, spend: 'open' })
  })

  it('31 · 429/1303, the limit of parallel tasks · tier A: held, then sent once', async () => {
    const studio = await stage.studio('A')
    studio.server.play(studio.submit, refusal(429, 1303, 'parallel task over resource pack limit'))
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(studio.bench.states).toContain('HELD')
    expectCell(studio, { tasks: 1, posts: 2, asked: false, spend: 'done' })
  })

  it('31 · put off for longer than a task may take to appear, then a line that fails for a moment · tier A: goes on', async () => {
    let looks = 0
    const studio = await stage.studio('A', {
      also: ({ find }) => ({
        find: {
          settle: 0,
          ...find,
          look: async (...asked) => {
            looks += 1
            const silent = { kind: 'silent', why: 'the network is down' } as const
            return looks === 5 || find === undefined ? silent : find.look(...asked)
          },
        },
      }),
    })
    const full = refusal(429, 1303, 'parallel task over resource pack limit')
    studio.server.play(studio.submit, ...Array.from({ length: 6 }, () => full))
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(studio.bench.states).not.toContain('UNKNOWN')
    expectCell(studio, { tasks: 1, posts: 7, asked: false, spend: 'done' })
  })

  it('31 · three refusals in a row · tier A: nothing is entered in the ledger while it waits', async () => {
    const spent: number[] = []
    const studio = await stage.studio('A')
    studio.bench.library.subscribe(({ state }) => {
      if (state === 'HELD') spent.push(studio.bench.journal.spend().length)
    })
    studio.server.play(studio.submit, tooMany.A, tooMany.A, tooMany.A)
    expect(await studio.ends(...ends)).toBe('DONE')
    expect(spent).toEqual([0, 0, 0])
    expectCell(studio, { tasks: 1, posts: 4, asked: false, spend: 'done' })
  })
})

describe('a provider that refuses', () => {
  it.each([
    [1101, 'account-money'],
    [1102, 'account-money'],
    [1304, 'account-rights'],
  ] as const)('32 · 429/%i · tier A: rejected as %s, never sent again', async (code, problem) => {
    const studio = await stage.studio('A')
    studio.server.play(studio.submit, refusal(429, code, theirWords))
    expect(await studio.ends(...ends)).toBe('REJECTED')
    expect(studio.bench.library.show(takeId)).toMatchObject({ value: { problem: { code: problem } } })
    expectCell(studio, { tasks: 0, posts: 1, asked: false, spend: 'refused' })
  })

  it.each(all)(
    '32, 34 · a refused account · tier %s: its other takes are held unsent, and go on when somebody has looked after it',
    async (tier) => {
      const studio = await stage.studio(tier)
      studio.server.play(studio.submit, badKey[tier])
      expect(await studio.ends(...ends)).toBe('REJECTED')
      const { library, until } = studio.bench
      const others = ['01ARZ3NDEKTSV4RRFFQ69G5FAW', '01ARZ3NDEKTSV4RRFFQ69G5FAX']
      studio.server.play(studio.submit, badKey[tier])
      for (const id of others) await library.submit(studio.take(id))
      await until(others[0]!, 'REJECTED')
      const held = await until(others[1]!, 'HELD', 'REJECTED', 'DONE')
      expect(held.problem).toMatchObject({ code: 'account-key' })
      expect(held.problem?.message).toContain('nothing was sent for this one')
      expect([held.state, studio.posts()]).toEqual(['HELD', 2])
      library.accountsChanged()
      await until(others[1]!, 'DONE')
      expect([studio.tasks(), studio.posts()]).toEqual([1, 3])
    },
  )

  it.each(all)(
    '34 · a refused key · tier %s: rejected as a matter of the key, never sent again',
    async (tier) => {
      const studio = await stage.studio(tier)
      studio.server.play(studio.submit, badKey[tier])
      expect(await studio.ends(...ends)).toBe('REJECTED')
      expect(studio.bench.library.show(takeId)).toMatchObject({ value: { problem: { code: 'account-key' } } })
      expectCell(studio, { tasks: 0, posts: 1, asked: false, spend: 'refused' })
    },
  )

  it.each(all)(
    '35 · refused content · tier %s: rejected with the words of the provider as text',
    async (tier) => {
      const studio = await stage.studio(tier)
      studio.server.play(studio.submit, badInput[tier])
      expect(await studio.ends(...ends)).toBe('REJECTED')
      const shown = studio.bench.library.show(takeId)
      expect(shown).toMatchObject({ value: { problem: { code: 'provider-refused' } } })
      expect(shown.ok && shown.value.problem?.detail).toContain(theirWords)
      expect(shown.ok && shown.value.problem?.message).not.toContain('unsafe')
      expectCell(studio, { tasks: 0, posts: 1, asked: false, spend: 'refused' })
    },
  )

  it.each(all)(
    '36 · 400 with an unlisted code · tier %s: unknown, never taken for a refusal',
    async (tier) => {
      const studio = await stage.studio(tier)
      studio.server.play(studio.submit, unlisted[tier])
      expect(await studio.ends(...ends)).toBe('NEEDS_USER')
      expect(studio.bench.states).toContain('UNKNOWN')
      expectCell(studio, { tasks: 0, posts: 1, asked: true, spend: 'open' })
    },
  )
})

describe('a clock that is wrong', () => {
  /** The server's clock, which ours is ahead of by so much. */
  async function ahead(seconds: number) {
    let now = () => 0
    const keys = { accessKey: 'access-1', secretKey: 'secret-key-1', now: () => now() - seconds * 1000 }
    return stage.studio('A', {
      keys,
      authorization: (clock, { serverTime }) => {
        now = clock.now
        return signed({ ...keys, serverTime })
      },
    })
  }

  it('33 · a clock 30 s fast · tier A: accepted at once', async () => {
    const studio = await ahead(30)
    expect(await studio.ends(...ends)).toBe('DONE')
    expectCell(studio, { tasks: 1, posts: 1, asked: false, spend: 'done' })
  })

  it('33 · 401/1003, a clock 10 min fast · tier A: signed once more with the time of the server, one task', async () => {
    const studio = await ahead(600)
    expect(await studio.ends(...ends)).toBe('DONE')
    expectCell(studio, { tasks: 1, posts: 2, asked: false, spend: 'done' })
  })

  it('33 · 401/1003 again and again · tier A: refused after one more signature, not sent for ever', async () => {
    const studio = await ahead(600)
    const young = refusal(401, 1003, 'Authorization is not valid yet')
    studio.server.play(studio.submit, ...Array.from({ length: 9 }, () => young))
    expect(await studio.ends(...ends)).toBe('REJECTED')
    expectCell(studio, { tasks: 0, posts: studio.posts(), asked: false, spend: 'refused' })
    expect(studio.posts()).toBeLessThanOrEqual(3)
  })
})
