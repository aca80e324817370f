import type { ServerResponse } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bearer } from '../../src/main/providers/http/authorization.ts'
import { createHighway } from '../../src/main/providers/highway/highway.ts'
import { createKlingGateway } from '../../src/main/providers/kling/gateway.ts'
import { createKlingTwo } from '../../src/main/providers/kling/official-2.ts'
import { createKling } from '../../src/main/providers/kling/official.ts'
import { createModelsLab } from '../../src/main/providers/modelslab/modelslab.ts'
import { createOxen } from '../../src/main/providers/oxen/oxen.ts'
import type { Provider } from '../../src/main/providers/provider.ts'
import { json, scriptedServer } from '../support/servers/scripted-server.ts'
import { adapterParts, canary, fetchable, kept, quiet } from './adapter-kit.ts'

const authorization = bearer(canary)

/** Every adapter, for a service at this address. */
const adapters = {
  kling: (origin: string) => createKling({ ...adapterParts(origin), id: 'kling', authorization }),
  'kling, newer': (origin: string) => createKlingTwo({ ...adapterParts(origin), authorization }),
  gateway: (origin: string) => createKlingGateway({ ...adapterParts(origin), pollPath: null }),
  oxen: (origin: string) => createOxen({ ...adapterParts(origin), repository: null }),
  modelslab: (origin: string) => createModelsLab(adapterParts(origin)),
  highway: (origin: string) => createHighway(adapterParts(origin)),
} satisfies Readonly<Record<string, (origin: string) => Provider>>
const all = Object.entries(adapters)

const answering = async (answer: (response: ServerResponse) => unknown) =>
  kept(await scriptedServer((_seen, response) => void answer(response)))
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

describe('a question about a task', () => {
  it.each(packings)('is understood through %s', async (_name, coding, pack) => {
    const body = { code: 0, data: { task_id: 'task-1', task_status: 'processing' } }
    const { origin } = await packed(body, coding, pack)
    expect(await adapters.kling(origin).status('task-1')).toMatchObject({ kind: 'running' })
  })

  it.each(all)('%s: says nothing about it where nobody answers', async (_name, make) => {
    const status = await make(await nobody()).status('task-1')
    expect(status).toMatchObject({ kind: 'silent', retryAfter: null })
  })

  it.each(all)('%s: is not understood where the answer is a page', async (_name, make) => {
    const { origin } = await answering(page)
    expect(await make(origin).status('task-1')).toMatchObject({
      kind: 'unclear',
      why: 'HTTP 200 with a web page instead of an answer.',
    })
  })

  it.each(all)('%s: is told in the names of its fields and never in their values', async (_name, make) => {
    const { origin } = await answering((response) => {
      json(response, 200, {
        odd: 'https://cdn.example/signed',
        inner: { state: 7, url: 'https://x.example' },
      })
    })
    const status = await make(origin).status('task-1')
    expect(status).toMatchObject({ kind: 'unclear' })
    expect(status).toHaveProperty('why', expect.stringContaining('Its fields: odd, inner.state, inner.url.'))
    expect(JSON.stringify(status)).not.toContain('example')
  })

  it.each([
    ['kling', { code: 0, data: { task_id: 'task-1', task_status: 'Dreaming' } }],
    ['kling, newer', { code: 0, data: [{ id: 'task-1', status: 'dreaming' }] }],
    ['gateway', { code: 'success', data: { task_id: 'task-1', status: 'DREAMING' } }],
    ['oxen', { generation_id: 'task-1', status: 'dreaming' }],
    ['modelslab', { id: 'task-1', status: 'dreaming' }],
    ['highway', { task: { task_id: 'task-1', status: 'TASK_STATUS_DREAMING' } }],
  ] as const)('%s: is not understood in a word that no page documents', async (name, body) => {
    const { origin } = await answering((response) => {
      json(response, 200, body)
    })
    expect(await adapters[name](origin).status('task-1')).toEqual({
      kind: 'unclear',
      why: 'The provider calls the task “dreaming”.',
      retryAfter: null,
    })
  })

  it.each(all)('%s: waits as long as a service asks that is down', async (_name, make) => {
    const { origin } = await answering((response) =>
      response.writeHead(503, { 'retry-after': '7' }).end('down'),
    )
    expect(await make(origin).status('task-1')).toMatchObject({ kind: 'silent', retryAfter: 7000 })
  })

  it.each([
    ['kling', { code: 0, data: { hello: 1 } }],
    ['kling, newer', { code: 0, data: [{ id: 'task-2', status: 'succeeded' }] }],
    ['oxen', { generation_id: 'task-2', status: 'succeeded', result_url: 'http://127.0.0.1/x' }],
  ] as const)('%s: is not understood where the answer is about something else', async (name, body) => {
    const { origin } = await answering((response) => {
      json(response, 200, body)
    })
    expect(await adapters[name](origin).status('task-1')).toMatchObject({ kind: 'unclear' })
  })

  it('kling, newer: is missing where the service denies it', async () => {
    const { origin } = await answering((response) => {
      json(response, 404, { code: 1203, message: 'task not found' })
    })
    expect(await adapters['kling, newer'](origin).status('task-1')).toEqual({ kind: 'missing' })
  })

  it('oxen: believes a task only beside HTTP 200', async () => {
    const task = { generation_id: 'task-1', status: 'succeeded', result_url: 'http://127.0.0.1/x' }
    const { origin } = await answering((response) => {
      json(response, 202, task)
    })
    expect(await adapters.oxen(origin).status('task-1')).toMatchObject({ kind: 'unclear' })
  })
})

describe('a submit', () => {
  it.each(packings)('is accepted through %s', async (_name, coding, pack) => {
    const { origin } = await packed({ code: 0, data: { task_id: 'task-1' } }, coding, pack)
    const answer = await adapters.kling(origin).submit(await fetchable(), quiet)
    expect(answer).toMatchObject({ kind: 'accepted', taskId: 'task-1' })
  })

  it.each(all)('%s: leaves nothing behind where nobody listens', async (_name, make) => {
    let wired = false
    const answer = await make(await nobody()).submit(await fetchable(), () => {
      wired = true
    })
    expect(answer.kind).toBe('unsent')
    expect(wired).toBe(false)
  })

  it.each(all)('%s: is unknown where the answer is a page', async (_name, make) => {
    const { origin } = await answering(page)
    expect((await make(origin).submit(await fetchable(), quiet)).kind).toBe('unknown')
  })

  it.each(['oxen', 'modelslab'] as const)(
    '%s: is not made without an address of the character',
    async (name) => {
      const server = await answering(page)
      const request = await fetchable({ characterUrl: null })
      await expect(adapters[name](server.origin).submit(request, quiet)).rejects.toThrow(/link/)
      expect(server.seen).toEqual([])
    },
  )

  it('kling, newer: goes to the newest version for a model that it does not know', async () => {
    const server = await answering((response) => {
      json(response, 200, { code: 0, data: { id: 'task-1' } })
    })
    const request = await fetchable({ settings: { provider: 'kling', model: 'kling-v9' } })
    const answer = await adapters['kling, newer'](server.origin).submit(request, quiet)
    expect(answer).toEqual({ kind: 'accepted', taskId: 'task-1' })
    expect(server.seen.map(({ url }) => url)).toEqual(['/motion-control/kling-3.0'])
  })
})
