import { afterEach, describe, expect, it } from 'vitest'
import { bearer } from '../../../src/main/providers/http/authorization.ts'
import { klingCodes } from '../../../src/main/providers/kling/problems.ts'
import { createKlingTwo } from '../../../src/main/providers/kling/official-2.ts'
import { klingTwoContract } from '../../support/servers/contracts/kling-two.ts'
import { envelope, refusal } from '../../support/servers/contracts/kling-account.ts'
import { month, aHostedClip, aRequest, canary, openThings, partsFor, quiet, sought } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)

const taskId = '829836802793406551'
const submitPath = 'POST /motion-control/kling-3.0'

async function newer(words?: readonly string[]) {
  const server = keep(await klingTwoContract(canary, words ? { words } : {}))
  const clip = await aHostedClip(keep)
  const provider = createKlingTwo({ ...partsFor(server.origin), authorization: bearer(canary) })
  return { server, clip, provider }
}

describe('a submit to the newer generation', () => {
  it('sends contents, settings and options as documented, to the path of the model', async () => {
    const { server, clip, provider } = await newer()
    expect(await provider.submit(aRequest(clip.url), quiet)).toMatchObject({ kind: 'accepted', taskId })
    const [call] = server.calls
    expect(call?.path).toBe('/motion-control/kling-3.0')
    expect(call?.body).toEqual({
      contents: [
        { type: 'prompt', text: 'a dance' },
        { type: 'image', url: '/9j/AA==' },
        { type: 'video', url: clip.url },
      ],
      settings: { character_orientation: 'image', audio: 'original', resolution: '720p' },
      options: { external_task_id: 'own-1' },
    })
    expect(server.violations).toEqual([])
    expect(server.fetched.map(({ url }) => url)).toEqual([clip.url])
    expect(clip.host.violations).toEqual([])
  })

  it('sends every other choice as documented too, and the element id as text', async () => {
    const { server, clip, provider } = await newer()
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
    expect(server.calls[0]?.body).toEqual({
      contents: [
        { type: 'image', url: '/9j/AA==' },
        { type: 'video', url: clip.url },
        { type: 'element', element_id: taskId, id: 'element_1' },
      ],
      settings: { character_orientation: 'video', audio: 'off', resolution: '1080p' },
      options: {
        callback_url: 'https://example.org/called',
        external_task_id: 'own-1',
        watermark_info: { enabled: true },
      },
    })
    expect(server.violations).toEqual([])
  })

  it('sends Kling 2.6 to its own path, and refuses an element there before anything leaves', async () => {
    const { server, clip, provider } = await newer()
    const settings = { model: 'kling-v2-6', orientation: 'video' } as const
    expect((await provider.submit(aRequest(clip.url, settings), quiet)).kind).toBe('accepted')
    expect(server.calls[0]?.path).toBe('/motion-control/kling-2.6')
    let wired = 0
    const refused = await provider.submit(aRequest(clip.url, { ...settings, elements: ['7'] }), () => {
      wired += 1
    })
    expect(refused).toMatchObject({
      kind: 'refused',
      problem: { message: 'In the newer API, only Kling 3.0 supports an element.' },
    })
    expect(wired).toBe(1)
    expect(server.calls).toHaveLength(1)
    expect(server.violations).toEqual([])
  })

  it.each(Object.entries(klingCodes))('reads code %s as the older generation does', async (code, row) => {
    const { server, clip, provider } = await newer()
    server.play(submitPath, refusal(429, Number(code), '<script>their words</script>'))
    const answer = await provider.submit(aRequest(clip.url), quiet)
    expect(answer.kind).toBe(row.kind)
    expect(JSON.stringify(answer)).toContain(row.message)
    expect(JSON.stringify(answer)).toContain('<script>their words</script>')
  })

  it.each([
    ['a code of no table', refusal(400, 4242, 'no')],
    [
      'a refusal that names a task',
      { status: 400, body: { code: 1201, message: 'x', data: { id: taskId } } },
    ],
    ['a limit that names a task', { status: 429, body: { code: 1303, message: 'x', data: { id: taskId } } }],
    ['a task beside another status', { ...envelope({ id: taskId }), status: 502 }],
    ['no envelope', { status: 400, body: '<html>' }],
    ['no task', envelope({})],
    ['no answer', 'reset'],
  ] as const)('stays unknown after %s, and is sent once', async (_what, play) => {
    const { server, clip, provider } = await newer()
    server.play(submitPath, play)
    expect((await provider.submit(aRequest(clip.url), quiet)).kind).toBe('unknown')
    expect(server.calls).toHaveLength(1)
  })
})

