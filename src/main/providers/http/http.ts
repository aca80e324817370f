import type * as http from 'node:http'
import type * as net from 'node:net'
import type { Readable } from 'node:stream'
import type { Bytes, Milliseconds } from '../../../shared/units.ts'
import { limitAwake, watchStall, type AwakeLimit } from '../../system/awake.ts'
import type { Network } from '../../network/connect.ts'
import { requestOver } from '../../network/request.ts'
import { wordsOf } from '../../network/unreached.ts'
import { bodyText } from './content-coding.ts'

export type Answer = {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

export type SubmitEnd =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The connection was never made, through a proxy or without: nothing of the request left this machine. */
  | { readonly kind: 'unsent'; readonly why: string }
  /** Bytes may have arrived. */
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

const answerLimit: Milliseconds = 60_000
const stallLimit: Milliseconds = 30_000
const questionLimit: Milliseconds = 30_000
const bodyLimit: Bytes = 4 * 1024 * 1024

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
      if (response.complete) resolve(bodyText(Buffer.concat(chunks), response.headers, bodyLimit))
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
  return new Promise((resolve, reject) => {
    let limit: AwakeLimit | undefined
    let answered = false
    let ended = false
    // While bytes still leave, however slowly, the wait for an answer has not begun.
    const stopWatching = watchStall(socket, stallLimit, () => {
      request.destroy(new Error('nothing moved for 30 s'))
    })
    const request = requestOver(socket, url, {
      method,
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
      // Once an answer has begun, the reader of its body notices the end.
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
 * connection is open and before the first byte; if it throws, the socket is closed and nothing was sent.
 */
export async function submitOnce(
  network: Network,
  submission: Submission,
  onWire: () => void,
  signal?: AbortSignal,
): Promise<SubmitEnd> {
  let socket: net.Socket
  try {
    socket = await network.connect(submission.url, signal)
  } catch (error) {
    return { kind: 'unsent', why: wordsOf(error) }
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
    return { kind: 'unknown', why: wordsOf(error) }
  }
}

/** One free question. It may be asked again at any time; redirects are not followed. */
export async function ask(network: Network, question: Question, signal?: AbortSignal): Promise<AskEnd> {
  const late = new AbortController()
  const limited = signal ? AbortSignal.any([late.signal, signal]) : late.signal
  const limit = limitAwake(questionLimit, () => {
    late.abort()
  })
  try {
    const socket = await network.connect(question.url, limited)
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
    return { kind: 'silent', why: wordsOf(error) }
  } finally {
    limit.stop()
  }
}
