import { afterEach, describe, expect, it } from 'vitest'
import { json } from '../../support/servers/scripted-server.ts'
import { contractKling, scriptedKling } from './kling-stage.ts'
import { month, aRequest, canary, openThings, quiet, sought } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)
const klingAt = scriptedKling(keep)
const contract = contractKling(keep)

describe('the status of a task', () => {
  const statusOf = async (status: number, body: unknown) => {
    const { provider } = await klingAt((_seen, response) => {
      json(response, status, body)
    })
    return provider.status('task-9')
  }
  const task = (data: object) => ({ code: 0, message: 'SUCCEED', data: { task_id: 'task-9', ...data } })
  const videos = { videos: [{ id: 'v', url: 'https://cdn.example/v.mp4', duration: '5.1' }] }

  it.each(['succeed', 'SUCCEEDED', 'Success', 'completed'])(
    'takes %s with a link as success',
    async (word) => {
      const answer = task({ task_status: word, task_result: videos, final_unit_deduction: '4.5' })
      expect(await statusOf(200, answer)).toMatchObject({
        kind: 'succeeded',
        taskId: 'task-9',
        url: 'https://cdn.example/v.mp4',
        cost: { units: '4.5', unitName: 'units' },
        life: month,
      })
    },
  )

  it('does not understand a code of no table', async () => {
    expect(await statusOf(200, { code: 4242, message: 'odd' })).toEqual({
      kind: 'unclear',
      why: 'The provider answered with code 4242: odd. Its fields: code, message.',
      retryAfter: null,
    })
  })

  it('does not understand a task without a state', async () => {
    expect(await statusOf(200, task({ task_status: '' }))).toEqual({
      kind: 'unclear',
      why: 'The answer doesn’t give the task’s state.',
      retryAfter: null,
    })
  })

  it.each(['failed', 'FAILED', 'cancelled', 'canceled'])(
    'takes “%s” as failed and shows the reason word for word, although the envelope says SUCCEED',
    async (word) => {
      const reason = 'Image pixel is <script>alert(1)</script> & "invalid"'
      expect(await statusOf(200, task({ task_status: word, task_status_msg: reason }))).toEqual({
        kind: 'failed',
        cost: null,
        problem: {
          code: 'provider-failed',
          message: 'The provider couldn’t make this take.',
          advice:
            'Change the input and make a new take. The provider’s terms decide whether this one costs anything.',
          detail: reason,
        },
      })
    },
  )

  it.each([
    [{ final_unit_deduction: '4.5' }, { units: '4.5', unitName: 'units' }],
    [{ final_unit_deduction: 4.5 }, { units: '4.5', unitName: 'units' }],
    [
      { final_unit_deduction: '0', final_balance_deduction: { quota: '0.63', list_price: '0.70' } },
      { units: '0.63', unitName: 'of the balance' },
    ],
    [{ final_balance_deduction: { quota: 0.63 } }, { units: '0.63', unitName: 'of the balance' }],
    [
      { final_unit_deduction: '0', final_balance_deduction: { quota: '0' } },
      { units: '0', unitName: 'units' },
    ],
    [{}, null],
  ])('reads what was deducted from %j', async (deduction, cost) => {
    const answer = task({ task_status: 'succeed', task_result: videos, ...deduction })
    expect(await statusOf(200, answer)).toMatchObject({ kind: 'succeeded', cost })
  })

  it('follows a take from submitted to its link', async () => {
    const { server, clip, provider } = await contract()
    await provider.submit(aRequest(clip.url), quiet)
    const words = []
    for (let asked = 0; asked < 3; asked += 1) words.push(await provider.status('829836802793406551'))
    expect(words).toMatchObject([
      { kind: 'running', word: 'submitted', progress: null, eta: null },
      { kind: 'running', word: 'processing', progress: null, eta: null },
      {
        kind: 'succeeded',
        taskId: '829836802793406551',
        url: server.resultUrl,
        cost: { units: '4.5', unitName: 'units' },
        life: month,
        // The contract server says when the task last changed, and the life of its result begins there.
        changedAt: 1722769557708,
      },
    ])
    expect(server.violations).toEqual([])
  })

  it.each([
    [404, 1203, 'not found'],
    [400, 1201, 'Task not found by id/external id'],
    [404, 4242, ''],
  ])('takes HTTP %i with %i “%s” as a task the provider does not know', async (status, code, message) => {
    expect((await statusOf(status, { code, message })).kind).toBe('missing')
  })

  it.each([
    [401, 1002],
    [403, 1103],
    [404, 1202],
    [429, 1302],
    [400, 1201],
  ])('keeps a task that goes on when its question is answered by HTTP %i with %i', async (status, code) => {
    expect((await statusOf(status, { code, message: 'no' })).kind).toBe('silent')
  })

  it('reads an id of 64 bits without losing a digit, as a number too', async () => {
    const { provider } = await klingAt((_seen, response) => {
      response
        .writeHead(200)
        .end('{"code":0,"data":{"task_id":829836802793406551,"task_status":"submitted"}}')
    })
    expect(await provider.submit(aRequest('http://127.0.0.1:1/clip.mp4'), quiet)).toEqual({
      kind: 'accepted',
      taskId: '829836802793406551',
    })
  })

  it('never shows the key, wherever the provider repeats it', async () => {
    const answer = task({ task_status: 'failed', task_status_msg: `Bearer ${canary}` })
    expect(JSON.stringify(await statusOf(200, answer))).not.toContain(canary)
    expect(JSON.stringify(await statusOf(500, { code: 5000, message: canary }))).not.toContain(canary)
  })
})

describe('the look-up by own id', () => {
  it('finds the task on the documented path, whatever the id looks like', async () => {
    const { server, clip, provider } = await contract()
    await provider.submit(aRequest(clip.url, {}, 'own/1'), quiet)
    expect(await provider.find?.look(sought('own/1'))).toEqual({
      kind: 'found',
      taskId: '829836802793406551',
    })
    expect(server.calls[1]?.path).toBe('/v1/videos/motion-control/own%2F1')
    expect(server.violations).toEqual([])
  })

  it('calls a task absent only when the provider says so', async () => {
    const { server, provider } = await contract()
    expect(await provider.find?.look(sought('gone'))).toEqual({ kind: 'absent' })
    server.play('GET /v1/videos/motion-control/:id', {
      status: 503,
      body: { code: 5001, message: 'maintenance' },
    })
    expect((await provider.find?.look(sought('busy')))?.kind).toBe('silent')
    server.play('GET /v1/videos/motion-control/:id', 'reset')
    expect((await provider.find?.look(sought('busy')))?.kind).toBe('silent')
  })

  it('never adopts a task that names another own id', async () => {
    const { provider } = await klingAt((_seen, response) => {
      json(response, 200, {
        code: 0,
        message: '',
        data: { task_id: 'task-9', task_status: 'submitted', task_info: { external_task_id: 'own-2' } },
      })
    })
    expect((await provider.find?.look(sought('own-1')))?.kind).toBe('silent')
  })
})
