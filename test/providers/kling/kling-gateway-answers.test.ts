import { afterEach, describe, expect, it } from 'vitest'
import { createKlingGateway } from '../../../src/main/providers/kling/gateway.ts'
import { openAiError } from '../../support/servers/contracts/gateway.ts'
import { reply, type Play } from '../../support/servers/contracts/strict.ts'
import { contractGateway } from './kling-stage.ts'
import { aRequest, canary, openThings, partsFor, quiet } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)
const gateway = contractGateway(keep)
const taskId = '829836802793406551'
const pollRoute = 'GET /kling/v1/videos/motion-control/:id'

describe('what a gateway answers about a task', () => {
  const stateOf = async (play: Play) => {
    const { server, provider } = await gateway()
    server.play(pollRoute, play)
    return provider.status('7')
  }
  const inData = (status: string, more = {}) =>
    stateOf(reply(200, { code: 'success', data: { status, ...more } }))

  it.each([
    'submitted',
    'queued',
    'pending',
    'processing',
    'in_progress',
    'RUNNING',
    'NOT_START',
    'SUBMITTED',
    'QUEUED',
    'IN_PROGRESS',
  ])('takes “%s” as still running', async (word) => {
    expect(await inData(word)).toEqual({
      kind: 'running',
      word: word.toLowerCase(),
      progress: null,
      eta: null,
    })
  })

  it('shows progress where it comes in per cent', async () => {
    expect(await inData('IN_PROGRESS', { progress: '37%' })).toMatchObject({ progress: 0.37 })
  })

  it.each(['succeed', 'success', 'SUCCEEDED', 'Completed'])(
    'takes “%s” with a link as success',
    async (word) => {
      const url = 'https://cdn.example/v.mp4'
      expect(await inData(word, { result_url: url })).toMatchObject({ kind: 'succeeded', taskId: '7', url })
    },
  )

  it.each(['failed', 'CANCELLED', 'canceled', 'FAILURE'])('takes “%s” as failed', async (word) => {
    const fail_reason = '<script>no</script>'
    expect(await inData(word, { fail_reason })).toMatchObject({
      kind: 'failed',
      problem: { detail: fail_reason },
    })
  })

  it.each([
    reply(200, { code: 0, data: { task_status: 'failed', task_status_msg: 'why' } }),
    reply(200, { code: 'success', data: { status: 'failed', error: { message: 'why', code: 'x' } } }),
    reply(200, { task_id: '7', status: 'failed', error: { message: 'why' } }),
    reply(200, { id: '7', status: 'failed', error: 'why' }),
  ])('finds the reason in $body', async (play) => {
    expect(await stateOf(play)).toMatchObject({ kind: 'failed', problem: { detail: 'why' } })
  })

  /** A task as new-api keeps it, around the whole answer of the service behind it. */
  const record = (more: object, status = 'SUCCESS') =>
    reply(200, {
      code: 'success',
      message: '',
      data: { id: 12, task_id: '7', platform: '50', action: 'generate', status, progress: '100%', ...more },
    })
  const upstream = (task_result: object) => ({
    code: 0,
    message: 'SUCCEED',
    request_id: 'r',
    data: { task_id: '8', task_status: 'succeed', task_status_msg: '', task_result },
  })

  it.each([
    reply(200, {
      code: 0,
      data: { task_status: 'succeed', task_result: { videos: [{ url: 'https://x.example/v' }] } },
    }),
    reply(200, { code: 'success', data: { status: 'succeeded', url: 'https://x.example/v' } }),
    reply(200, { code: 'success', data: { status: 'SUCCESS', result_url: 'https://x.example/v' } }),
    reply(200, { task_id: '7', status: 'completed', url: 'https://x.example/v', error: null }),
    reply(200, {
      id: '7',
      object: 'video',
      status: 'completed',
      progress: 100,
      metadata: { url: 'https://x.example/v' },
    }),
    record({ fail_reason: 'https://x.example/v' }),
    record({ result_url: 'https://x.example/v' }),
    record({ data: upstream({ videos: [{ id: 'v', url: 'https://x.example/v' }] }) }),
    record({ data: JSON.stringify(upstream({ videos: [{ url: 'https://x.example/v' }] })) }),
    record({ data: record({ fail_reason: 'https://x.example/v' }).body }),
    record({
      result_url: 'https://gateway.example/v1/videos/7/content',
      data: upstream({ videos: [{ url: 'https://x.example/v' }] }),
    }),
    reply(200, { code: 0, data: [{ task_id: '7', status: 'succeeded', url: 'https://x.example/v' }] }),
    reply(200, {
      code: 0,
      data: {
        task_status: 'succeed',
        task_result: { videos: [{ id: 'a' }, { url: 'https://x.example/v' }] },
      },
    }),
    reply(200, {
      code: 0,
      data: { task_status: 'succeed', task_result: { videos: [null, 'https://x.example/v'] } },
    }),
    reply(200, { code: 0, data: { status: 'succeed', videos: [{}, { url: 'https://x.example/v' }] } }),
    reply(200, { code: 0, data: { status: 'succeed', video_url: 'https://x.example/v' } }),
    record({ data: upstream({ videos: [{ url: '', watermark_url: 'https://x.example/v' }] }) }),
  ])('finds the link in $body', async (play) => {
    expect(await stateOf(play)).toMatchObject({ kind: 'succeeded', url: 'https://x.example/v' })
  })

  it('names no marked version beside the result where both are one address', async () => {
    const one = { url: 'https://x.example/v', watermark_url: 'https://x.example/v' }
    expect(await stateOf(record({ data: upstream({ videos: [one] }) }))).not.toHaveProperty('watermarkUrl')
  })

  it('reads an address in place of a reason on success only, and never shows it as one', async () => {
    const address = 'https://x.example/v?signature=secret'
    const failed = await stateOf(record({ fail_reason: address }, 'FAILURE'))
    expect(failed).toMatchObject({ kind: 'failed' })
    expect(JSON.stringify(failed)).not.toContain('secret')
    expect((await stateOf(record({ fail_reason: 'no address' }))).kind).toBe('empty')
    expect((await stateOf(record({ fail_reason: address }, 'IN_PROGRESS'))).kind).toBe('running')
  })

  it('shows the reason of a failure without what it was wrapped in', async () => {
    const fail_reason = JSON.stringify({ code: 1301, message: 'unsafe', request_id: 'r' })
    expect(await stateOf(record({ fail_reason }, 'FAILURE'))).toMatchObject({ problem: { detail: 'unsafe' } })
  })

  it('believes the state that it knows before one that it does not', async () => {
    const answer = record({ data: upstream({ videos: [{ url: 'https://x.example/v' }] }) }, 'UNKNOWN')
    expect((await stateOf(answer)).kind).toBe('succeeded')
    expect(await stateOf(record({}, 'UNKNOWN'))).toMatchObject({
      kind: 'unclear',
      why: 'The provider calls the task “unknown”.',
    })
  })

  it('takes a result whose link is http, which is then fetched by https', async () => {
    const url = 'http://cdn.example/v.mp4'
    expect(await inData('succeed', { url })).toMatchObject({ kind: 'succeeded', url })
  })

  it.each(['http://10.0.0.7/v.mp4', 'https://10.0.0.7/v.mp4', 'file:///etc/passwd', 'javascript:alert(1)'])(
    'takes no result from %s',
    async (url) => {
      expect((await inData('succeed', { url })).kind).toBe('empty')
    },
  )

  it('takes no result from this machine unless the account is on it', async () => {
    const { server, clip } = await gateway('official', { words: ['succeed'] })
    const remote = createKlingGateway({
      ...partsFor(server.origin),
      loopback: false,
      key: canary,
      pollPath: null,
    })
    await remote.submit(aRequest(clip.url), quiet)
    expect((await remote.status(taskId)).kind).toBe('empty')
  })

  it.each([
    ['401', reply(401, { code: 'x', message: 'Invalid token' })],
    ['403', openAiError(403, 'not your task', 'x', '')],
    ['429', reply(429, 'slow', { 'retry-after': '30' })],
    ['500', reply(500, { code: 5000, message: 'failed', status: 'failed', id: 'request-7' })],
    ['a listed code', reply(400, { code: 1302, message: 'slow down' })],
    ['no answer', 'reset'],
  ] as const)('keeps the task and asks later after %s', async (_what, play) => {
    expect((await stateOf(play)).kind).toBe('silent')
  })

  it.each([
    ['a page', reply(200, '<html>')],
    ['words about the answer itself', reply(200, { status: 'failed', message: 'gateway error' })],
    ['a bad code with words about itself', reply(200, { code: 500, data: { status: 'failed' } })],
    ['400 with a code of its own', reply(400, { code: 'get_task_failed', message: 'no' })],
  ] as const)('keeps the task and does not understand %s', async (_what, play) => {
    expect((await stateOf(play)).kind).toBe('unclear')
  })

  it('waits as long as Retry-After asks', async () => {
    expect(await stateOf(reply(429, 'slow', { 'retry-after': '30' }))).toMatchObject({ retryAfter: 30_000 })
  })

  it('never shows the key, wherever the gateway repeats it', async () => {
    expect(JSON.stringify(await inData('failed', { fail_reason: canary }))).not.toContain(canary)
    expect(JSON.stringify(await stateOf(reply(401, { message: canary })))).not.toContain(canary)
  })
})
