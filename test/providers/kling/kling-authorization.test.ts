import { afterEach, describe, expect, it } from 'vitest'
import { bearer, signed } from '../../../src/main/providers/http/authorization.ts'
import { createKling } from '../../../src/main/providers/kling/official.ts'
import { klingContract } from '../../support/servers/contracts/kling.ts'
import { refusal } from '../../support/servers/contracts/kling-account.ts'
import { json, scriptedServer } from '../../support/servers/scripted-server.ts'
import {
  aHostedClip,
  aRequest,
  canary,
  clockOffBy,
  openThings,
  partsFor,
  quiet,
  sought,
} from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)

const pair = { accessKey: 'access-1', secretKey: 'a secret of at least thirty-two bytes' }
const second = 1000
const hour = 3600 * second

/** A provider that signs with a clock that is off, and a server that checks to the second. */
async function pairAt(off: number) {
  const server = keep(await klingContract({ ...pair, now: () => Date.now() }))
  const parts = partsFor(server.origin, { clock: clockOffBy(off), secrets: Object.values(pair) })
  const authorization = signed({ ...pair, serverTime: parts.http.serverTime })
  const clip = await aHostedClip(keep)
  return { server, clip, provider: createKling({ ...parts, id: 'kling', authorization }) }
}

const claimsOf = (header: string | undefined) =>
  JSON.parse(Buffer.from(header?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>

describe('a pair of keys', () => {
  it('signs what is documented: HS256, the access key, a minute back, 25 minutes ahead, and no iat', async () => {
    const header = await signed({ ...pair, serverTime: () => 1_700_000_000_999 }).header()
    expect(header).toMatch(/^Bearer [^ ]+$/)
    const [head] = header.slice('Bearer '.length).split('.')
    expect(JSON.parse(Buffer.from(head ?? '', 'base64url').toString())).toEqual({ alg: 'HS256', typ: 'JWT' })
    expect(claimsOf(header)).toEqual({ iss: 'access-1', exp: 1_700_001_500, nbf: 1_699_999_940 })
  })

  it('signs anew for each request', async () => {
    let now = 1_700_000_000_000
    const authorization = signed({ ...pair, serverTime: () => now })
    const before = await authorization.header()
    now += 60 * second
    expect(await authorization.header()).not.toBe(before)
  })

  it.each([-30 * second, 0, 30 * second])(
    'needs no second try with a clock that is off by %i ms',
    async (off) => {
      const { server, provider, clip } = await pairAt(off)
      expect((await provider.submit(aRequest(clip.url), quiet)).kind).toBe('accepted')
      expect((await provider.find?.look(sought('own-1')))?.kind).toBe('found')
      expect((await provider.test()).verdict).toBe('works')
      expect(server.calls).toHaveLength(3)
      expect(server.violations).toEqual([])
    },
  )

  it.each([
    ['an hour fast', hour, '1003'],
    ['an hour slow', -hour, '1004'],
  ])('is held once and then accepted with a clock that is %s', async (_what, off) => {
    const { server, provider, clip } = await pairAt(off)
    expect(await provider.submit(aRequest(clip.url), quiet)).toMatchObject({
      kind: 'held',
      wait: 1000,
      alone: true,
      problem: { message: 'This computer’s clock differs from the provider’s.' },
    })
    expect((await provider.submit(aRequest(clip.url), quiet)).kind).toBe('accepted')
    expect(server.tasks).toHaveLength(1)
    expect(server.violations).toEqual([])
  })

  it('is not held, and so not sent again, when a refused token comes with a task', async () => {
    const { server, provider, clip } = await pairAt(0)
    const odd = { status: 401, body: { code: 1004, message: 'expired', data: { task_id: '7' } } }
    server.play('POST /v1/videos/motion-control', odd)
    expect((await provider.submit(aRequest(clip.url), quiet)).kind).toBe('unknown')
  })

  it('asks a question once more inside the same call', async () => {
    const { server, provider } = await pairAt(hour)
    expect((await provider.test()).verdict).toBe('works')
    expect(server.calls).toHaveLength(2)
  })

  it('holds every submit that was signed before the correction, however many were on their way', async () => {
    const { provider, clip } = await pairAt(hour)
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((ownId) => provider.submit(aRequest(clip.url, {}, ownId), quiet)),
    )
    expect(answers.map(({ kind }) => kind)).toEqual(['held', 'held', 'held'])
  })

  it.each([
    [1003, 'The key isn’t valid yet.'],
    [1004, 'The key has expired.'],
  ])('is refused when %i comes again after the correction: “%s”', async (code, message) => {
    const { server, provider, clip } = await pairAt(0)
    const no = refusal(401, code, 'their words')
    server.play('POST /v1/videos/motion-control', no, no)
    expect((await provider.submit(aRequest(clip.url), quiet)).kind).toBe('held')
    expect(await provider.submit(aRequest(clip.url), quiet)).toMatchObject({
      kind: 'refused',
      problem: { code: 'account-key', message, detail: 'their words' },
    })
    server.play('GET /account/costs', no, no)
    expect((await provider.test()).verdict).toBe('refused')
    expect(server.calls).toHaveLength(4)
  })

  it('shows neither of the keys nor the token, even when the provider repeats them', async () => {
    const server = keep(
      await scriptedServer(({ headers }, response) => {
        const message = `${pair.accessKey} ${pair.secretKey} ${String(headers.authorization)}`
        json(response, 401, { code: 1000, message })
      }),
    )
    const parts = partsFor(server.origin, { secrets: Object.values(pair) })
    const authorization = signed({ ...pair, serverTime: parts.http.serverTime })
    const provider = createKling({ ...parts, id: 'kling', authorization })
    expect(await provider.submit(aRequest('http://127.0.0.1:1/clip.mp4'), quiet)).toMatchObject({
      problem: { detail: '••• ••• Bearer •••' },
    })
    const status = await provider.status('task-1')
    expect(status).toMatchObject({ why: expect.stringContaining('••• ••• Bearer •••') as unknown })
  })
})

describe('an API key', () => {
  it('is sent as it is', async () => {
    expect(await bearer(canary).header()).toBe(`Bearer ${canary}`)
  })

  it.each([1003, 1004])('gets no second chance after %i', async (code) => {
    const server = keep(await klingContract({ key: canary }))
    const clip = await aHostedClip(keep)
    const provider = createKling({ ...partsFor(server.origin), id: 'kling', authorization: bearer(canary) })
    server.play('POST /v1/videos/motion-control', refusal(401, code, ''))
    server.play('GET /account/costs', refusal(401, code, ''))
    expect((await provider.submit(aRequest(clip.url), quiet)).kind).toBe('refused')
    expect((await provider.test()).verdict).toBe('refused')
    expect(server.calls).toHaveLength(2)
  })
})
