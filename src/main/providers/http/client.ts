import { repeatedlySilent } from '../problems.ts'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { IncomingHttpHeaders } from 'node:http'
import type { Milliseconds, Bytes } from '../../../shared/units.ts'
import type { Clock } from '../../system/ports.ts'
import type { Network } from '../../network/connect.ts'
import { wordsOf } from '../../network/unreached.ts'
import {
  exchange,
  type AskEnd,
  type Payload,
  type Request,
  ask,
  submitOnce,
  type Answer,
  type Question,
  type Submission,
  type SubmitEnd,
} from './http.ts'
import { listenOnce, type Listening } from './event-stream.ts'
import type { RateLimiter } from '../../system/scheduling.ts'
import { createRedact } from '../redact.ts'
import { tell, type Exchange } from './exchanges.ts'

/** Spares a service that is down, and the takes that would be sent into the dark. Only free questions decide about it. */
type Breaker = {
  /** Whether a question may go now; while it is open, one may go as a probe each time a wait is over. */
  readonly allows: () => boolean
  /** How a question ended that was allowed to go; null when we cut it short ourselves, which says nothing. */
  readonly heard: (answered: boolean | null) => void
  /** How long nothing goes; null while everything does. */
  readonly wait: () => Milliseconds | null
}

const failuresToOpen = 5
const within: Milliseconds = 60_000
const firstWait: Milliseconds = 30_000
/** A task that was paid for is never left alone for longer than this. */
const longestWait: Milliseconds = 5 * 60_000

type Open = { readonly until: Milliseconds; readonly wait: Milliseconds; readonly probing: boolean }

export function createBreaker({ monotonic }: Pick<Clock, 'monotonic'>): Breaker {
  let failures: readonly Milliseconds[] = []
  let open: Open | null = null

  const openFor = (wait: Milliseconds) => {
    open = { until: monotonic() + wait, wait, probing: false }
  }
  const fail = () => {
    if (open) {
      // A question that went before it opened says nothing about the probe.
      if (open.probing) openFor(Math.min(longestWait, open.wait * 2))
      return
    }
    failures = [...failures, monotonic()].slice(-failuresToOpen)
    const [first] = failures
    if (failures.length === failuresToOpen && first !== undefined && monotonic() - first <= within)
      openFor(firstWait)
  }

  return {
    allows: () => {
      if (!open) return true
      if (open.probing || monotonic() < open.until) return false
      open = { ...open, probing: true }
      return true
    },
    heard: (answered) => {
      if (answered === null) {
        if (open) open = { ...open, probing: false }
        return
      }
      if (!answered) {
        fail()
        return
      }
      failures = []
      open = null
    },
    wait: () => (open ? Math.max(1000, open.until - monotonic()) : null),
  }
}

/** A request whose body is built while it is sent, so that a large file is never held in memory. */
type Upload = Request & {
  readonly method: 'PUT' | 'POST'
  readonly body: () => Promise<Payload>
}

/** A file with something before and after it. Its length is measured when the sending begins. */
export async function fileBetween(before: string, path: string, after: string): Promise<Payload> {
  const { size } = await stat(path)
  async function* parts() {
    yield Buffer.from(before)
    let read: Bytes = 0
    // What was written to the file since it was measured is left out; what was cut off cannot be made up for.
    for await (const chunk of createReadStream(path, {
      end: Math.max(0, size - 1),
    }) as AsyncIterable<Buffer>) {
      read += chunk.length
      yield chunk
    }
    if (read < size) throw new Error('the file got shorter while it was sent')
    yield Buffer.from(after)
  }
  const length: Bytes = Buffer.byteLength(before) + size + Buffer.byteLength(after)
  return { length, stream: Readable.from(parts(), { objectMode: false }) }
}

/** Errors of the file system contain the whole path, which is private. */
function words(error: unknown): string {
  return error instanceof Error && 'path' in error && 'code' in error
    ? `the file can’t be read (${String(error.code)})`
    : wordsOf(error)
}

/**
 * Sends an upload on a connection of its own, without redirects. It has no time limit while bytes move: only a stall
 * of 30 s, or a minute without an answer once all is sent, ends it.
 */
export async function putFile(
  network: Network,
  { method, body, ...request }: Upload,
  signal?: AbortSignal,
): Promise<AskEnd> {
  let payload: Payload | null = null
  try {
    const socket = await network.connect(request.url, signal)
    const onAbort = () => socket.destroy(new Error('cancelled'))
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      payload = await body()
      if (signal?.aborted) onAbort()
      return { kind: 'answer', answer: await exchange(method, request, payload, socket) }
    } finally {
      signal?.removeEventListener('abort', onAbort)
      socket.destroy()
    }
  } catch (error) {
    return { kind: 'silent', why: words(error) }
  } finally {
    payload?.stream.destroy()
  }
}

