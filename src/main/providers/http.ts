import { lookup } from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import * as net from 'node:net'
import type { Readable } from 'node:stream'
import * as tls from 'node:tls'
import type { Bytes, Milliseconds } from '../../shared/units.ts'
import { limitAwake, watchStall, type AwakeLimit } from '../awake.ts'
import { isLoopbackHost, isPrivateAddress } from './addresses.ts'

export type Answer = {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

export type SubmitEnd =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The connection was never made: nothing left this machine. */
  | { readonly kind: 'unsent'; readonly why: string }
  /** Bytes may have arrived; nobody knows. */
  | { readonly kind: 'unknown'; readonly why: string }

export type Request = { readonly url: URL; readonly headers: Readonly<Record<string, string>> }
/** A free request: asked by GET unless the provider wants to be asked otherwise. */
export type Question = Request & {
  readonly method?: 'GET' | 'POST' | 'DELETE'
  readonly body?: string
}
export type Submission = Request & { readonly body: string }
/** A body that is read while it is sent. */
export type Payload = { readonly length: Bytes; readonly stream: Readable }
export type AskEnd =
  { readonly kind: 'answer'; readonly answer: Answer } | { readonly kind: 'silent'; readonly why: string }

const connectLimit: Milliseconds = 10_000
const answerLimit: Milliseconds = 60_000
const stallLimit: Milliseconds = 30_000
const questionLimit: Milliseconds = 30_000
const bodyLimit: Bytes = 4 * 1024 * 1024

const words = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error))

/** A public name may point at a private address; the connection is refused then, after the look-up. */
const publicLookup: net.LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address, family) => {
    const all = Array.isArray(address) ? address.map((entry) => entry.address) : [address]
    const forbidden = error === null && all.some(isPrivateAddress)
    callback(forbidden ? new Error(`${hostname} points at a private address`) : error, address, family)
  })
}

export const lookupFor = (url: URL) => (isLoopbackHost(url.hostname) ? {} : { lookup: publicLookup })

/** A connection of its own, ready for the first byte of a request. */
export async function connect(url: URL, signal: AbortSignal | undefined): Promise<net.Socket> {
  const secure = url.protocol === 'https:'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (secure ? 443 : 80))
  // A literal address is never looked up, so it has to be judged here.
  if (isPrivateAddress(host) && !isLoopbackHost(host)) throw new Error(`${host} is a private address`)
  return new Promise((resolve, reject) => {
    const socket = secure
      ? tls.connect({ host, port, servername: net.isIP(host) === 0 ? host : '', ...lookupFor(url) })
      : net.connect({ host, port, ...lookupFor(url) })
    const abandon = (error: Error) => {
      socket.destroy()
      reject(error)
    }
    const onAbort = () => {
      abandon(new Error('cancelled'))
    }
    socket.setTimeout(connectLimit, () => {
      abandon(new Error('the connection took too long'))
    })
    socket.once('error', abandon)
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0)
      socket.removeAllListeners('timeout')
      socket.off('error', abandon)
      signal?.removeEventListener('abort', onAbort)
      resolve(socket)
    })
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted) onAbort()
  })
}

function readBody(response: http.IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > bodyLimit) response.destroy(new Error('the answer is too large'))
      else chunks.push(chunk)
    })
    response.on('end', () => {
      if (response.complete) resolve(Buffer.concat(chunks).toString('utf8'))
      else reject(new Error('the answer was cut off'))
    })
    response.on('error', reject)
    response.on('close', () => {
      reject(new Error('the answer was cut off'))
    })
  })
}

const lengthOf = (body: string | Payload) =>
  String(typeof body === 'string' ? Buffer.byteLength(body) : body.length)

function send(request: http.ClientRequest, body: string | Payload | null): void {
  if (body === null || typeof body === 'string') {
    request.end(body ?? undefined)
    return
  }
  // A file that cannot be read any more ends the request with its own words, which `pipeline` would lose.
  body.stream.on('error', (error) => request.destroy(error))
  request.on('close', () => body.stream.destroy())
  body.stream.pipe(request)
}

/** One exchange over a socket that belongs to it alone. Rejects when no whole answer came. */
export function exchange(
  method: string,
  { url, headers }: Request,
  body: string | Payload | null,
  socket: net.Socket,
): Promise<Answer> {
  const agent = url.protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    let limit: AwakeLimit | undefined
    let answered = false
    let ended = false
    // While bytes still leave, however slowly, the wait for an answer has not begun.
    const stopWatching = watchStall(socket, stallLimit, () => {
      request.destroy(new Error('nothing moved for 30 s'))
    })
    const request = agent.request(url, {
      method,
      // No agent at all: with `agent: false` Node would open a connection of its own beside this one.
      createConnection: () => socket,
      headers: { ...headers, ...(body !== null && { 'content-length': lengthOf(body) }) },
    })
    const end = (act: () => void) => {
      ended = true
      limit?.stop()
      socket.destroy()
      act()
    }
    const refuse = (why: string) => {
      end(() => {
        reject(new Error(why))
      })
    }
    request.on('finish', () => {
      if (ended) return
      stopWatching()
      limit = limitAwake(answerLimit, () => {
        refuse('no answer in time')
      })
    })
    request.on('upgrade', () => {
      refuse('the answer was not HTTP')
    })
    request.on('close', () => {
      // Once an answer has begun, whoever reads its body notices the end.
      if (!answered) refuse('the connection was closed without an answer')
    })
    request.on('error', (error) => {
      end(() => {
        reject(error)
      })
    })
    request.on('response', (response) => {
      answered = true
      readBody(response).then(
        (text) => {
          end(() => {
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text })
          })
        },
        (error: unknown) => {
          end(() => {
            reject(error instanceof Error ? error : new Error(String(error)))
          })
        },
      )
    })
    send(request, body)
  })
}

/**
 * The one way a paid request leaves: a fresh socket, no pool, no redirect, no retry. `onWire` runs when the
 * connection stands and before the first byte; if it throws, the socket is closed and nothing was sent.
 */
export async function submitOnce(
  submission: Submission,
  onWire: () => void,
  signal?: AbortSignal,
): Promise<SubmitEnd> {
  let socket: net.Socket
  try {
    socket = await connect(submission.url, signal)
  } catch (error) {
    return { kind: 'unsent', why: words(error) }
  }
  try {
    onWire()
  } catch (error) {
    socket.destroy()
    throw error
  }
  try {
    return { kind: 'answer', answer: await exchange('POST', submission, submission.body, socket) }
  } catch (error) {
    return { kind: 'unknown', why: words(error) }
  }
}

/** One free question. It may be asked again at any time; redirects are not followed. */
export async function ask(question: Question, signal?: AbortSignal): Promise<AskEnd> {
  const late = new AbortController()
  const limited = signal ? AbortSignal.any([late.signal, signal]) : late.signal
  const limit = limitAwake(questionLimit, () => {
    late.abort()
  })
  try {
    const socket = await connect(question.url, limited)
    const onAbort = () => socket.destroy(new Error('no answer in time'))
    limited.addEventListener('abort', onAbort, { once: true })
    try {
      return {
        kind: 'answer',
        answer: await exchange(question.method ?? 'GET', question, question.body ?? null, socket),
      }
    } finally {
      limited.removeEventListener('abort', onAbort)
    }
  } catch (error) {
    return { kind: 'silent', why: words(error) }
  } finally {
    limit.stop()
  }
}
