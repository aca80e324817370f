import { afterEach, describe, expect, it } from 'vitest'
import { gatewayKinds, openAiError } from '../../support/servers/contracts/gateway.ts'
import { reply, type Play, type Reply } from '../../support/servers/contracts/strict.ts'
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
    expect(await provider.submit(aRequest(clip.url), quiet)).toMatchObject({ kind: 'accepted', taskId })
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
    expect(server.calls.filter(({ method }) => method === 'POST')).toHaveLength(1)
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

  const money = ['account-money', 'The account at the gateway has no balance left.'] as const
  const key = ['account-key', 'The gateway didn’t accept the key.'] as const
  const rights = ['account-rights', 'This key isn’t allowed to use the model at the gateway.'] as const
  const request = ['provider-refused', 'The gateway says the request is invalid.'] as const
  const input = ['provider-refused', 'The provider refused one of the inputs.'] as const
  const safety = ['provider-refused', 'The safety check refused the content.'] as const
  const behind = ['provider-refused', 'The provider behind the gateway refused the request.'] as const
  /** A refusal from behind the gateway, as new-api hands it on. */
  const handedOn = (status: number, body: unknown) =>
    reply(status, { code: 'fail_to_fetch_task', message: JSON.stringify(body), data: null })
  it.each([
    [...key, openAiError(401, 'Invalid token', 'new_api_error', '')],
    [...key, openAiError(400, 'this token has expired', 'invalid_request_error', 'token_expired')],
    [...key, openAiError(400, 'no', 'error', 'token_invalid')],
    [...key, openAiError(400, 'Invalid API key provided', 'invalid_request_error', 'invalid_api_key')],
    [...money, openAiError(403, 'user quota is not enough', 'new_api_error', 'insufficient_user_quota')],
    [...money, reply(403, { code: 'insufficient_user_quota', message: 'no', data: null })],
    [
      ...money,
      openAiError(429, 'You exceeded your current quota', 'insufficient_quota', 'insufficient_quota'),
    ],
    [...money, openAiError(400, 'no', 'insufficient_quota', '')],
    [...money, openAiError(200, 'no', 'error', 'insufficient_balance')],
    [...money, handedOn(403, { code: 'insufficient_user_quota', message: 'no', data: null })],
    [...rights, openAiError(403, 'no access to model', 'new_api_error', '')],
    [...request, reply(400, { code: 'model_price_error', message: 'no price', data: null })],
    [...behind, reply(400, { code: 'task_failed', message: 'Image pixel is invalid', data: null })],
    [...input, handedOn(400, { code: 1201, message: 'video_url is invalid', request_id: 'r' })],
    [...safety, handedOn(429, { code: 1301, message: 'no' })],
    [...safety, handedOn(400, { code: 'fail_to_fetch_task', message: JSON.stringify({ code: 1301 }) })],
    ['account-key', 'The provider couldn’t read the key.', reply(401, { code: 1002, message: '' })],
    ['account-money', 'The resource pack is empty or has expired.', reply(429, { code: 1102, message: '' })],
    [...input, reply(200, { code: 1201, message: 'x' })],
    [...safety, reply(400, { code: '1301', message: '' })],
  ] as const)('is refused (%s): “%s” after %j', async (code, message, play) => {
    expect(await submitAgainst(play)).toMatchObject({ kind: 'refused', problem: { code, message } })
  })

  it.each([
    [handedOn(400, { code: 1201, message: 'video_url is invalid' }), 'video_url is invalid'],
    [reply(400, { code: 'task_failed', message: 'Image pixel is invalid' }), 'Image pixel is invalid'],
  ])('shows the reason of whoever refused, without its wrapping: %j', async (play, detail) => {
    expect(await submitAgainst(play)).toMatchObject({ kind: 'refused', problem: { detail } })
  })

  it('shows the words of the gateway verbatim, and never the key', async () => {
    const play = openAiError(401, `Invalid token <script>${canary}</script>`, 'new_api_error', '')
    const answer = await submitAgainst(play)
    expect(answer).toMatchObject({ problem: { detail: 'Invalid token <script>•••</script>' } })
  })

  it.each([
    ['nothing but 429', reply(429, '')],
    ['429 and a page', reply(429, '<html>slow down</html>')],
    ['429 and words', reply(429, 'Too many requests, your task was not accepted')],
    ['429 and an envelope of words', openAiError(429, 'Rate limit: quota per minute', 'x', '')],
    ['429 and names that are not listed', openAiError(429, 'x', 'upstream_error', 'rate_limit_exceeded')],
    ['429 and a code of its own', reply(429, { code: 'too_many_requests', message: 'wait' })],
    ['words of speed', openAiError(400, 'too many requests, quota per minute', 'x', '')],
    ['401 with words of a key', reply(401, { code: 'x', message: 'Invalid token' })],
    ['401 with words of money', reply(401, { message: 'Insufficient credits' })],
    ['402 with words of money', reply(402, { message: 'pay first' })],
    ['403 with words of rights', openAiError(403, 'no access to model', 'x', 'model')],
    ['a wrapped failure', handedOn(400, { code: 5000, message: 'Internal error' })],
    ['a wrapped code of no table', handedOn(400, { code: 4242, message: 'no' })],
    ['a wrapped page', reply(400, { code: 'fail_to_fetch_task', message: '<html>no</html>' })],
    ['a wrapped task', handedOn(400, { code: 1201, message: 'x', data: { task_id: 't9' } })],
    ['a wrapped refusal with a failure', handedOn(500, { code: 1201, message: 'x' })],
    ['lost words of a failure', reply(400, { code: 'task_failed', message: 'Server internal error' })],
    ['no envelope with 401', reply(401, '<html>')],
    ['no envelope with 403', reply(403, 'forbidden')],
    ['an empty object with 401', reply(401, {})],
    ['a foreign code without a task', reply(200, { code: 4242, message: 'timed out', id: 'request-7' })],
    ['400 with foreign words', openAiError(400, 'upstream said no', 'upstream_error', 'bad')],
    ['400 with words of money', openAiError(400, 'Insufficient credits', 'error', '')],
    ['400 with words of a key', openAiError(400, 'the key frame has expired', 'error', '')],
    ['200 with words of money', openAiError(200, 'balance too low', 'error', '')],
    ['400 about a long prompt', openAiError(400, 'prompt has too many characters', 'error', '')],
    ['400 about a clip', openAiError(400, 'at most 60 frames per second, concurrent tracks', 'error', '')],
    ['400 about a frame rate', openAiError(400, 'the frame rate limit is 60', 'error', '')],
    ...[408, 409, 425].flatMap(
      (status) =>
        [
          [`${String(status)} with words of money`, openAiError(status, '3 credits were reserved', 'x', '')],
          [`${String(status)} with a type of money`, openAiError(status, 'x', 'insufficient_quota', '')],
          [`${String(status)} with words of speed`, openAiError(status, 'too many requests', 'x', '')],
        ] as const,
    ),
    ...[400, 402, 429].map(
      (status) =>
        [
          `${String(status)} that names a task`,
          reply(status, { error: { message: 'no credit' }, task_id: 't9' }),
        ] as const,
    ),
    ['402 that names a task in its data', reply(402, { message: 'no credit', data: { id: 't9' } })],
    ['402 that names a task in its error', reply(402, { error: { message: 'no credit', task_id: 9 } })],
    ['a held code that names a task', reply(200, { code: 1303, message: 'x', data: { task_id: 't9' } })],
    ['a refused code that names a task', reply(400, { code: 1201, message: 'x', data: { task_id: 't9' } })],
    ['a task beside another status', reply(302, { code: 0, data: { task_id: 't9' } })],
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

  it.each([
    ['as an official code asks', reply(429, { code: 1303, message: '' }), 15_000],
    ['as an official code asks', reply(200, { code: 1302, message: '' }), 5000],
    ['as an official code in another envelope asks', openAiError(429, 'x', 'upstream_error', '1303'), 15_000],
    ['as an official code that is handed on asks', handedOn(429, { code: 1303, message: 'full' }), 15_000],
    ['as Retry-After asks', reply(429, { code: 1302, message: 'slow' }, { 'retry-after': '60' }), 60_000],
  ])('waits %s: %j', async (_what, play, wait) => {
    expect(await submitAgainst(play)).toMatchObject({ kind: 'held', wait })
  })

  it('waits for a free place as long as it takes', async () => {
    const { server, clip, provider } = await gateway()
    server.play(submitRoute, ...Array<Play>(6).fill(reply(429, { code: 1303, message: 'full' })))
    for (let sent = 0; sent < 6; sent += 1)
      expect(await provider.submit(aRequest(clip.url), quiet)).toMatchObject({ kind: 'held', wait: 15_000 })
  })

  it('names a task that it cannot be sure of, so that it can be pasted', async () => {
    expect(
      await submitAgainst(reply(302, { code: 0, message: 'ok', data: { task_id: 't9' } })),
    ).toMatchObject({
      kind: 'unknown',
      why: 'HTTP 302, code 0: ok (it names the task t9)',
    })
  })
})

describe('a gateway account', () => {
  it.each([
    [reply(200, { data: [] }), 'works', 'The key works at this gateway.'],
    [
      openAiError(401, canary, 'x', ''),
      'refused',
      'The gateway didn’t accept the key. Check this account’s key.',
    ],
    [reply(403, {}), 'undecided', 'The gateway answered with HTTP 403, which says nothing about the key.'],
    [
      reply(404, '<html>'),
      'undecided',
      'The gateway answered with HTTP 404, which says nothing about the key.',
    ],
    ['reset', 'undecided', 'The gateway couldn’t be reached, so the key wasn’t tested.'],
  ] as const)('is tested by the free list of models: %j is %s', async (play, verdict, message) => {
    const { server, provider } = await gateway()
    server.play('GET /v1/models', play)
    expect(await provider.test()).toEqual({ verdict, message, packs: [] })
    expect(server.violations).toEqual([])
  })
})
