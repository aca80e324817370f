import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { klingBody } from '../../../src/main/providers/kling/official.ts'
import { json } from '../../support/servers/scripted-server.ts'
import { contractKling, scriptedKling } from './kling-stage.ts'
import { aRequest, canary, openThings, quiet } from './kling-support.ts'

const { keep, closeAll } = openThings()
afterEach(closeAll)
const klingAt = scriptedKling(keep)
const contract = contractKling(keep)

const request = () => aRequest('http://127.0.0.1:1/clip.mp4')

const accepted = {
  code: 0,
  message: 'SUCCEED',
  request_id: 'r',
  data: { task_id: 'task-9', task_status: 'submitted' },
}

describe('a submit to the official API', () => {
  it('sends every field as documented: words for yes and no, raw base64, its own id', async () => {
    const { server, clip, provider } = await contract()
    expect(await provider.submit(aRequest(clip.url), quiet)).toMatchObject({
      kind: 'accepted',
      taskId: '829836802793406551',
    })
    const [call] = server.calls
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
    const { server, clip, provider } = await contract()
    const choices = {
      model: 'kling-v2-6',
      prompt: '',
      orientation: 'video',
      mode: 'pro',
      keepSound: false,
      watermark: true,
      callbackUrl: 'https://example.org/called',
      elements: ['829836802793406551'],
    } as const
    const answer = await provider.submit(
      aRequest(clip.url, { ...choices, elements: [...choices.elements] }),
      quiet,
    )
    expect(answer.kind).toBe('accepted')
    expect(server.calls[0]?.body).toEqual({
      model_name: 'kling-v2-6',
      image_url: '/9j/AA==',
      video_url: clip.url,
      keep_original_sound: 'no',
      character_orientation: 'video',
      mode: 'pro',
      watermark_info: { enabled: true },
      callback_url: 'https://example.org/called',
      external_task_id: 'own-1',
      element_list: [{ element_id: 829836802793406551n }],
    })
    expect(server.violations).toEqual([])
  })

  it.each(['829836802793406551', '9007199254740993', '18446744073709551615', '7'])(
    'lets the element %s leave as exactly these digits, bare',
    (id) => {
      const body = klingBody(
        aRequest('https://example.org/clip.mp4', { orientation: 'video', elements: [id] }),
      )
      expect(body).toContain(`"element_list":[{"element_id":${id}}]`)
    },
  )

  it('speaks of the practice model by an official name', () => {
    const body = klingBody(aRequest('https://example.org/clip.mp4', { model: 'practice' }))
    expect(JSON.parse(body)).toMatchObject({ model_name: 'kling-v2-6' })
  })

  it('is refused with the provider’s own words when the clip cannot be fetched', async () => {
    const { server, clip, provider } = await contract()
    expect(await provider.submit(aRequest(`${clip.host.origin}/gone.mp4`), quiet)).toMatchObject({
      kind: 'refused',
      problem: { code: 'provider-refused', detail: 'video_url: the file is not accessible' },
    })
    expect(server.tasks).toEqual([])
  })

  it('says WIRE when the connection stands and not one byte has left', async () => {
    const { server, provider } = await klingAt((_seen, response) => {
      json(response, 200, accepted)
    })
    let bytesAtWire = -1
    await provider.submit(request(), () => {
      bytesAtWire = server.bytes()
    })
    expect(bytesAtWire).toBe(0)
    expect(server.seen).toHaveLength(1)
  })

  it('uses a fresh connection each time and closes it', async () => {
    const { server, provider } = await klingAt((_seen, response) => {
      json(response, 200, accepted)
    })
    await provider.submit(request(), quiet)
    await provider.submit(request(), quiet)
    expect(server.connections()).toBe(2)
  })

  const lost: readonly (readonly [string, (response: ServerResponse) => void])[] = [
    [
      'the code is not a listed refusal',
      (response) => {
        json(response, 400, { code: 4242, message: 'timed out' })
      },
    ],
    [
      'a refusal names a task',
      (response) => {
        json(response, 400, { code: 1201, message: 'x', data: { task_id: 'task-9' } })
      },
    ],
    [
      'a refusal names a task beside its data',
      (response) => {
        json(response, 402, { code: 1102, message: 'x', task_id: 9 })
      },
    ],
    [
      'a held code names a task',
      (response) => {
        json(response, 429, { code: 1303, message: 'x', data: { task_id: 'task-9' } })
      },
    ],
    [
      'the code is a word of the language',
      (response) => {
        json(response, 400, { code: 'constructor', message: '' })
      },
    ],
  ]
  it.each(lost)('leaves the outcome unknown when %s, and posts only once', async (_what, answer) => {
    const { server, provider } = await klingAt((_seen, response) => {
      answer(response)
    })
    expect((await provider.submit(request(), quiet)).kind).toBe('unknown')
    expect(server.seen).toHaveLength(1)
  })

  it('waits as long as Retry-After asks, within reason', async () => {
    const { provider } = await klingAt((_seen, response) => {
      json(response, 429, { code: 1302, message: 'slow' }, { 'retry-after': '86400' })
    })
    expect(await provider.submit(request(), quiet)).toMatchObject({ kind: 'held', wait: 15 * 60_000 })
  })
})
