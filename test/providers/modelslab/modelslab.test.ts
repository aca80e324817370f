import { describe, expect, it } from 'vitest'
import { createModelsLab, neutralPrompt } from '../../../src/main/providers/modelslab/modelslab.ts'
import { modelsLabWords } from '../../../src/main/providers/modelslab/answers.ts'
import { modelsLabError, modelsLabServer } from '../../support/servers/contracts/modelslab.ts'
import { reply, type Play } from '../../support/servers/contracts/strict.ts'
import {
  adapterParts,
  canary,
  expectClean,
  fetchable,
  kept,
  quiet,
  resultUrl,
  theirWords,
  playedSubmit,
} from '../adapter-kit.ts'

const submitRoute = 'POST /api/v7/video-fusion/motion-control'
const settings = { provider: 'modelslab', model: 'kling-motion-control' }

async function modelsLabAt() {
  const server = kept(await modelsLabServer({ key: canary, resultUrl }))
  return { server, provider: createModelsLab(adapterParts(server.origin)) }
}

const answerTo = async (...plays: readonly Play[]) =>
  playedSubmit(await modelsLabAt(), submitRoute, settings, plays)

describe('a take at ModelsLab', () => {
  it('goes from the documented request to a fetchable result', async () => {
    const { server, provider } = await modelsLabAt()
    const callbackUrl = 'https://example.com/called'
    const request = await fetchable({ settings: { ...settings, mode: 'pro', keepSound: false, callbackUrl } })
    const answer = await provider.submit(request, quiet)
    expect(answer).toEqual({ kind: 'accepted', taskId: '124000000' })
    expect(server.calls[0]?.body).toEqual({
      key: canary,
      model_id: 'kling-motion-control',
      init_image: request.characterUrl,
      init_video: request.clipUrl,
      character_orientation: 'video',
      prompt: 'a dance',
      mode: 'pro',
      keep_original_sound: 'no',
      webhook: callbackUrl,
      track_id: 'own-1',
    })
    const seen = [await provider.status('124000000'), await provider.status('124000000')]
    expect(seen).toEqual([
      { kind: 'running', word: 'processing', progress: null, eta: 40 },
      { kind: 'succeeded', taskId: '124000000', url: resultUrl, cost: null },
    ])
    expectClean(server, answer, seen)
  })

  it('always sends a prompt and names no webhook unless the user set one', async () => {
    const { server, provider } = await modelsLabAt()
    await provider.submit(await fetchable({ settings: { ...settings, prompt: '  ' } }), quiet)
    expect(server.calls[0]?.body).toMatchObject({ prompt: neutralPrompt, keep_original_sound: 'yes' })
    expect(server.calls[0]?.body).not.toHaveProperty('webhook')
    expectClean(server)
  })

  it('carries the key in bodies only: in no address and no header', async () => {
    const { server, provider } = await modelsLabAt()
    await provider.submit(await fetchable({ settings }), quiet)
    await provider.status('124000000')
    for (const { path, query, headers } of server.calls)
      expect(JSON.stringify({ path, query, headers })).not.toContain(canary)
    expect(server.calls).toHaveLength(2)
  })

  it('asks at the documented path and never follows an address that came back', async () => {
    const { server, provider } = await modelsLabAt()
    const foreign = kept(await modelsLabServer({ key: canary, resultUrl }))
    const fetch_result = `${foreign.origin}/api/v7/video-fusion/fetch/124000000`
    server.play(submitRoute, reply(200, { status: 'processing', id: 124000000, fetch_result, output: [] }))
    await provider.submit(await fetchable({ settings }), quiet)
    await provider.status('124000000')
    expect(foreign.calls).toEqual([])
    expect(server.calls[1]?.path).toBe('/api/v7/video-fusion/fetch/124000000')
  })

  it('takes a success at once as accepted, and keeps every digit of an id', async () => {
    const done = '{"status":"success","id":829836802793406551,"output":["https://cdn.example/v.mp4"]}'
    expect(await answerTo(reply(200, done))).toEqual({ kind: 'accepted', taskId: '829836802793406551' })
  })

  it('offers neither a look-up nor a cancel, and says that its key cannot be tested for free', async () => {
    const { server, provider } = await modelsLabAt()
    expect(provider).not.toHaveProperty('find')
    expect(provider).not.toHaveProperty('cancel')
    expect(await provider.test()).toEqual({
      verdict: 'undecided',
      message: 'ModelsLab has no free test, so the first take will show whether the key works.',
      packs: [],
    })
    expect(server.calls).toEqual([])
  })
})

const sentences = {
  key: ['account-key', 'The provider didn’t accept the key.', 'Check this account’s key.'],
  money: [
    'account-money',
    'The account has no credits left, or its subscription has ended.',
    'Add credits or renew the subscription at ModelsLab.',
  ],
  rights: [
    'account-rights',
    'This account’s plan doesn’t include this model.',
    'Change the plan at ModelsLab, or choose another provider.',
  ],
  input: [
    'provider-refused',
    'The provider says the request is invalid.',
    'Change the input that the provider names.',
  ],
  model: ['provider-refused', 'The provider doesn’t have this model.', 'Choose another model.'],
  files: [
    'clip-unreachable',
    'The provider couldn’t download the character or the clip.',
    'Choose another clip host and submit again.',
  ],
  full: [
    'provider-silent',
    'The account is at its limit for queued tasks.',
    'Understudy waits, then sends it again.',
  ],
} as const
type Said = keyof typeof sentences

