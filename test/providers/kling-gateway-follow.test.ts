import { afterEach, describe, expect, it } from 'vitest'
import { createKlingGateway } from '../../src/main/providers/kling-gateway.ts'
import { gatewayKinds, openAiError } from '../support/contracts/gateway.ts'
import { reply, type Play } from '../support/contracts/strict.ts'
import { contractGateway } from './kling-stage.ts'
import { aRequest, canary, openThings, partsFor, quiet } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)
const gateway = contractGateway(keep)
const taskId = '829836802793406551'
const pollRoute = 'GET /kling/v1/videos/motion-control/:id'

const asked = (server: { readonly calls: readonly { readonly path: string }[] }) =>
  server.calls.map(({ path }) => path)

describe('following a task at a gateway', () => {
  it.each(gatewayKinds)('goes from running to the link for the “%s” kind', async (kind) => {
    const { server, clip, provider } = await gateway(kind)
    await provider.submit(aRequest(clip.url), quiet)
    const states = []
    for (let at = 0; at < 3; at += 1) states.push(await provider.status(taskId))
    expect(states.map((state) => state.kind)).toEqual(['running', 'running', 'succeeded'])
    expect(states[2]).toMatchObject({ url: server.resultUrl })
    expect(server.violations).toEqual([])
  })

  it.each(gatewayKinds)('shows the reason of a failure verbatim for the “%s” kind', async (kind) => {
    const { clip, provider } = await gateway(kind, { words: ['failed'] })
    await provider.submit(aRequest(clip.url), quiet)
    expect(await provider.status(taskId)).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'provider-failed',
        message: 'The provider could not make this take.',
        detail: 'Image pixel is invalid',
      },
    })
  })

  it('tries the other known path after a 404, and remembers it', async () => {
    const { server, clip, provider } = await gateway('other-path')
    await provider.submit(aRequest(clip.url), quiet)
    await provider.status(taskId)
    await provider.status(taskId)
    const other = `/v1/video/generations/${taskId}`
    expect(asked(server).slice(1)).toEqual([`/kling/v1/videos/motion-control/${taskId}`, other, other])
    expect(server.violations).toEqual([])
  })

  it('asks at the set path and nowhere else', async () => {
    const { server, clip, provider } = await gateway('official', {
      contractPath: '/tasks/:id/state',
      pollPath: '/tasks/{id}/state',
    })
    await provider.submit(aRequest(clip.url), quiet)
    expect((await provider.status(taskId)).kind).toBe('running')
    expect((await provider.status('a/b')).kind).toBe('missing')
    expect(asked(server).slice(1)).toEqual([`/tasks/${taskId}/state`, '/tasks/a%2Fb/state'])
    expect(server.violations).toEqual([])
  })

  it('never lets a poll path lead the key to another host', async () => {
    const { server, provider } = await gateway('official', {
      contractPath: '//:host/:id',
      pollPath: '//localhost/{id}',
    })
    expect((await provider.status(taskId)).kind).toBe('missing')
    expect(asked(server)).toEqual([`//localhost/${taskId}`])
    expect(server.violations).toEqual([])
  })

  it('calls a task missing only when neither known path has it', async () => {
    const { server, provider } = await gateway('other-path')
    server.play('GET /v1/video/generations/:id', reply(500, {}), 'reset')
    expect((await provider.status('gone')).kind).toBe('silent')
    expect((await provider.status('gone')).kind).toBe('silent')
    expect((await provider.status('gone')).kind).toBe('missing')
    expect(server.violations).toEqual([])
  })

  it('believes a gateway that denies the task once it is known where tasks are asked for', async () => {
    const { server, clip, provider } = await gateway()
    await provider.submit(aRequest(clip.url), quiet)
    await provider.status(taskId)
    expect((await provider.status('gone')).kind).toBe('missing')
    expect(asked(server).slice(1)).toEqual([
      `/kling/v1/videos/motion-control/${taskId}`,
      '/kling/v1/videos/motion-control/gone',
    ])
    expect(server.violations).toEqual([])
  })

  const same = `/kling/v1/videos/motion-control/${taskId}`
  const other = `/v1/video/generations/${taskId}`
  const nothingThere = [
    ['a page', reply(200, '<html>app</html>')],
    ['an empty object', reply(200, {})],
    ['405', reply(405, '<html>no</html>')],
    ['400', openAiError(400, 'what is this', 'x', '')],
    ['a denial', reply(404, { code: 1203, message: 'task not found' })],
  ] as const
  it.each(nothingThere)('tries the other known path after %s, and remembers it', async (_what, play) => {
    const { server, clip, provider } = await gateway('other-path')
    await provider.submit(aRequest(clip.url), quiet)
    server.play(pollRoute, play)
    expect((await provider.status(taskId)).kind).toBe('running')
    expect((await provider.status(taskId)).kind).toBe('running')
    expect(asked(server).slice(1)).toEqual([same, other, other])
    expect(server.violations).toEqual([])
  })

  it.each([401, 403, 429, 500, 503])(
    'asks nowhere else after %i, which is not about the path',
    async (status) => {
      const { server, provider } = await gateway('other-path')
      server.play(pollRoute, reply(status, {}))
      expect((await provider.status(taskId)).kind).toBe('silent')
      expect(asked(server)).toEqual([same])
    },
  )

  it('goes on looking at both paths until one of them has named a task', async () => {
    const { server, clip, provider } = await gateway('other-path')
    expect((await provider.status(taskId)).kind).toBe('missing')
    await provider.submit(aRequest(clip.url), quiet)
    expect((await provider.status(taskId)).kind).toBe('running')
    expect(asked(server)).toEqual([same, other, '/kling/v1/videos/motion-control', same, other])
  })

  it('calls no task missing because of two pages', async () => {
    const { server, provider } = await gateway('other-path')
    const page = reply(200, '<html>app</html>')
    server.play(pollRoute, page)
    server.play('GET /v1/video/generations/:id', page)
    expect((await provider.status(taskId)).kind).toBe('silent')
  })

  const stateOf = async (play: Play) => {
    const { server, provider } = await gateway()
    server.play(pollRoute, play)
    return provider.status('7')
  }
  const inData = (status: string, more = {}) =>
    stateOf(reply(200, { code: 'success', data: { status, ...more } }))

  it.each(['submitted', 'queued', 'pending', 'processing', 'in_progress', 'RUNNING', 'odd'])(
    'takes “%s” as still running',
    async (word) => {
      expect(await inData(word)).toEqual({
        kind: 'running',
        word: word.toLowerCase(),
        progress: null,
        eta: null,
      })
    },
  )

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

  it.each([
    reply(200, {
      code: 0,
      data: { task_status: 'succeed', task_result: { videos: [{ url: 'https://x.example/v' }] } },
    }),
    reply(200, { code: 'success', data: { status: 'succeeded', url: 'https://x.example/v' } }),
    reply(200, { code: 'success', data: { status: 'SUCCESS', result_url: 'https://x.example/v' } }),
    reply(200, { task_id: '7', status: 'completed', url: 'https://x.example/v', error: null }),
  ])('finds the link in $body', async (play) => {
    expect(await stateOf(play)).toMatchObject({ kind: 'succeeded', url: 'https://x.example/v' })
  })

  it.each([
    'http://cdn.example/v.mp4',
    'https://10.0.0.7/v.mp4',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('takes no result from %s', async (url) => {
    expect((await inData('succeed', { url })).kind).toBe('empty')
  })

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
    ['a page', reply(200, '<html>')],
    ['words about the answer itself', reply(200, { status: 'failed', message: 'gateway error' })],
    ['a bad code with words about itself', reply(200, { code: 500, data: { status: 'failed' } })],
    ['no answer', 'reset'],
  ] as const)('keeps the task and asks later after %s', async (_what, play) => {
    expect((await stateOf(play)).kind).toBe('silent')
  })

  it('waits as long as Retry-After asks', async () => {
    expect(await stateOf(reply(429, 'slow', { 'retry-after': '30' }))).toMatchObject({ retryAfter: 30_000 })
  })

  it('never shows the key, wherever the gateway repeats it', async () => {
    expect(JSON.stringify(await inData('failed', { fail_reason: canary }))).not.toContain(canary)
    expect(JSON.stringify(await stateOf(reply(401, { message: canary })))).not.toContain(canary)
  })
})
