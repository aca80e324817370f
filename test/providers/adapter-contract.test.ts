import type { ServerResponse } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { json, scriptedServer } from '../support/servers/scripted-server.ts'
import { canary, fetchable, kept, quiet, resultUrl, theirWords } from './adapter-kit.ts'
import { adapters, everyAdapter } from './adapters.ts'

const answering = async (answer: (response: ServerResponse) => unknown) =>
  kept(await scriptedServer((_seen, response) => void answer(response)))
const saying = (status: number, body: object, headers: Readonly<Record<string, string>> = {}) =>
  answering((response) => {
    json(response, status, body, headers)
  })
const page = (response: ServerResponse) => response.writeHead(200).end('<html>hello</html>')

/** An address at which nobody listens any more. */
async function nobody(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${String(port)}`
}

/** What services, and what stands in front of them, do to a body although it was not asked for. */
const packings: readonly (readonly [string, string | null, (text: string) => Buffer])[] = [
  ['gzip', 'gzip', (text) => gzipSync(text)],
  ['gzip without a word', null, (text) => gzipSync(text)],
  ['brotli', 'br', (text) => brotliCompressSync(text)],
  ['a byte order mark', null, (text) => Buffer.from(`\uFEFF${text}`)],
  ['UTF-16 with its mark', null, (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['gzip and a byte order mark', 'gzip', (text) => gzipSync(`\uFEFF${text}`)],
]
const packed = (body: object, coding: string | null, pack: (text: string) => Buffer) =>
  answering((response) =>
    response
      .writeHead(200, {
        'content-type': 'application/json',
        ...(coding !== null && { 'content-encoding': coding }),
      })
      .end(pack(JSON.stringify(body))),
  )

const id = 'task-1'

describe.each(everyAdapter)('%s, asked about a task,', (_name, { make, ...says }) => {
  const statusFor = async (status: number, body: object, headers?: Readonly<Record<string, string>>) => {
    const { origin } = await saying(status, body, headers)
    return make(origin).status(id)
  }

  it.each(says.running)('takes “%s” as still running', async (word) => {
    expect(await statusFor(200, says.state(id, word))).toMatchObject({ kind: 'running' })
  })

  it('takes success with a link as the result, in whichever video the link is', async () => {
    expect(await statusFor(200, says.succeeded(id, resultUrl))).toMatchObject({
      kind: 'succeeded',
      url: resultUrl,
    })
  })

  it.each(says.done)('calls “%s” without a link empty', async (word) => {
    expect(await statusFor(200, says.state(id, word))).toMatchObject({ kind: 'empty' })
  })

  it('shows the reason of a failure as text, and without the key', async () => {
    expect(await statusFor(200, says.failed(id, `${theirWords} for ${canary}`))).toMatchObject({
      kind: 'failed',
      problem: { code: 'provider-failed', detail: `${theirWords} for •••` },
    })
  })

  it('does not understand a word that no page documents', async () => {
    const prefix = says.running.every((word) => word.startsWith('TASK_STATUS_')) ? 'TASK_STATUS_' : ''
    expect(await statusFor(200, says.state(id, `${prefix}DREAMING`))).toEqual({
      kind: 'unclear',
      why: 'The provider calls the task “dreaming”.',
      retryAfter: null,
    })
  })

  it.each([401, 402, 403, 429, 500, 502, 503])(
    'takes HTTP %i as silence: the task continues',
    async (status) => {
      const answer = await statusFor(status, says.error(status, `no for ${canary}`))
      expect(answer.kind).toBe('silent')
      expect(JSON.stringify(answer)).not.toContain(canary)
    },
  )

  it('waits as long as a service asks that is down', async () => {
    expect(await statusFor(503, says.error(503, 'down'), { 'retry-after': '7' })).toMatchObject({
      kind: 'silent',
      retryAfter: 7000,
    })
  })

  it('hears nothing where nobody answers', async () => {
    expect(await make(await nobody()).status(id)).toMatchObject({ kind: 'silent', retryAfter: null })
  })

  it('does not understand a page', async () => {
    const { origin } = await answering(page)
    expect(await make(origin).status(id)).toMatchObject({
      kind: 'unclear',
      why: 'HTTP 200 with a web page instead of an answer.',
    })
  })

  it('names the fields of what it does not understand, never their values', async () => {
    const odd = { odd: 'https://cdn.example/signed', inner: { state: 7, url: 'https://x.example' } }
    const status = await statusFor(200, odd)
    expect(status).toMatchObject({ kind: 'unclear' })
    expect(status).toHaveProperty('why', expect.stringContaining('Its fields: odd, inner.state, inner.url.'))
    expect(JSON.stringify(status)).not.toContain('example')
  })
})

describe.each(everyAdapter)('%s, given a submit,', (_name, { make, ...says }) => {
  it('reads the id of the task that was made', async () => {
    const { origin, seen } = await saying(200, says.accepted(id))
    expect(await make(origin).submit(await fetchable(), quiet)).toMatchObject({
      kind: 'accepted',
      taskId: id,
    })
    expect(seen).toHaveLength(1)
  })

  const lost: readonly (readonly [string, (response: ServerResponse) => unknown])[] = [
    ['the connection is reset', (response) => response.destroy()],
    ['the answer is a page', page],
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
        json(response, 500, says.error(500, canary))
      },
    ],
    ['a gateway times out', (response) => response.writeHead(504).end()],
    [
      'a task comes with a server failure',
      (response) => {
        json(response, 502, says.accepted(id))
      },
    ],
    ['it is redirected', (response) => response.writeHead(307, { location: '/elsewhere' }).end()],
    [
      'the server leaves HTTP',
      (response) => response.writeHead(101, { connection: 'upgrade', upgrade: 'odd' }).end(),
    ],
    [
      'the body is shorter than promised',
      (response) => {
        response.writeHead(200, { 'content-length': '500' })
        response.write('{"code":0')
        response.socket?.end()
      },
    ],
  ]
  it.each(lost)('leaves the outcome unknown when %s, and posts only once', async (_when, answer) => {
    const { origin, seen } = await answering(answer)
    const outcome = await make(origin).submit(await fetchable(), quiet)
    expect(outcome.kind).toBe('unknown')
    expect(JSON.stringify(outcome)).not.toContain(canary)
    expect(seen).toHaveLength(1)
  })

  it('leaves nothing behind where nobody listens', async () => {
    let wired = false
    const answer = await make(await nobody()).submit(await fetchable(), () => {
      wired = true
    })
    expect(answer.kind).toBe('unsent')
    expect(wired).toBe(false)
  })

  it('sends nothing when the journal cannot record that it is about to', async () => {
    const { origin, seen } = await saying(200, says.accepted(id))
    const submit = make(origin).submit(await fetchable(), () => {
      throw new Error('no room')
    })
    await expect(submit).rejects.toThrow('no room')
    expect(seen).toEqual([])
  })
})

describe('a question about a task', () => {
  it.each(packings)('is understood through %s', async (_name, coding, pack) => {
    const body = { code: 0, data: { task_id: 'task-1', task_status: 'processing' } }
    const { origin } = await packed(body, coding, pack)
    expect(await adapters.kling.make(origin).status('task-1')).toMatchObject({ kind: 'running' })
  })

  it.each([
    ['kling', { code: 0, data: { hello: 1 } }],
    ['kling, newer', { code: 0, data: [{ id: 'task-2', status: 'succeeded' }] }],
    ['oxen', { generation_id: 'task-2', status: 'succeeded', result_url: 'http://127.0.0.1/x' }],
  ] as const)('%s: is not understood where the answer is about something else', async (name, body) => {
    const { origin } = await answering((response) => {
      json(response, 200, body)
    })
    expect(await adapters[name].make(origin).status('task-1')).toMatchObject({ kind: 'unclear' })
  })

  it('kling, newer: is missing where the service denies it', async () => {
    const { origin } = await answering((response) => {
      json(response, 404, { code: 1203, message: 'task not found' })
    })
    expect(await adapters['kling, newer'].make(origin).status('task-1')).toEqual({ kind: 'missing' })
  })

  it('oxen: believes a task only beside HTTP 200', async () => {
    const task = { generation_id: 'task-1', status: 'succeeded', result_url: 'http://127.0.0.1/x' }
    const { origin } = await answering((response) => {
      json(response, 202, task)
    })
    expect(await adapters.oxen.make(origin).status('task-1')).toMatchObject({ kind: 'unclear' })
  })
})

describe('a submit', () => {
  it.each(packings)('is accepted through %s', async (_name, coding, pack) => {
    const { origin } = await packed({ code: 0, data: { task_id: 'task-1' } }, coding, pack)
    const answer = await adapters.kling.make(origin).submit(await fetchable(), quiet)
    expect(answer).toMatchObject({ kind: 'accepted', taskId: 'task-1' })
  })

  it.each(['oxen', 'modelslab'] as const)(
    '%s: is not made without an address of the character',
    async (name) => {
      const server = await answering(page)
      const request = await fetchable({ characterUrl: null })
      await expect(adapters[name].make(server.origin).submit(request, quiet)).rejects.toThrow(/link/)
      expect(server.seen).toEqual([])
    },
  )

  it('kling, newer: goes to the newest version for a model that it does not know', async () => {
    const server = await answering((response) => {
      json(response, 200, { code: 0, data: { id: 'task-1' } })
    })
    const request = await fetchable({ settings: { provider: 'kling', model: 'kling-v9' } })
    const answer = await adapters['kling, newer'].make(server.origin).submit(request, quiet)
    expect(answer).toEqual({ kind: 'accepted', taskId: 'task-1' })
    expect(server.seen.map(({ url }) => url)).toEqual(['/motion-control/kling-3.0'])
  })
})