/** How an adapter talks to its service: never too often, never twice, and with an eye on the server's clock. */
export type HttpClient = {
  readonly ask: (question: Question, signal?: AbortSignal) => Promise<AskEnd>
  readonly submit: (submission: Submission, onWire: () => void, signal?: AbortSignal) => Promise<SubmitEnd>
  /** Sends a large body that costs nothing; it may be sent again. */
  readonly upload: (upload: Upload, signal?: AbortSignal) => Promise<AskEnd>
  /** Reads a stream of events until it ends. Never rejects. */
  readonly listen: (listening: Listening) => Promise<void>
  /** How long the service is left alone because it does not answer; null while it is asked as usual. */
  readonly outage: () => Milliseconds | null
  /** The server's time as far as its answers told it; ours until then. */
  readonly serverTime: () => Milliseconds
}

type Parts = {
  readonly network: Network
  readonly clock: Clock
  readonly pace: RateLimiter
  /** Keys that a careless server might repeat; they are taken out of whatever it answers, in every form. */
  readonly secrets: readonly string[]
}

const samples = 5

type Sent = {
  readonly kind: Exchange['kind']
  readonly request: Question | Submission
  readonly at: Milliseconds
}

/** A header may repeat a key as well, and the id of a request is read from one. */
const cleanHeaders = (headers: IncomingHttpHeaders, text: (from: string) => string): IncomingHttpHeaders =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? text(value) : value?.map(text),
    ]),
  )

/** A token that was signed for one request is a secret too, for as long as it lives. */
const tokenOf = ({ headers }: Request) => headers['authorization']?.replace(/^\w+ /, '') ?? ''

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

export function createHttpClient({ network, clock, pace, secrets }: Parts): HttpClient {
  const breaker = createBreaker(clock)
  const offsets: Milliseconds[] = []
  const redact = createRedact(secrets)

  /** A Date header has whole seconds; the middle of that second is the best guess. */
  const learn = (answer: Answer, asked: Milliseconds) => {
    const theirs = Date.parse(answer.headers.date ?? '')
    if (Number.isNaN(theirs)) return
    offsets.push(theirs + 500 - (asked + clock.now()) / 2)
    if (offsets.length > samples) offsets.shift()
  }
  const redactFor = (request: Request) => {
    const token = tokenOf(request)
    return token === '' || secrets.includes(token) ? redact : createRedact([...secrets, token])
  }
  /** The end of an exchange, with nothing in it that any secret of this call could be read from. */
  const clean = <End extends SubmitEnd | AskEnd>(end: End, request: Request): End => {
    const { text, body } = redactFor(request)
    return end.kind === 'answer'
      ? {
          ...end,
          answer: {
            ...end.answer,
            headers: cleanHeaders(end.answer.headers, text),
            body: body(end.answer.body),
          },
        }
      : { ...end, why: text(end.why) }
  }
  const heard = <End extends SubmitEnd | AskEnd>(end: End, made: Sent): End => {
    const { request, at } = made
    if (end.kind === 'answer') learn(end.answer, at)
    const cleaned = clean(end, request)
    tell({ ...made, end: cleaned, took: clock.now() - at }, redactFor(request))
    return cleaned
  }

  return {
    ask: async (question, signal) => {
      if (!breaker.allows()) return { kind: 'silent', why: repeatedlySilent }
      await pace(question.url.host, signal)
      const asked = clock.now()
      const end = await ask(network, question, signal)
      const answered = end.kind === 'answer' && end.answer.status < 500
      breaker.heard(!answered && signal?.aborted === true ? null : answered)
      return heard(end, { kind: 'question', request: { method: 'GET', ...question }, at: asked })
    },
    submit: async (submission, onWire, signal) => {
      await pace(submission.url.host, signal)
      let sent = clock.now()
      const end = await submitOnce(
        network,
        submission,
        () => {
          onWire()
          sent = clock.now()
        },
        signal,
      )
      return heard(end, { kind: 'submit', request: submission, at: sent })
    },
    // An upload takes long: its halfway point says nothing about the server's clock.
    upload: async (upload, signal) => {
      await pace(upload.url.host, signal)
      return clean(await putFile(network, upload, signal), upload)
    },
    listen: (listening) => listenOnce(network, listening),
    outage: breaker.wait,
    serverTime: () => clock.now() + median(offsets),
  }
}
