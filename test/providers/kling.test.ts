import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { localCadence } from '../../src/main/providers/cadence.ts'
import { createKling, klingBody } from '../../src/main/providers/kling.ts'
import { klingCodes } from '../../src/main/providers/kling-errors.ts'
import type { SubmitRequest } from '../../src/main/providers/provider.ts'
import { someSettings } from '../support/facts.ts'
import { json, scriptedServer, type ScriptedServer, type Seen } from '../support/scripted-server.ts'

const servers: ScriptedServer[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function klingAt(answer: (seen: Seen, response: ServerResponse) => void) {
  const server = await scriptedServer(answer)
  servers.push(server)
  const provider = createKling({
    id: 'kling',
    baseUrl: new URL(server.origin),
    authorization: () => Promise.resolve('Bearer canary-key'),
    loopback: true,
    cadence: localCadence,
    settle: 1000,
  })
  return { server, provider }
}

const request = (different: Partial<SubmitRequest> = {}): SubmitRequest => ({
  settings: someSettings({ provider: 'kling', model: 'kling-v3', prompt: 'a dance' }),
  character: new Uint8Array([0xff, 0xd8, 0xff, 0x00]),
  clipUrl: 'http://127.0.0.1:1/clip.mp4',
  ownId: 'own-1',
  ...different,
})

const accepted = {
  code: 0,
  message: 'SUCCEED',
  request_id: 'r',
  data: { task_id: 'task-9', task_status: 'submitted' },
}
const quiet = () => undefined

describe('a submit to the official API', () => {
  it('sends every field as documented: words for yes and no, raw base64, its own id', async () => {
    const { server, provider } = await klingAt((_seen, response) => {
      json(response, 200, accepted)
    })
    expect(await provider.submit(request(), quiet)).toEqual({ kind: 'accepted', taskId: 'task-9' })
    const [seen] = server.seen
    expect(seen).toMatchObject({ method: 'POST', url: '/v1/videos/motion-control' })
    expect(seen?.headers.authorization).toBe('Bearer canary-key')
    expect(JSON.parse(seen?.body ?? '')).toEqual({
      model_name: 'kling-v3',
      image_url: '/9j/AA==',
      video_url: 'http://127.0.0.1:1/clip.mp4',
      prompt: 'a dance',
      keep_original_sound: 'yes',
      character_orientation: 'image',
      mode: 'std',
      external_task_id: 'own-1',
    })
  })

  it('keeps all 64 bits of an element id', () => {
    const settings = someSettings({ orientation: 'video', elements: ['829836802793406551'] })
    expect(klingBody(request({ settings }))).toContain('"element_list":[{"element_id":829836802793406551}]')
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

  it('sends nothing when WIRE cannot be written', async () => {
    const { server, provider } = await klingAt((_seen, response) => {
      json(response, 200, accepted)
    })
    const broken = () => {
      throw new Error('disk full')
    }
    await expect(provider.submit(request(), broken)).rejects.toThrow('disk full')
    expect(server.seen).toEqual([])
  })

  it('reports a connection that was never made as unsent, and never says WIRE for it', async () => {
    const { server, provider } = await klingAt(quiet)
    await server.close()
    let wired = false
    const answer = await provider.submit(request(), () => {
      wired = true
    })
    expect(answer.kind).toBe('unsent')
    expect(wired).toBe(false)
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
    ['the connection is reset', (response) => response.destroy()],
    ['the answer is HTML', (response) => response.writeHead(200).end('<html>busy</html>')],
    ['the JSON is cut off', (response) => response.writeHead(200).end('{"code":0,"data":{"task_')],
    [
      'the answer names no task',
      (response) => {
        json(response, 200, { code: 0, data: {} })
      },
    ],
    [
      'the server fails',
      (response) => {
        json(response, 500, { code: 5000, message: 'oops' })
      },
    ],
    ['a gateway times out', (response) => response.writeHead(504).end()],
    [
      'the code is not a listed refusal',
      (response) => {
        json(response, 400, { code: 4242, message: 'timed out' })
      },
    ],
    [
      'the server leaves HTTP',
      (response) => response.writeHead(101, { connection: 'upgrade', upgrade: 'odd' }).end(),
    ],
    [
      'the code is a word of the language',
      (response) => {
        json(response, 400, { code: 'constructor', message: '' })
      },
    ],
    ['it is redirected', (response) => response.writeHead(307, { location: '/elsewhere' }).end()],
    [
      'the body is shorter than promised',
      (response) => {
        response.writeHead(200, { 'content-length': '500' })
        response.write('{"code":0')
        response.socket?.end()
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

  const definite = Object.entries(klingCodes)
  it.each(definite)('reads code %s as the table says, with what to do', async (code, known) => {
    const { provider } = await klingAt((_seen, response) => {
      json(response, 429, { code: Number(code), message: '<b>their words</b>' })
    })
    const answer = await provider.submit(request(), quiet)
    expect(answer).toMatchObject({
      kind: known.kind,
      problem: { message: known.message, advice: known.advice, detail: '<b>their words</b>' },
    })
  })

  it('waits as long as Retry-After asks, within reason', async () => {
    const { provider } = await klingAt((_seen, response) => {
      json(response, 429, { code: 1302, message: 'slow' }, { 'retry-after': '86400' })
    })
    expect(await provider.submit(request(), quiet)).toMatchObject({ kind: 'held', wait: 15 * 60_000 })
  })
})

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
      expect(await statusOf(200, answer)).toEqual({
        kind: 'succeeded',
        taskId: 'task-9',
        url: 'https://cdn.example/v.mp4',
        cost: { units: '4.5', unitName: 'units' },
      })
    },
  )

  it.each(['submitted', 'processing', 'a word nobody knows', ''])(
    'takes “%s” as still running',
    async (word) => {
      expect((await statusOf(200, task({ task_status: word }))).kind).toBe('running')
    },
  )

  it('keeps asking when success comes without a link', async () => {
    expect((await statusOf(200, task({ task_status: 'succeed' }))).kind).toBe('running')
  })

  it('shows the reason of a failure word for word, although the envelope says SUCCEED', async () => {
    const answer = await statusOf(
      200,
      task({ task_status: 'failed', task_status_msg: 'Image pixel is <invalid>' }),
    )
    expect(answer).toMatchObject({
      kind: 'failed',
      problem: { code: 'provider-failed', detail: 'Image pixel is <invalid>' },
    })
  })

  it.each([500, 502, 503, 429])('takes HTTP %i as silence, not as an end', async (status) => {
    expect((await statusOf(status, { code: 5000, message: 'x' })).kind).toBe('silent')
  })

  it('tells a task the provider does not know from one that failed', async () => {
    expect((await statusOf(404, { code: 1203, message: 'not found' })).kind).toBe('missing')
  })
})

describe('the look-up by own id', () => {
  it('finds the task on the documented path', async () => {
    const { server, provider } = await klingAt((_seen, response) => {
      json(response, 200, accepted)
    })
    expect(await provider.find?.byOwnId('own/1')).toEqual({ kind: 'found', taskId: 'task-9' })
    expect(server.seen[0]?.url).toBe('/v1/videos/motion-control/own%2F1')
  })

  it('calls a task absent only when the provider says so', async () => {
    const { provider } = await klingAt((seen, response) => {
      if (seen.url.endsWith('gone')) json(response, 404, { code: 1203, message: 'no such task' })
      else json(response, 503, { code: 5001, message: 'maintenance' })
    })
    expect((await provider.find?.byOwnId('gone'))?.kind).toBe('absent')
    expect((await provider.find?.byOwnId('busy'))?.kind).toBe('silent')
  })
})
