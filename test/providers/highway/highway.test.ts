import { describe, expect, it } from 'vitest'
import { createHighway } from '../../../src/main/providers/highway/highway.ts'
import { highwayNames } from '../../../src/main/providers/highway/errors.ts'
import { highwayError, highwayServer } from '../../support/servers/contracts/highway.ts'
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
  playedStatus,
  playedSubmit,
} from '../adapter-kit.ts'

const submitRoute = 'POST /v3/async/kling-v3.0-motion-control'
const resultRoute = 'GET /v3/async/task-result'
const settings = { provider: 'highway', model: 'kling-v3-0-pro' }

async function highwayAt(words?: readonly string[]) {
  const server = kept(await highwayServer({ key: canary, resultUrl, ...(words && { words }) }))
  return { server, provider: createHighway(adapterParts(server.origin)) }
}

const answerTo = async (...plays: readonly Play[]) =>
  playedSubmit(await highwayAt(), submitRoute, settings, plays)

const statusFor = async (...plays: readonly Play[]) =>
  playedStatus(await highwayAt(), resultRoute, 'task-1', plays)

const task = (different: object, videos: unknown = []) =>
  reply(200, {
    task: { task_id: 'task-1', status: 'TASK_STATUS_PROCESSING', reason: '', ...different },
    videos,
  })

describe('a take at Highway', () => {
  it('goes from the documented request to a fetchable result', async () => {
    const { server, provider } = await highwayAt()
    const request = await fetchable({ settings: { ...settings, negativePrompt: 'blur', keepSound: false } })
    const answer = await provider.submit(request, quiet)
    expect(answer).toEqual({ kind: 'accepted', taskId: 'task-1' })
    expect(server.calls[0]?.body).toEqual({
      image: request.characterUrl,
      video: request.clipUrl,
      model_name: 'kling-v3-0-pro',
      character_orientation: 'video',
      prompt: 'a dance',
      negative_prompt: 'blur',
      keep_original_sound: false,
    })
    const seen = [
      await provider.status('task-1'),
      await provider.status('task-1'),
      await provider.status('task-1'),
    ]
    expect(seen).toEqual([
      { kind: 'running', word: 'queued', progress: 0.4, eta: 60 },
      { kind: 'running', word: 'processing', progress: 0.4, eta: 60 },
      { kind: 'succeeded', taskId: 'task-1', url: resultUrl, cost: null, life: 3_600_000 },
    ])
    expectClean(server, answer, seen)
  })

  it('sends the character as raw base64 where no host serves it, and leaves empty prompts out', async () => {
    const { server, provider } = await highwayAt()
    const request = await fetchable({ characterUrl: null, settings: { ...settings, prompt: '' } })
    expect((await provider.submit(request, quiet)).kind).toBe('accepted')
    expect(server.calls[0]?.body).toEqual({
      image: '/9j/AA==',
      video: request.clipUrl,
      model_name: 'kling-v3-0-pro',
      character_orientation: 'video',
      keep_original_sound: true,
    })
    expectClean(server)
  })

  it('shows why a task failed in the words of the provider', async () => {
    const { server, provider } = await highwayAt()
    await provider.submit(await fetchable({ settings, clipUrl: 'http://127.0.0.1:1/gone.mp4' }), quiet)
    expect(await provider.status('task-1')).toEqual({
      kind: 'failed',
      cost: null,
      problem: {
        code: 'provider-failed',
        message: 'The provider couldn’t make this take.',
        advice: 'Change the input and make a new take.',
        detail: 'an input could not be fetched',
      },
    })
    expectClean(server)
  })

  it('offers neither a look-up nor a cancel, and says that its key cannot be tested for free', async () => {
    const { server, provider } = await highwayAt()
    expect(provider).not.toHaveProperty('find')
    expect(provider).not.toHaveProperty('cancel')
    expect(await provider.test()).toEqual({
      verdict: 'undecided',
      message: 'This provider has no free test, so the first take will show whether the key works.',
      packs: [],
    })
    expect(server.calls).toEqual([])
  })
})