const toldAs = (said: Said, detail: string) => {
  const [code, message, advice] = sentences[said]
  return { kind: said === 'full' ? 'held' : 'refused', problem: { code, message, advice, detail } }
}

describe('an error of ModelsLab', () => {
  const byWords: readonly (readonly [string, Said])[] = [
    ['Invalid API key', 'key'],
    ['Insufficient credits. Please add more credits to continue.', 'money'],
    ['This feature requires a premium subscription', 'rights'],
    ['Rate limit exceeded. Maximum 5 queued requests allowed.', 'full'],
    ['Model not found: invalid_model_name', 'model'],
    ['Unable to fetch image from provided URL', 'files'],
    ['Unable to fetch video from provided URL', 'files'],
    ['Invalid or revoked API key', 'key'],
    ['Expired API key', 'key'],
    ['Your subscription has expired.', 'money'],
    ['This feature is not available on your current plan.', 'rights'],
    ['prompt is required', 'input'],
    ['prompt must be a string', 'input'],
    ['The init video field is required.', 'input'],
    ['The init_image must be a valid URL.', 'input'],
    ['Invalid parameter: character_orientation', 'input'],
    ['Missing required parameter "init_video".', 'input'],
  ]
  it.each(byWords)('“%s” is understood with any status it may come with', async (words, said) => {
    for (const status of [200, 400, 401, 403])
      expect(await answerTo(modelsLabError(status, words))).toMatchObject(toldAs(said, words))
  })

  it('has a sentence tested for every row of its tables', () => {
    const tested = byWords.map(([words]) => modelsLabWords.findIndex(([says]) => says.test(words)))
    expect([...new Set(tested)].sort()).toEqual([...modelsLabWords.keys()])
  })

  it('is read in the misspelt field of old endpoints too', async () => {
    const answer = await answerTo(reply(200, { status: 'error', messege: 'Invalid API key' }))
    expect(answer).toMatchObject(toldAs('key', 'Invalid API key'))
  })

  it('waits as long as the body or the header asks, and never less than five seconds', async () => {
    expect(await answerTo(modelsLabError(429, 'x', { retry_after: 30 }))).toMatchObject({ wait: 30_000 })
    expect(await answerTo(modelsLabError(429, 'x', { retry_after: 1 }))).toMatchObject({ wait: 5000 })
    expect(await answerTo(modelsLabError(429, 'x', { retry_after: 9e9 }))).toMatchObject({ wait: 900_000 })
    const full = 'Rate limit exceeded.'
    const header = { ...modelsLabError(429, full), headers: { 'retry-after': '45' } }
    expect(await answerTo(header)).toMatchObject({ wait: 45_000 })
  })

  it('refuses a take whose files it cannot fetch', async () => {
    const { server, provider } = await modelsLabAt()
    const request = await fetchable({ settings, clipUrl: 'http://127.0.0.1:1/gone.mp4' })
    const words = 'Unable to fetch image from provided URL'
    expect(await provider.submit(request, quiet)).toMatchObject(toldAs('files', words))
    expectClean(server)
  })

  const unproven: readonly (readonly [string, Play])[] = [
    ['the server fails', modelsLabError(500, 'Internal server error. Please try again.')],
    ['the service is unavailable', modelsLabError(503, 'Service temporarily unavailable.')],
    ['a listed text comes with a server failure', modelsLabError(500, 'Invalid API key')],
    ['a text with HTTP 200 is not listed', modelsLabError(200, 'Something must be done')],
    [
      'a text with HTTP 400 is not listed',
      modelsLabError(400, 'Request timed out, your video is processing'),
    ],
    ['a text with HTTP 401 is not listed', modelsLabError(401, 'Session is required')],
    ['a text with HTTP 403 is not listed', modelsLabError(403, 'Your plan queues this request')],
    ['it is about a field that is not ours', modelsLabError(400, 'width must be between 256 and 1024')],
    [
      'a text only begins like a field of ours',
      modelsLabError(400, 'Invalid mode_of_operation, task queued'),
    ],
    ['it speaks of another file', modelsLabError(400, 'Unable to fetch result from provided URL')],
    ...[408, 409, 425].map(
      (status) =>
        [`HTTP ${String(status)} has a listed text`, modelsLabError(status, 'Insufficient credits')] as const,
    ),
    ['an error names a task', modelsLabError(400, 'broken', { id: 7 })],
    ['an error names a task inside', modelsLabError(402, 'Insufficient credits', { data: { id: 7 } })],
    [
      'an error says where to fetch',
      modelsLabError(429, 'x', { fetch_result: 'https://modelslab.com/fetch/7' }),
    ],
    ['402 says whatever it likes', modelsLabError(402, theirWords)],
    ['429 says whatever it likes', modelsLabError(429, 'slow down')],
    [
      '429 asks to wait in a header alone',
      { ...modelsLabError(429, 'slow down'), headers: { 'retry-after': '45' } },
    ],
    ['401 has no envelope', reply(401, { message: 'Invalid API key' })],
    ['429 is HTML', reply(429, '<html>slow down</html>')],
    ['the answer names no task', reply(200, { status: 'processing' })],
    ['a task comes with a server failure', reply(502, { status: 'processing', id: 7 })],
  ]
  it.each(unproven)('leaves the outcome unknown when %s, and posts only once', async (_when, play) => {
    expect((await answerTo(play)).kind).toBe('unknown')
  })

  it('tells in the doubt what the provider said, without the key', async () => {
    expect(await answerTo(modelsLabError(503, `unavailable for ${canary}`))).toMatchObject({
      kind: 'unknown',
      why: 'HTTP 503: unavailable for •••',
    })
  })
})
