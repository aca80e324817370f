import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../src/shared/outcome.ts'
import { connectSocket, type SocketLike } from '../../../src/renderer/lib/desktop.ts'

type Question = {
  readonly id: string
  readonly name: string
  readonly args: unknown
  readonly callId?: string
}

/** The other end of the line, by hand. */
function createFarEnd() {
  const sockets: (SocketLike & { sent: string[]; readyState: number })[] = []
  const pauses: number[] = []
  const uploads: { name: string; file: File }[] = []
  let reconnect: () => void = () => undefined
  let upload = async (name: string): Promise<Response> =>
    Response.json(ok({ token: `f_${'1'.repeat(22)}`, name, bytes: 1 }))
  const bridge = connectSocket({
    open: () => {
      const sent: string[] = []
      const socket = {
        sent,
        readyState: 0,
        send: (text: string) => void sent.push(text),
        onopen: null,
        onclose: null,
        onmessage: null,
      }
      sockets.push(socket)
      return socket
    },
    upload: (name, file) => {
      uploads.push({ name, file })
      return upload(name)
    },
    later: (run, pause) => {
      pauses.push(pause)
      reconnect = run
    },
  })
  const newest = () => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('No socket was opened.')
    return socket
  }
  return {
    bridge,
    pauses,
    uploads,
    sockets,
    setUpload: (answer: typeof upload) => {
      upload = answer
    },
    open: () => {
      newest().readyState = 1
      newest().onopen?.(new Event('open'))
    },
    lose: () => {
      newest().readyState = 3
      newest().onclose?.(new CloseEvent('close'))
    },
    reconnect: () => {
      reconnect()
    },
    sent: () => newest().sent.map((text) => JSON.parse(text) as Question),
    say: (message: unknown) =>
      newest().onmessage?.(new MessageEvent('message', { data: JSON.stringify(message) })),
  }
}

describe('The line of the browser face', () => {
  it('pairs every answer with its question, in whatever order they come', async () => {
    const line = createFarEnd()
    line.open()
    const about = line.bridge.ask['app:about']({})
    const list = line.bridge.ask['take:list']({})
    const [first, second] = line.sent()
    line.say({ id: second?.id, answer: ok([]) })
    line.say({ id: first?.id, answer: fail('internal', 'Not today.') })
    expect(await list).toEqual(ok([]))
    expect(await about).toEqual(fail('internal', 'Not today.'))
  })

  it('keeps questions that are asked before it is open', async () => {
    const line = createFarEnd()
    const list = line.bridge.ask['take:list']({})
    expect(line.sent()).toEqual([])
    line.open()
    expect(line.sent()).toHaveLength(1)
    line.say({ id: line.sent()[0]?.id, answer: ok([]) })
    expect(await list).toEqual(ok([]))
  })

  it('sends the call id, so that a long call can be cancelled', () => {
    const line = createFarEnd()
    line.open()
    void line.bridge.ask['file:inspect']({ file: `f_${'1'.repeat(22)}` }, 'call-0001')
    expect(line.sent()[0]).toMatchObject({ name: 'file:inspect', callId: 'call-0001' })
  })

  it('hands events to those who listen, until they stop', () => {
    const line = createFarEnd()
    line.open()
    const heard: unknown[] = []
    const end = line.bridge.listen['call:progress']((payload) => heard.push(payload))
    line.say({ event: 'call:progress', payload: { call: 'call-0001', fraction: 0.5 } })
    end()
    line.say({ event: 'call:progress', payload: { call: 'call-0001', fraction: 0.9 } })
    expect(heard).toEqual([{ call: 'call-0001', fraction: 0.5 }])
  })

  it('ends open questions with a problem when it is lost, and says so once', async () => {
    const line = createFarEnd()
    const heard: boolean[] = []
    line.bridge.onConnection((connected) => heard.push(connected))
    line.open()
    const list = line.bridge.ask['take:list']({})
    line.lose()
    expect(await list).toMatchObject({
      ok: false,
      problem: { code: 'internal', message: 'Understudy isn’t responding.' },
    })
    expect(await line.bridge.ask['take:list']({})).toMatchObject({ ok: false })
    line.reconnect()
    line.lose()
    expect(heard).toEqual([false])
  })

  it('tries again ever more slowly, and at once after it has held', () => {
    const line = createFarEnd()
    for (let attempt = 0; attempt < 7; attempt += 1) {
      line.lose()
      line.reconnect()
    }
    expect(line.pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
    line.open()
    line.lose()
    expect(line.pauses.at(-1)).toBe(250)
  })

  it('tells that it is back, and never sends a lost question a second time', () => {
    const line = createFarEnd()
    const heard: boolean[] = []
    line.bridge.onConnection((connected) => heard.push(connected))
    line.open()
    void line.bridge.ask['take:list']({})
    line.lose()
    line.reconnect()
    line.open()
    expect(heard).toEqual([false, true])
    expect(line.sent()).toEqual([])
  })

  it('tells whoever begins to listen that it is lost', () => {
    const line = createFarEnd()
    line.lose()
    const heard: boolean[] = []
    line.bridge.onConnection((connected) => heard.push(connected))
    expect(heard).toEqual([false])
  })

  it('uploads dropped files one by one under their own names', async () => {
    const line = createFarEnd()
    line.open()
    const adopted = await line.bridge.adoptFiles([
      new File(['a'], 'häuser & co.png'),
      new File(['b'], 'b.mp4'),
    ])
    expect(line.uploads.map(({ name }) => name)).toEqual(['häuser & co.png', 'b.mp4'])
    expect(adopted).toMatchObject({ ok: true, value: [{ name: 'häuser & co.png' }, { name: 'b.mp4' }] })
  })

  it('hands on the reason when a file is not taken in', async () => {
    const line = createFarEnd()
    line.open()
    line.setUpload(async () => Response.json(fail('file-too-large', 'The file is too large.')))
    expect(await line.bridge.adoptFiles([new File(['a'], 'a.mp4')])).toEqual(
      fail('file-too-large', 'The file is too large.'),
    )
    line.setUpload(() => Promise.reject(new TypeError('Failed to fetch')))
    expect(await line.bridge.adoptFiles([new File(['a'], 'a.mp4')])).toMatchObject({
      ok: false,
      problem: { message: 'Understudy isn’t responding.' },
    })
  })
})