describe('following a task of the newer generation', () => {
  it('goes from submitted to the link and its cost', async () => {
    const { server, clip, provider } = await newer()
    await provider.submit(aRequest(clip.url), quiet)
    await provider.submit(aRequest(clip.url, {}, 'own-2'), quiet)
    const states = []
    for (let asked = 0; asked < 3; asked += 1) states.push(await provider.status(taskId))
    expect(states).toMatchObject([
      { kind: 'running', word: 'submitted', progress: null, eta: null },
      { kind: 'running', word: 'processing', progress: null, eta: null },
      {
        kind: 'succeeded',
        taskId,
        url: server.resultUrl,
        cost: { units: '4.5', unitName: 'units' },
        life: month,
      },
    ])
    expect(server.calls.at(-1)?.query).toEqual({ task_ids: taskId })
    expect(server.violations).toEqual([])
  })

  const statusOf = async (task: object) => {
    const { server, provider } = await newer()
    server.play(
      'GET /tasks',
      envelope([
        { id: 'other', status: 'failed' },
        { id: taskId, ...task },
      ]),
    )
    return provider.status(taskId)
  }

  it.each(['succeed', 'SUCCEEDED', 'Success', 'completed'])('takes %s as success', async (status) => {
    const outputs = [
      { type: 'image', url: 'https://cdn.example/poster.jpg' },
      { type: 'video', url: 'https://cdn.example/v.mp4', watermark_url: 'https://cdn.example/w.mp4' },
    ]
    expect(await statusOf({ status, outputs })).toMatchObject({
      kind: 'succeeded',
      url: 'https://cdn.example/v.mp4',
    })
  })

  it.each([
    [
      [
        { charge_type: 'unit', amount: '3' },
        { charge_type: 'unit', amount: '1.5' },
      ],
      '4.5',
      'units',
    ],
    [[{ charge_type: 'cash', amount: '0.63', currency: 'USD', list_price: '0.7' }], '0.63', 'USD'],
    [
      [
        { charge_type: 'unit', amount: '1' },
        { charge_type: 'cash', amount: 0.2, currency: 'USD' },
      ],
      '1',
      'units and 0.2 USD',
    ],
  ])('adds up what was charged from %j', async (billing, units, unitName) => {
    const outputs = [{ url: 'https://cdn.example/v.mp4' }]
    expect(await statusOf({ status: 'succeeded', outputs, billing })).toMatchObject({
      cost: { units, unitName },
    })
  })

  it.each(['failed', 'cancelled', 'canceled'])('shows the reason of “%s” word for word', async (status) => {
    expect(await statusOf({ status, message: '<script>Image pixel is invalid</script>' })).toMatchObject({
      kind: 'failed',
      problem: { code: 'provider-failed', detail: '<script>Image pixel is invalid</script>' },
    })
  })

  it('tells a task the provider does not know from an answer about another one', async () => {
    const { server, provider } = await newer()
    expect((await provider.status(taskId)).kind).toBe('missing')
    server.play('GET /tasks', envelope([{ id: 'other', status: 'failed' }]), envelope({ odd: true }), 'reset')
    const kinds = []
    for (let asked = 0; asked < 3; asked += 1) kinds.push((await provider.status(taskId)).kind)
    expect(kinds).toEqual(['unclear', 'unclear', 'silent'])
  })
})

describe('the look-up of the newer generation', () => {
  it('finds a task by its own id', async () => {
    const { server, clip, provider } = await newer()
    await provider.submit(aRequest(clip.url), quiet)
    expect(await provider.find?.look(sought('own-1'))).toEqual({ kind: 'found', taskId })
    expect(server.calls.at(-1)?.query).toEqual({ external_task_ids: 'own-1' })
    expect(server.violations).toEqual([])
  })

  it('calls it absent only when the list is empty or the provider denies it', async () => {
    const { server, provider } = await newer()
    expect(await provider.find?.look(sought('own-1'))).toEqual({ kind: 'absent' })
    server.play(
      'GET /tasks',
      refusal(404, 1203, 'no'),
      refusal(503, 5001, ''),
      envelope([{ id: '1', external_id: 'own-2' }]),
      envelope([{ odd: true }]),
      'reset',
    )
    const kinds = []
    for (let asked = 0; asked < 5; asked += 1) kinds.push((await provider.find?.look(sought('own-1')))?.kind)
    expect(kinds).toEqual(['absent', 'silent', 'silent', 'silent', 'silent'])
  })
})

describe('the account of the newer generation', () => {
  it('is tested like the older one and shares its elements', async () => {
    const { server, provider } = await newer()
    server.elements.own.push({ id: taskId, name: 'Ada', description: '' })
    expect((await provider.test()).verdict).toBe('works')
    expect(await provider.elements?.list('own', 1)).toMatchObject({ value: { elements: [{ id: taskId }] } })
    expect(server.violations).toEqual([])
  })
})
