import type * as http from 'node:http'
import { createParser } from 'eventsource-parser'
import type { Bytes, Milliseconds } from '../../../shared/units.ts'
import { watchStall } from '../../system/awake.ts'
import type { Network } from '../../network/connect.ts'
import { requestOver } from '../../network/request.ts'
import { plainStream } from './content-coding.ts'

/** One server-sent event; `name` is `message` where the server gives none. */
export type ServerEvent = { readonly name: string; readonly data: string }

/** More than any event of a known service, and little enough to throw away. */
const maxHeld: Bytes = 256 * 1024
/** Services that keep a stream open send a comment every 15 s. */
const silenceLimit: Milliseconds = 60_000

/** Takes the text of a stream as it comes and calls for each whole event. Throws when one grows too large. */
export function createEventParser(onEvent: (event: ServerEvent) => void): (text: string) => void {
  const parser = createParser({
    maxBufferSize: maxHeld,
    onEvent: ({ event = 'message', data }) => {
      onEvent({ name: event, data })
    },
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') throw new Error('an event is too large')
    },
  })
  return (text) => {
    parser.feed(text)
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
