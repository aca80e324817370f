import { describe, expect, it } from 'vitest'
import { createOxen } from '../../../src/main/providers/oxen/oxen.ts'
import { oxenError, oxenServer } from '../../support/servers/contracts/oxen.ts'
import { reply, type Play } from '../../support/servers/contracts/strict.ts'
import { adapterParts, canary, expectClean, kept, resultUrl } from '../adapter-kit.ts'

const model = 'kling-video-v3-pro-motion-control'
const listRoute = 'GET /api/ai/queue'

async function oxenAt() {
  const server = kept(await oxenServer({ key: canary, resultUrl }))
  return { server, provider: createOxen({ ...adapterParts(server.origin), repository: null }) }
}

describe('what Oxen.ai answers for free', () => {
  const reports: readonly (readonly [string, string, string, Play | null])[] = [
    ['works', 'the list of tasks comes', 'Oxen.ai accepts the key.', null],
    ['refused', 'the key is unknown', 'Oxen.ai didn’t accept the key.', oxenError(401, 'unauthenticated')],
    [
      'undecided',
      'the server fails',
      'Oxen.ai gave no clear answer (HTTP 500).',
      oxenError(500, 'unauthenticated'),
    ],
    ['undecided', '401 is not its own', 'Oxen.ai gave no clear answer (HTTP 401).', reply(401, '<html>')],
    ['undecided', '200 is no list', 'Oxen.ai gave no clear answer (HTTP 200).', reply(200, '<html>')],
  ]
  it.each(reports)('calls a key %s when %s', async (verdict, _when, message, play) => {
    const { server, provider } = await oxenAt()
    if (play) server.play(listRoute, play)
    expect(await provider.test()).toEqual({ verdict, message, packs: [] })
    expectClean(server)
  })

  it('is undecided about a key when nobody answers', async () => {
    const { server, provider } = await oxenAt()
    server.play(listRoute, 'reset')
    expect((await provider.test()).verdict).toBe('undecided')
  })

  it('reads the price of a second', async () => {
    const { server, provider } = await oxenAt()
    expect(await provider.price?.(model)).toEqual({ ok: true, value: [{ mode: 'pro', perSecond: 0.168 }] })
    expectClean(server)
  })

  it('takes the highest rate that may apply, so that no estimate is too low', async () => {
    const { server, provider } = await oxenAt()
    const pricing = {
      method: 'per_video_output_second',
      cost_per_second: 0.1,
      cost_per_second_high_res: null,
      cost_per_second_with_audio: '0.2',
    }
    server.play('GET /api/ai/models/:id', reply(200, { id: model, pricing }))
    expect(await provider.price?.(model)).toMatchObject({ value: [{ perSecond: 0.2 }] })
  })

  const second = 'per_video_output_second'
  const unpriced: readonly (readonly [string, Play])[] = [
    ['the model is not there', oxenError(404, 'resource_not_found', 'none')],
    ['it is paid for in another way', reply(200, { pricing: { method: 'per_image', cost_per_second: 1 } })],
    ['no rate is given', reply(200, { pricing: { method: 'per_video_output_second', cost_per_second: 0 } })],
    ['the rate is absurd', reply(200, { pricing: { method: second, cost_per_second: 100.01 } })],
    ['the rate is absurd text', reply(200, { pricing: { method: second, cost_per_second: '1e9' } })],
    ['a rate is not finite', reply(200, `{"pricing":{"method":"${second}","cost_per_second":1e999}}`)],
    [
      'one of several rates is absurd',
      reply(200, { pricing: { method: second, cost_per_second: 0.1, cost_per_second_high_res: '1e999' } }),
    ],
    ['nobody answers', 'reset'],
  ]
  it.each(unpriced)('guesses no price when %s', async (_when, play) => {
    const { server, provider } = await oxenAt()
    server.play('GET /api/ai/models/:id', play)
    expect(await provider.price?.(model)).toMatchObject({
      ok: false,
      problem: { code: 'provider-silent', message: 'Oxen.ai didn’t say what this model costs.' },
    })
  })
})
