import type { IncomingHttpHeaders } from 'node:http'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Network } from '../../network/connect.ts'
import type { Clock } from '../../system/ports.ts'
import {
  ask,
  submitOnce,
  type Answer,
  type AskEnd,
  type Question,
  type Request,
  type Submission,
  type SubmitEnd,
} from './http.ts'
import { createBreaker } from './breaker.ts'
import { listenOnce, type Listening } from './event-stream.ts'
import type { Pace } from '../../system/pace.ts'
import { putFile, type Upload } from './put-file.ts'
import { createRedact } from '../redact.ts'

/** How an adapter talks to its service: never too often, never twice, and with an eye on the server's clock. */
export type Wire = {
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
  readonly pace: Pace
  /** Keys that a careless server might repeat; they are taken out of whatever it answers, in every form. */
  readonly secrets: readonly string[]
}

const samples = 5

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

export function createWire({ network, clock, pace, secrets }: Parts): Wire {
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
  /** The end of an exchange, with nothing in it that any secret of this call could be read from. */
  const clean = <End extends SubmitEnd | AskEnd>(end: End, request: Request): End => {
    const token = tokenOf(request)
    const { text, body } =
      token === '' || secrets.includes(token) ? redact : createRedact([...secrets, token])
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
  const heard = <End extends SubmitEnd | AskEnd>(end: End, request: Request, asked: Milliseconds): End => {
    if (end.kind === 'answer') learn(end.answer, asked)
    return clean(end, request)
  }

  return {
    ask: async (question, signal) => {
      if (!breaker.allows()) return { kind: 'silent', why: 'The service did not answer again and again.' }
      await pace(question.url.host, signal)
      const asked = clock.now()
      const end = await ask(network, question, signal)
      const answered = end.kind === 'answer' && end.answer.status < 500
      breaker.heard(!answered && signal?.aborted === true ? null : answered)
      return heard(end, question, asked)
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
      return heard(end, submission, sent)
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
