import type * as http from 'node:http'
import type { Bytes, Milliseconds } from '../../../shared/units.ts'
import { watchStall } from '../../system/awake.ts'
import type { Network } from '../../network/connect.ts'
import { requestOver } from '../../network/request.ts'
import { plainStream } from './content-coding.ts'

/** One server-sent event; `name` is `message` where the server gives none. */
export type ServerEvent = { readonly name: string; readonly data: string }

/** More than any event of a known service, and little enough to throw away. */
const mostHeld: Bytes = 256 * 1024
/** Services that keep a stream open send a comment every 15 s. */
const silenceLimit: Milliseconds = 60_000

/** Takes the text of a stream as it comes and calls for each whole event. Throws when one grows too large. */
export function createEventParser(onEvent: (event: ServerEvent) => void): (text: string) => void {
  let rest = ''
  let name = ''
  let data: string[] = []
  let held = 0

  const take = (line: string) => {
    if (line === '') {
      if (data.length > 0) onEvent({ name: name === '' ? 'message' : name, data: data.join('\n') })
      name = ''
      data = []
      held = 0
      return
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') name = value
    else if (field === 'data') data.push(value)
    // A comment has no field; ids and retry times are of no use to a listener that never resumes.
    else return
    held += line.length
  }

  return (text) => {
    rest += text
    // A lone carriage return at the end may be the first half of a line end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      take(line)
      if (held > mostHeld) throw new Error('an event is too large')
    }
    if (held + rest.length > mostHeld) throw new Error('an event is too large')
  }
}

export type Listening = {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly onEvent: (event: ServerEvent) => void
  /** Anything at all came, a comment included. */
  readonly onSign: () => void
  readonly signal: AbortSignal
}

/** Reads a stream of server-sent events until it ends, for whatever reason. Redirects are not followed; never rejects. */
export async function listenOnce(
  network: Network,
  { url, headers, onEvent, onSign, signal }: Listening,
): Promise<void> {
  try {
    const socket = await network.connect(url, signal)
    // News are a courtesy: they must not keep a process alive that has nothing else to do.
    socket.unref()
    await new Promise<void>((resolve) => {
      const request = requestOver(socket, url, {
        headers: { ...headers, accept: 'text/event-stream', 'cache-control': 'no-store' },
        signal,
      })
      watchStall(socket, silenceLimit, () => {
        request.destroy()
      })
      request.end()
      request.on('error', () => {
        resolve()
      })
      request.on('close', () => {
        resolve()
      })
      request.on('response', (response) => {
        read(response, createEventParser(onEvent), onSign)
      })
    })
    socket.destroy()
  } catch {
    // The next attempt may fare better; until then the task is asked for as ever.
  }
}

function read(response: http.IncomingMessage, parse: (text: string) => void, onSign: () => void): void {
  const type = response.headers['content-type'] ?? ''
  if (response.statusCode !== 200 || !type.startsWith('text/event-stream')) {
    response.destroy()
    return
  }
  const decoder = new TextDecoder()
  const stream = plainStream(response)
  response.on('error', () => undefined)
  stream.on('error', () => response.destroy())
  stream.on('data', (chunk: Buffer) => {
    onSign()
    try {
      parse(decoder.decode(chunk, { stream: true }))
    } catch {
      response.destroy()
    }
  })
}