describe('an error of Highway', () => {
  const wait = 'Understudy waits, then sends it again.'
  const rows: readonly (readonly [
    status: number,
    name: string,
    code: string,
    message: string,
    advice: string,
  ])[] = [
    [
      400,
      'INVALID_REQUEST_BODY',
      'provider-refused',
      'The provider says the request is invalid.',
      'Change the input that the provider names.',
    ],
    [
      401,
      'FAILED_TO_AUTH',
      'account-key',
      'The provider didn’t accept the key.',
      'Check this account’s key.',
    ],
    [
      403,
      'INVALID_API_KEY',
      'account-key',
      'The provider didn’t accept the key.',
      'Check this account’s key.',
    ],
    [
      403,
      'NOT_ENOUGH_BALANCE',
      'account-money',
      'The account doesn’t have enough balance.',
      'Top up the account at the provider.',
    ],
    [
      403,
      'ACCESS_DENY',
      'account-rights',
      'The account can’t use this model.',
      'Check the account’s permissions at the provider.',
    ],
    [
      404,
      'MODEL_NOT_FOUND',
      'provider-refused',
      'The provider doesn’t have this model.',
      'Check the account’s base URL.',
    ],
    [429, 'RATE_LIMIT_EXCEEDED', 'provider-silent', 'The provider received too many requests.', wait],
    [
      429,
      'TOKEN_LIMIT_EXCEEDED',
      'provider-silent',
      'The account has reached one of the provider’s limits.',
      wait,
    ],
  ]

  it.each(rows)(
    'HTTP %i %s tells the user what happened and what to do',
    async (status, name, code, message, advice) => {
      const answer = await answerTo(highwayError(status, name, theirWords))
      expect(answer).toMatchObject({
        kind: status === 429 ? 'held' : 'refused',
        problem: { code, message, advice, detail: theirWords },
      })
    },
  )

  it('has a sentence tested for every listed name', () => {
    expect(rows.map(([, name]) => name).sort()).toEqual(Object.keys(highwayNames).sort())
  })

  it.each(['reason', 'code', 'error', 'message'])('is known by its name in the field %s', async (field) => {
    expect(await answerTo(reply(403, { [field]: 'NOT_ENOUGH_BALANCE' }))).toMatchObject({
      kind: 'refused',
      problem: { code: 'account-money' },
    })
  })

  it('is known by its name inside an error object too', async () => {
    const answer = await answerTo(reply(403, { error: { code: 'ACCESS_DENY', message: 'no' } }))
    expect(answer).toMatchObject({ kind: 'refused', problem: { code: 'account-rights', detail: 'no' } })
  })

  it('waits as long as the provider asks, and never less than five seconds', async () => {
    const limit = { reason: 'RATE_LIMIT_EXCEEDED' }
    expect(await answerTo(reply(429, limit, { 'retry-after': '40' }))).toMatchObject({ wait: 40_000 })
    expect(await answerTo(reply(429, limit, { 'retry-after': '1' }))).toMatchObject({ wait: 5000 })
  })

  const unproven: readonly (readonly [string, Play])[] = [
    ['the service is not available', highwayError(503, 'SERVICE_NOT_AVAILABLE', 'busy')],
    ['a listed name comes with a server failure', highwayError(500, 'NOT_ENOUGH_BALANCE', 'oops')],
    ['403 names nothing', reply(403, { message: 'Forbidden' })],
    ['403 names something unlisted', highwayError(403, 'SOMETHING_NEW', 'no')],
    ['the name is only part of a sentence', reply(403, { message: 'not INVALID_API_KEY but close' })],
    ['the name is a word of the language', highwayError(403, 'constructor', 'no')],
    ['429 has no name', reply(429, '<html>slow down</html>')],
    ['the answer is HTML', reply(200, '<html>ok</html>')],
    ['the answer names no task', reply(200, {})],
    ['an error names a task', reply(403, { reason: 'NOT_ENOUGH_BALANCE', task_id: 'task-1' })],
    [
      'a held error names a task',
      reply(429, { error: { code: 'RATE_LIMIT_EXCEEDED', data: { task_id: 7 } } }),
    ],
  ]
  it.each(unproven)('leaves the outcome unknown when %s, and posts only once', async (_when, play) => {
    expect((await answerTo(play)).kind).toBe('unknown')
  })

  it('tells in the doubt what the provider said', async () => {
    expect(await answerTo(highwayError(503, 'SERVICE_NOT_AVAILABLE', 'busy'))).toMatchObject({
      kind: 'unknown',
      why: 'HTTP 503: busy',
    })
  })

  it('keeps the key out of what it repeats', async () => {
    const answer = await answerTo(highwayError(401, 'FAILED_TO_AUTH', `key ${canary} is unknown`))
    expect(answer).toMatchObject({ problem: { detail: 'key ••• is unknown' } })
  })
})

describe('the status of a task at Highway', () => {
  const video = [{ video_url: resultUrl, video_url_ttl: '3600', video_type: 'mp4' }]

  it('claims no progress where the provider gives none or nonsense', async () => {
    const odd = { progress_percent: 4000, eta: -3 }
    expect(await statusFor(task({}))).toMatchObject({ progress: null, eta: null })
    expect(await statusFor(task(odd))).toMatchObject({ progress: null, eta: null })
  })

  it('does not understand an answer about another task', async () => {
    expect((await statusFor(task({ task_id: 'task-2' }, video))).kind).toBe('unclear')
  })

  it('tells a task the provider does not know from one that failed', async () => {
    const { server, provider } = await highwayAt()
    expect((await provider.status('no/such task')).kind).toBe('missing')
    expect(server.calls[0]?.query).toEqual({ task_id: 'no/such task' })
    expectClean(server)
  })
})
