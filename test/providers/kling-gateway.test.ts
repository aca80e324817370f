import { afterEach, describe, expect, it } from 'vitest'
import { gatewayRefusals } from '../../src/main/providers/kling-gateway-errors.ts'
import { gatewayKinds, openAiError } from '../support/contracts/gateway.ts'
import { reply, type Play, type Reply } from '../support/contracts/strict.ts'
import { contractGateway } from './kling-stage.ts'
import { aRequest, canary, openThings, quiet } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)
const gateway = contractGateway(keep)
const taskId = '829836802793406551'
const submitRoute = 'POST /kling/v1/videos/motion-control'

describe('a submit to a gateway', () => {
  it.each(gatewayKinds)('sends the documented body and reads the task of the “%s” kind', async (kind) => {
    const { server, clip, provider } = await gateway(kind)
    expect(await provider.submit(aRequest(clip.url), quiet)).toEqual({ kind: 'accepted', taskId })
    const [call] = server.calls
    expect(call?.path).toBe('/kling/v1/videos/motion-control')
    expect(call?.headers.authorization).toBe(`Bearer ${canary}`)
    expect(call?.body).toEqual({
      model_name: 'kling-v3',
      image_url: '/9j/AA==',
      video_url: clip.url,
      prompt: 'a dance',
      keep_original_sound: 'yes',
      character_orientation: 'image',
      mode: 'std',
      external_task_id: 'own-1',
    })
    expect(server.violations).toEqual([])
    expect(server.fetched.map(({ url }) => url)).toEqual([clip.url])
    expect(clip.host.violations).toEqual([])
  })

  it('sends every other choice as documented too', async () => {
    const { server, clip, provider } = await gateway()
    const choices = {
      prompt: '',
      orientation: 'video',
      mode: 'pro',
      keepSound: false,
      watermark: true,
      callbackUrl: 'https://example.org/called',
      elements: [taskId],
    } as const
    await provider.submit(aRequest(clip.url, { ...choices, elements: [...choices.elements] }), quiet)
    expect(server.calls[0]?.body).toMatchObject({
      keep_original_sound: 'no',
      watermark_info: { enabled: true },
      callback_url: 'https://example.org/called',
      element_list: [{ element_id: 829836802793406551n }],
    })
    expect(server.violations).toEqual([])
  })

  const submitAgainst = async (play: Play) => {
    const { server, clip, provider } = await gateway()
    server.play(submitRoute, play)
    const answer = await provider.submit(aRequest(clip.url), quiet)
    expect(server.calls).toHaveLength(1)
    expect(server.violations).toEqual([])
    return answer
  }

  it.each([
    reply(200, { code: 0, data: { task_id: 7, task_status: 'submitted' } }),
    reply(200, { code: '0', task_id: '7' }),
    reply(200, { code: 'success', id: 7 }),
    reply(201, { id: '7', status: 'queued', error: null }),
    reply(200, { code: 4242, data: { task_id: '7' } }),
    reply(200, { task_id: '7', status: 'queued', error: { message: 'quota is low' } }),
  ])('reads the task from $body', async (play: Reply) => {
    expect(await submitAgainst(play)).toEqual({ kind: 'accepted', taskId: '7' })
  })

  const money = ['account-money', 'The account at the gateway has no money left.'] as const
  const key = ['account-key', 'The gateway did not accept the key.'] as const
  const rights = ['account-rights', 'This key may not use the model at the gateway.'] as const
  it.each([
    [...key, reply(401, { code: 'x', message: 'who are you' })],
    [...key, openAiError(401, 'Invalid token', 'new_api_error', '')],
    [...key, openAiError(400, 'this token has expired', 'invalid_request_error', 'token_expired')],
    [...key, openAiError(400, 'no', 'error', 'token_invalid')],
    [...key, openAiError(400, 'Invalid API key provided', 'invalid_request_error', 'invalid_api_key')],
    [...money, reply(402, { message: 'pay first' })],
    [...money, openAiError(403, 'user quota is not enough', 'new_api_error', 'insufficient_user_quota')],
    [...money, reply(403, { code: 'insufficient_user_quota', message: 'no', data: null })],
    [
      ...money,
      openAiError(429, 'You exceeded your current quota', 'insufficient_quota', 'insufficient_quota'),
    ],
    [...money, openAiError(400, 'Insufficient credits', 'error', '')],
    [...money, openAiError(200, 'balance too low', 'error', '')],
    [...rights, reply(403, { error: { message: 'no access to model', type: 'x', code: 'model' } })],
    ['account-key', 'The provider could not read the key.', reply(401, { code: 1002, message: '' })],
    ['account-money', 'The resource pack is empty or has expired.', reply(429, { code: 1102, message: '' })],
    ['provider-refused', 'The provider refused one of the inputs.', reply(200, { code: 1201, message: 'x' })],
    [
      'provider-refused',
      'The content was refused by the safety check.',
      reply(400, { code: '1301', message: '' }),
    ],
  ] as const)('is refused (%s): “%s” after %j', async (code, message, play) => {
    expect(await submitAgainst(play)).toMatchObject({ kind: 'refused', problem: { code, message } })
  })

  it('shows every refusal of its own with what to do', () => {
    expect(gatewayRefusals.map(({ status, message, advice }) => [status, message, advice])).toEqual([
      [402, money[1], 'Top up the account at the gateway.'],
      [401, key[1], 'Check the key of this account.'],
      [403, rights[1], 'Allow the model for this key at the gateway, or choose another one.'],
    ])
  })

  it('shows the words of the gateway verbatim, and never the key', async () => {
    const play = openAiError(401, `Invalid token <script>${canary}</script>`, 'error', '')
    const answer = await submitAgainst(play)
    expect(answer).toMatchObject({ problem: { detail: 'Invalid token <script>•••</script>' } })
  })

  it.each([
    ['no envelope with 401', reply(401, '<html>')],
    ['no envelope with 403', reply(403, 'forbidden')],
    ['an empty object with 401', reply(401, {})],
    ['a foreign code without a task', reply(200, { code: 4242, message: 'timed out', id: 'request-7' })],
    ['400 with foreign words', openAiError(400, 'upstream said no', 'upstream_error', 'bad')],
    ['success without a task', reply(200, { code: 0, data: {} })],
    ['5000', reply(200, { code: 5000, message: '' })],
    ['a taken own id', reply(400, { code: 1201, message: 'external_task_id own-1 already exists' })],
    ['HTTP 500, whatever it says', openAiError(500, 'insufficient quota', 'insufficient_quota', '')],
    ['HTTP 502 with a listed code', reply(502, { code: 1201, message: '' })],
    ['HTTP 408', reply(408, { message: 'slow' })],
    ['a page', reply(200, '<html>')],
    ['no answer', 'reset'],
  ] as const)('stays unknown after %s, and is sent once', async (_what, play) => {
    expect((await submitAgainst(play)).kind).toBe('unknown')
  })

  it('waits 2, 4, 8 and then 16 s while one submit is told to slow down, each submit for itself', async () => {
    const { server, clip, provider } = await gateway()
    const slow = reply(429, { error: { message: 'Rate limit: quota per minute', type: 'x', code: '' } })
    server.play(submitRoute, slow, reply(429, 'slow down'), slow, slow, slow, slow)
    const waits: unknown[] = []
    for (const ownId of ['a', 'a', 'a', 'a', 'a', 'b']) {
      const answer = await provider.submit(aRequest(clip.url, {}, ownId), quiet)
      waits.push(answer.kind === 'held' ? answer.wait : answer)
    }
    expect(waits).toEqual([2000, 4000, 8000, 16_000, 16_000, 2000])
    expect(await submitAgainst(reply(429, 'slow down'))).toMatchObject({
      kind: 'held',
      problem: {
        message: 'The gateway asks for fewer requests.',
        advice: 'Understudy waits and sends it once more.',
      },
    })
  })

  it.each([
    ['as an official code asks', reply(429, { code: 1303, message: '' }), 15_000],
    ['as an official code asks', reply(200, { code: 1302, message: '' }), 5000],
    ['as an official code in another envelope asks', openAiError(429, 'x', 'upstream_error', '1303'), 15_000],
    ['for words of speed', openAiError(400, 'too many requests, quota per minute', 'x', ''), 2000],
    ['for words of speed', reply(403, { code: 'x', message: 'rate limit' }), 2000],
    ['as Retry-After asks', reply(429, 'slow', { 'retry-after': '60' }), 60_000],
  ])('waits %s: %j', async (_what, play, wait) => {
    expect(await submitAgainst(play)).toMatchObject({ kind: 'held', wait })
  })
})

describe('a gateway account', () => {
  it('offers no look-up, because nobody has shown that one works there', async () => {
    const { provider } = await gateway()
    expect(provider.find).toBeUndefined()
  })

  it.each([
    [reply(200, { data: [] }), 'works', 'The key works at this gateway.'],
    [
      openAiError(401, canary, 'x', ''),
      'refused',
      'The gateway did not accept the key. Check the key of this account.',
    ],
    [reply(403, {}), 'undecided', 'The gateway answered with HTTP 403, which says nothing about the key.'],
    [
      reply(404, '<html>'),
      'undecided',
      'The gateway answered with HTTP 404, which says nothing about the key.',
    ],
    ['reset', 'undecided', 'The gateway could not be reached, so the key was not tested.'],
  ] as const)('is tested by the free list of models: %j is %s', async (play, verdict, message) => {
    const { server, provider } = await gateway()
    server.play('GET /v1/models', play)
    expect(await provider.test()).toEqual({ verdict, message, packs: [] })
    expect(server.violations).toEqual([])
  })
})
