import { getEventListeners } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { Payload } from '../../../../src/main/providers/http/http.ts'
import { putFile } from '../../../../src/main/providers/http/client.ts'
import { fileNotAccepted } from '../../../../src/main/providers/problems.ts'
import { scriptedServer, type ScriptedServer } from '../../../support/servers/scripted-server.ts'
import { straightNetwork } from '../../../support/servers/straight-network.ts'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()))
})

async function taking(status = 200): Promise<ScriptedServer> {
  const server = await scriptedServer((_seen, response) => {
    response.writeHead(status, { 'x-was': 'here' }).end('thanks')
  })
  cleanups.push(server.close)
  return server
}

/** Takes connections, tells what came over the first one when it is over, and never answers. */
async function silent() {
  const { promise: over, resolve } = Promise.withResolvers<string>()
  const { promise: begun, resolve: begin } = Promise.withResolvers<undefined>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8')
      begin(undefined)
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      resolve(text)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  cleanups.push(
    () =>
      new Promise((closed) => {
        for (const socket of sockets) socket.destroy()
        server.close(closed)
      }),
  )
  return { url: new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`), over, begun }
}

const payload = (text: string): Payload => ({ length: text.length, stream: Readable.from([text]) })
const put = (url: URL | string, body: () => Promise<Payload>, signal?: AbortSignal) =>
  putFile(straightNetwork, { method: 'PUT', url: new URL(url), headers: { 'x-name': 'value' }, body }, signal)

describe('a file that is put', () => {
  it('arrives with its length and its headers, and the answer comes back as it is', async () => {
    const server = await taking(418)
    const end = await put(`${server.origin}/a/b?c=d`, () => Promise.resolve(payload('a file')))
    expect(end).toMatchObject({
      kind: 'answer',
      answer: { status: 418, headers: { 'x-was': 'here' }, body: 'thanks' },
    })
    expect(server.seen).toMatchObject([
      {
        ...{ method: 'PUT', url: '/a/b?c=d', body: 'a file' },
        headers: { 'content-length': '6', 'x-name': 'value' },
      },
    ])
  })

  it('is not even read where nobody takes the connection, and says why', async () => {
    let read = 0
    const body = () => {
      read += 1
      return Promise.resolve(payload('a file'))
    }
    const end = await put('http://127.0.0.1:1/', body)
    expect(end).toEqual({
      kind: 'silent',
      why: expect.stringMatching(/^Understudy couldn’t connect to 127\.0\.0\.1 \(ECONNREFUSED\)/),
    })
    expect(read).toBe(0)
  })

  it.each<readonly [Error, string]>([
    [new Error('a reason'), 'a reason'],
    ['only words' as unknown as Error, 'only words'],
    [
      Object.assign(new Error("EACCES, open '/home/someone/clip.mp4'"), {
        ...{ code: 'EACCES', path: '/home/someone/clip.mp4' },
      }),
      'the file can’t be read (EACCES)',
    ],
  ])('that cannot be read lets the connection go without a byte: %s', async (error, why) => {
    const { url, over } = await silent()
    const body = () => Promise.reject(error)
    expect(await put(url, body)).toEqual({ kind: 'silent', why })
    expect(await over).toBe('')
  })

  it('is stopped at once when it is cancelled, and its file is let go', async () => {
    const { url, over, begun } = await silent()
    const stop = new AbortController()
    const stream = new Readable({ read: () => undefined })
    stream.push('the beginning')
    const end = put(url, () => Promise.resolve({ length: 1000, stream }), stop.signal)
    await begun
    stop.abort()
    expect(await end).toEqual({ kind: 'silent', why: 'cancelled' })
    expect(await over).toContain('the beginning')
    expect(stream.destroyed).toBe(true)
  })

  it('that is cancelled while it is opened is never sent', async () => {
    const { url, over } = await silent()
    const stop = new AbortController()
    const { stream, length } = payload('a file')
    const body = () => {
      stop.abort()
      return Promise.resolve({ stream, length })
    }
    expect((await put(url, body, stop.signal)).kind).toBe('silent')
    expect(await over).toBe('')
    expect(stream.destroyed).toBe(true)
  })

  it('leaves nothing waiting for a cancellation once it is over', async () => {
    const server = await taking()
    const { signal } = new AbortController()
    await put(server.origin, () => Promise.resolve(payload('a file')), signal)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

describe('a file that was not taken', () => {
  it.each([null, 302, 399, 408, 425, 429, 500, 503, 599])('may be taken later after %j', (status) => {
    expect(fileNotAccepted('Somebody', status, 'their words')).toEqual({
      ok: false,
      problem: {
        code: 'provider-silent',
        message: 'Somebody didn’t accept the file.',
        advice: 'Try again, or choose another clip host.',
        detail: 'their words',
      },
    })
  })

  it.each([400, 402, 409, 413, 422, 499, 507])('is not tried again after HTTP %i', (status) => {
    expect(fileNotAccepted('Somebody', status, 'their words')).toEqual({
      ok: false,
      problem: {
        code: 'clip-unreachable',
        message: 'Somebody refused the file.',
        advice: 'Check your account and its storage at Somebody, or choose another clip host.',
        detail: 'their words',
      },
    })
  })
})
