import { describe, expect, it } from 'vitest'
import { createOxen } from '../../../src/main/providers/oxen/oxen.ts'
import { oxenTypes, oxenWords } from '../../../src/main/providers/oxen/answers.ts'
import { oxenError, oxenServer } from '../../support/servers/contracts/oxen.ts'
import { reply, type Play, type Reply } from '../../support/servers/contracts/strict.ts'
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

const model = 'kling-video-v3-pro-motion-control'
const submitRoute = 'POST /api/ai/queue'
const taskRoute = 'GET /api/ai/queue/:id'
const settings = { provider: 'oxen', model, mode: 'pro' } as const

async function oxenAt(words?: readonly string[]) {
  const server = kept(await oxenServer({ key: canary, resultUrl, ...(words && { words }) }))
  return { server, provider: createOxen({ ...adapterParts(server.origin), repository: null }) }
}

const answerTo = async (...plays: readonly Play[]) =>
  playedSubmit(await oxenAt(), submitRoute, settings, plays)

const statusFor = async (...plays: readonly Play[]) => playedStatus(await oxenAt(), taskRoute, 'g-1', plays)

const task = (different: object) => reply(200, { generation_id: 'g-1', status: 'processing', ...different })

describe('a take at Oxen.ai', () => {
  it('goes from the documented request to a fetchable result, and orders exactly one generation', async () => {
    const { server, provider } = await oxenAt()
    const request = await fetchable({ settings: { ...settings, keepSound: false } })
    const answer = await provider.submit(request, quiet)
    expect(answer).toEqual({ kind: 'accepted', taskId: 'generation-1' })
    expect(server.calls[0]?.body).toEqual({
      model,
      prompt: 'a dance',
      input_image: request.characterUrl,
      input_video: request.clipUrl,
      character_orientation: 'video',
      keep_original_sound: false,
      num_generations: 1,
    })
    const ask = () => provider.status('generation-1')
    const seen = [await ask(), await ask(), await ask()]
    expect(seen).toEqual([
      { kind: 'running', word: 'queued', progress: null, eta: null },
      { kind: 'running', word: 'processing', progress: null, eta: null },
      { kind: 'succeeded', taskId: 'generation-1', url: resultUrl, cost: null },
    ])
    expectClean(server, answer, seen)
  })

  it('is cancelled by the one DELETE there is, and its status says so in a sentence of its own', async () => {
    const { server, provider } = await oxenAt(['queued'])
    await provider.submit(await fetchable({ settings }), quiet)
    await provider.status('generation-1')
    expect(server.calls.map(({ method }) => method)).not.toContain('DELETE')
    expect(await provider.cancel?.('generation-1')).toEqual({ ok: true, value: null })
    const deletes = server.calls.filter(({ method }) => method === 'DELETE')
    expect(deletes.map(({ path }) => path)).toEqual(['/api/ai/queue/generation-1'])
    expect(await provider.status('generation-1')).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'provider-failed',
        message: 'This take was cancelled at the provider.',
        advice: 'Make a new take if you still want it.',
      },
    })
    expectClean(server)
  })

  it('says when a cancel was not taken', async () => {
    const { server, provider } = await oxenAt()
    expect(await provider.cancel?.('generation-9')).toMatchObject({
      ok: false,
      problem: { code: 'provider-refused', message: 'Oxen.ai doesn’t know this task.' },
    })
    server.play('DELETE /api/ai/queue/:id', oxenError(500, 'unknown_error', 'oops'))
    expect(await provider.cancel?.('generation-9')).toEqual({
      ok: false,
      problem: {
        code: 'provider-silent',
        message: 'Oxen.ai didn’t confirm that it cancelled this take.',
        advice: 'Try again.',
        detail: 'oops',
      },
    })
  })
})

const sentences = {
  key: ['account-key', 'The provider didn’t accept the key.', 'Check this account’s key.'],
  money: ['account-money', 'The account has no credits left.', 'Add credits at Oxen.ai.'],
  model: ['provider-refused', 'The provider doesn’t have this model.', 'Choose another model.'],
  input: [
    'provider-refused',
    'The provider says the request is invalid.',
    'Change the input that the provider names.',
  ],
} as const

