import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { WebSocket } from 'ws'
import { aFace, eventually } from './a-face.ts'

async function next(socket: WebSocket): Promise<unknown> {
  const [data] = await once(socket, 'message')
  return JSON.parse(String(data))
}

async function connected(face: Awaited<ReturnType<typeof aFace>>): Promise<WebSocket> {
  const socket = face.socket()
  await once(socket, 'open')
  return socket
}

const question = (id: string, name: string, more: object = {}) =>
  JSON.stringify({ id, name, args: {}, ...more })

describe('a call over the socket', () => {
  it('reaches the core with its name, arguments and call id, and is answered under its own id', async () => {
    const face = await aFace()
    const socket = await connected(face)
    socket.send(question('1', 'file:inspect', { args: { file: 'f' }, callId: 'call-0001' }))
    expect(await next(socket)).toEqual({
      id: '1',
      answer: { ok: true, value: ['file:inspect', { file: 'f' }, 'call-0001'] },
    })
  })

  it('does not wait for another that takes long', async () => {
    const face = await aFace()
    const socket = await connected(face)
    socket.send(question('slow', 'wait'))
    socket.send(question('fast', 'app:about'))
    expect(await next(socket)).toMatchObject({ id: 'fast' })
  })

  it.each([
    ['what is not JSON', 'hello'],
    ['no object', '[]'],
    ['no id', '{"name":"app:about","args":{}}'],
    ['an unknown field', question('1', 'app:about', { extra: 1 })],
    ['a number for a name', '{"id":"1","name":7,"args":{}}'],
    ['an id that never ends', question('x'.repeat(65), 'app:about')],
  ])('with %s ends the connection and never reaches the core', async (_, text) => {
    const face = await aFace()
    const socket = await connected(face)
    socket.send(text)
    const [code] = await once(socket, 'close')
    expect(code).toBe(1008)
    expect(face.asked).toEqual([])
  })

  it('in binary ends the connection', async () => {
    const face = await aFace()
    const socket = await connected(face)
    socket.send(Buffer.from(question('1', 'app:about')))
    const [code] = await once(socket, 'close')
    expect(code).toBe(1003)
  })

  it('may be a megabyte long and no longer', async () => {
    const face = await aFace()
    const padding = 1024 * 1024 - Buffer.byteLength(question('1', 'app:about', { args: '' }))
    const fits = await connected(face)
    fits.send(question('1', 'app:about', { args: 'x'.repeat(padding) }))
    expect(await next(fits)).toMatchObject({ id: '1' })
    const tooLong = await connected(face)
    tooLong.send(question('1', 'app:about', { args: 'x'.repeat(padding + 1) }))
    const [code] = await once(tooLong, 'close')
    expect(code).toBe(1009)
    expect(face.asked).toHaveLength(1)
  })
})

describe('an event', () => {
  it('reaches every page that is connected', async () => {
    const face = await aFace()
    const pages = [await connected(face), await connected(face)]
    const heard = Promise.all(pages.map(next))
    face.sockets.announce('call:progress', { call: 'call-0001', fraction: 0.5 })
    const event = { event: 'call:progress', payload: { call: 'call-0001', fraction: 0.5 } }
    expect(await heard).toEqual([event, event])
  })

  it('to nobody is no trouble', async () => {
    const { sockets } = await aFace()
    expect(() => {
      sockets.announce('take:changed', {})
    }).not.toThrow()
  })
})

describe('a page that goes away', () => {
  it('cancels the calls of the core only when it was the last', async () => {
    const face = await aFace()
    const [first, last] = [await connected(face), await connected(face)]
    last.send(question('1', 'wait'))
    await eventually(() => face.asked.length).toBe(1)
    first.close()
    await eventually(() => face.sockets.count()).toBe(1)
    expect(face.cancelled()).toBe(0)
    last.terminate()
    await eventually(() => face.sockets.count()).toBe(0)
    expect(face.cancelled()).toBe(1)
  })

  it('is counted, so that the studio knows when nobody is there', async () => {
    const face = await aFace()
    const counts: number[] = []
    const remove = face.sockets.onCount((count) => counts.push(count))
    const page = await connected(face)
    page.close()
    await eventually(() => counts).toEqual([1, 0])
    remove()
    await connected(face)
    expect(counts).toEqual([1, 0])
  })
})

describe('closing the face', () => {
  it('ends every connection and frees the port', async () => {
    const face = await aFace()
    const page = await connected(face)
    const gone = once(page, 'close')
    await face.close()
    await gone
    await expect(face.ask('/')).rejects.toThrow('ECONNREFUSED')
  })
})
