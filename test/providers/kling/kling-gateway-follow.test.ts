import { afterEach, describe, expect, it } from 'vitest'
import { gatewayKinds, openAiError } from '../../support/servers/contracts/gateway.ts'
import { reply } from '../../support/servers/contracts/strict.ts'
import { contractGateway } from './kling-stage.ts'
import { aRequest, openThings, quiet, sought } from './kling-support.ts'

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
        message: 'The provider couldn’t make this take.',
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
    expect((await provider.status(taskId)).kind).toBe('unclear')
  })
})

describe('the look-up of a gateway by our own id', () => {
  const own = '/kling/v1/videos/motion-control/own-1'
  const generations = 'GET /v1/video/generations/:id'

  it('finds the task where the gateway knows own ids', async () => {
    const { server, clip, provider } = await gateway('official', { findsOwnIds: true })
    await provider.submit(aRequest(clip.url), quiet)
    expect(await provider.find?.look(sought('own-1'))).toEqual({ kind: 'found', taskId })
    expect(asked(server).at(-1)).toBe(own)
    expect(server.violations).toEqual([])
  })

  it('believes a denial only where it has found another task in this way', async () => {
    const { clip, provider } = await gateway('official', { findsOwnIds: true })
    expect(await provider.find?.look(sought('own-2'))).toEqual({ kind: 'unable' })
    await provider.submit(aRequest(clip.url), quiet)
    expect(await provider.find?.look(sought('own-2'))).toEqual({ kind: 'absent' })
  })

  it.each(gatewayKinds)('is unable where a gateway of the “%s” kind knows its own ids only', async (kind) => {
    const { clip, provider } = await gateway(kind)
    await provider.submit(aRequest(clip.url), quiet)
    expect(await provider.find?.look(sought('own-1'))).toEqual({ kind: 'unable' })
  })

  it.each([401, 429, 500, 503])('says nothing while the gateway answers with %i', async (status) => {
    const { server, provider } = await gateway()
    server.play(pollRoute, reply(status, {}))
    expect((await provider.find?.look(sought('own-1')))?.kind).toBe('silent')
  })

  it('says nothing where nobody answers, or whether it could have found another task', async () => {
    const { server, clip, provider } = await gateway('official', { findsOwnIds: true })
    await provider.submit(aRequest(clip.url), quiet)
    await provider.status(taskId)
    server.play(pollRoute, 'reset', reply(404, { code: 1203, message: 'task not found' }), reply(503, {}))
    expect((await provider.find?.look(sought('own-2')))?.kind).toBe('silent')
    expect((await provider.find?.look(sought('own-2')))?.kind).toBe('silent')
    expect((await provider.find?.look(sought('own-2')))?.kind).toBe('absent')
  })

  it('takes neither another task nor an echo of what was asked for', async () => {
    const { server, provider } = await gateway()
    const other = { task_id: 't9', task_status: 'submitted', task_info: { external_task_id: 'own-9' } }
    server.play(pollRoute, reply(200, { code: 0, data: other }))
    expect((await provider.find?.look(sought('own-1')))?.kind).toBe('silent')
    const echo = reply(200, { task_id: 'own-1', status: 'queued' })
    server.play(pollRoute, echo)
    server.play(generations, echo)
    expect((await provider.find?.look(sought('own-1')))?.kind).toBe('unable')
  })

  it('takes the place of a refusal that came after the task was made', async () => {
    const { server, clip, provider } = await gateway('official', { findsOwnIds: true })
    server.play('POST /kling/v1/videos/motion-control', reply(400, { code: 1201, message: 'no' }))
    const task = { task_id: 't9', task_status: 'submitted', task_info: { external_task_id: 'own-1' } }
    server.play(pollRoute, reply(200, { code: 0, data: task }))
    expect(await provider.submit(aRequest(clip.url), quiet)).toEqual({ kind: 'accepted', taskId: 't9' })
  })
})