describe('an error of Oxen.ai', () => {
  const byType: readonly (readonly [number, string, keyof typeof sentences])[] = [
    [401, 'unauthenticated', 'key'],
    [400, 'invalid_params', 'input'],
    [404, 'resource_not_found', 'model'],
  ]
  it.each(byType)('HTTP %i %s tells the user what happened and what to do', async (status, type, said) => {
    const [code, message, advice] = sentences[said]
    expect(await answerTo(oxenError(status, type, theirWords))).toEqual({
      kind: 'refused',
      problem: { code, message, advice, detail: theirWords },
    })
  })

  const envelopes: readonly (readonly [string, (words: string) => Reply])[] = [
    ['a typed error', (words) => oxenError(402, 'unknown_error', words)],
    ['a message', (words) => reply(400, { error: { message: words } })],
    ['a bare string', (words) => reply(400, { error: words })],
  ]
  const byWords = [
    ['unauthenticated', 'key'],
    ['Insufficient credits', 'money'],
    ['Model not found: kling-video-v9', 'model'],
  ] as const
  const wordings = byWords.flatMap(([words, said]) =>
    envelopes.map(([form, envelope]) => [words, form, envelope, said] as const),
  )
  it.each(wordings)('“%s” is understood in %s', async (words, _form, envelope, said) => {
    const [code, message, advice] = sentences[said]
    expect(await answerTo(envelope(words))).toEqual({
      kind: 'refused',
      problem: { code, message, advice, detail: words },
    })
  })

  it('has a sentence tested for every row of its tables', () => {
    expect(byType.map(([, type]) => type)).toEqual(Object.keys(oxenTypes))
    expect(
      byWords.map(([words]) => oxenWords.findIndex(([begins]) => words.toLowerCase().startsWith(begins))),
    ).toEqual([...oxenWords.keys()])
  })

  const unproven: readonly (readonly [string, Play])[] = [
    ['the type says that nobody knows', oxenError(400, 'unknown_error', 'odd')],
    ['the type is not listed', oxenError(400, 'something_new', 'odd')],
    ['the type is a word of the language', oxenError(400, 'constructor', 'odd')],
    ['a listed type comes with a server failure', oxenError(500, 'invalid_params', 'oops')],
    ['missing credits come with a server failure', oxenError(502, 'unknown_error', 'Insufficient credits')],
    ['401 has no envelope', reply(401, '<html>who are you</html>')],
    ['429 has no envelope', reply(429, 'slow down')],
    [
      '429 has an envelope without a documented type',
      { ...oxenError(429, 'too_many', theirWords), headers: { 'retry-after': '60' } },
    ],
    ['the answer names no generation', reply(202, { generations: [] })],
    ['a generation comes with a server failure', reply(500, { generations: [{ generation_id: 'g-1' }] })],
    [
      'a generation comes with an error',
      reply(202, { generations: [{ generation_id: 'g-1' }], error: 'odd' }),
    ],
    ['a refusal names a generation', reply(402, { error: 'Insufficient credits', generation_id: 'g-1' })],
    [
      'a limit names a generation',
      reply(429, { error: { type: 'x' }, data: { generations: [{ generation_id: 7 }] } }),
    ],
  ]
  it.each(unproven)('leaves the outcome unknown when %s, and posts only once', async (_when, play) => {
    expect((await answerTo(play)).kind).toBe('unknown')
  })

  it('tells in the doubt what was said, without the key', async () => {
    expect(await answerTo(oxenError(500, 'unknown_error', `oops for ${canary}`))).toMatchObject({
      kind: 'unknown',
      why: 'HTTP 500: oops for •••',
    })
  })
})

describe('the status of a task at Oxen.ai', () => {
  const failures = [
    [
      theirWords,
      'provider-failed',
      'The provider couldn’t make this take.',
      'Change the input and make a new take.',
    ],
    [
      'Insufficient credits',
      'account-money',
      'The account had no credits left when the provider started this take.',
      'Add credits at Oxen.ai and make a new take.',
    ],
    [
      '403 Client Error: Forbidden for url: https://example.com/clip.mp4',
      'clip-unreachable',
      'The provider couldn’t download the character or the clip of this take.',
      'Choose another clip host and make a new take.',
    ],
  ] as const
  it.each(failures)('shows “%s” as text beside what it means', async (words, code, message, advice) => {
    expect(await statusFor(task({ status: 'Failed', error_message: words }))).toEqual({
      kind: 'failed',
      cost: null,
      problem: { code, message, advice, detail: words },
    })
  })

  it('never takes the “status” of an error for the status of a task', async () => {
    expect((await statusFor(oxenError(200, 'unknown_error', 'x'))).kind).toBe('unclear')
    const failed = { generation_id: 'g-1', status: 'failed', error: 'odd' }
    expect((await statusFor(reply(200, failed))).kind).toBe('unclear')
  })

  it('does not understand an answer about another task', async () => {
    expect((await statusFor(task({ generation_id: 'g-2', status: 'failed' }))).kind).toBe('unclear')
  })

  it('tells a task the provider does not know from one that failed', async () => {
    const { server, provider } = await oxenAt()
    expect((await provider.status('no/such')).kind).toBe('missing')
    expectClean(server)
  })
})
