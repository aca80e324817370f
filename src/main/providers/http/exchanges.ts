import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingHttpHeaders } from 'node:http'
import type { Milliseconds } from '../../../shared/units.ts'
import { readJson } from '../json.ts'
import { withoutSignatures } from '../links.ts'
import type { createRedact } from '../redact.ts'
import type { AskEnd, Question, Request, SubmitEnd } from './http.ts'

/** One request and what came back, with nothing in it that opens anything. */
export type Exchange = {
  readonly kind: 'submit' | 'question'
  /** When it was sent, in wall-clock milliseconds. */
  readonly at: Milliseconds
  readonly took: Milliseconds
  readonly method: string
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | null
  readonly answer: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  } | null
  /** Why no answer came; null if one came. */
  readonly why: string | null
}

type Listener = (exchange: Exchange) => void

/** An adapter doesn’t know which take it works for. Its caller does, so the listener follows the call. */
const listeners = new AsyncLocalStorage<Listener>()

/** Runs a call to a provider and hears of each request that it makes. */
export const hearing = <T>(listener: Listener, run: () => T): T => listeners.run(listener, run)

/** Headers that say something to the support of a service. All others may open something. */
const told: ReadonlySet<string> = new Set([
  ...['accept', 'content-type', 'content-length', 'date', 'location', 'retry-after', 'server'],
  ...['x-request-id', 'x-oneapi-request-id', 'x-trace-id', 'cf-ray'],
])

function headersOf(headers: IncomingHttpHeaders | Request['headers'], clean: (text: string) => string) {
  const named = Object.entries(headers).filter(([name]) => told.has(name.toLowerCase()))
  return Object.fromEntries(named.map(([name, value]) => [name, clean(String(value))]))
}

/** A longer value is a picture in the request. */
const longestValue = 2000
const longestBody = 16_384

const shortened = (text: string, longest: number) =>
  text.length <= longest ? text : `${text.slice(0, 60)}… (${String(text.length)} characters)`

/** Leaves a body as it came, unless a value in it is too long to keep. */
function bodyOf(body: string): string {
  const seen = { long: false }
  const value = readJson(body, (part) => {
    const short = shortened(String(part), longestValue)
    if (short === String(part)) return part
    seen.long = true
    return short
  })
  return shortened(seen.long ? JSON.stringify(value) : body, longestBody)
}

type Made = {
  readonly kind: Exchange['kind']
  readonly request: Request & Pick<Question, 'method' | 'body'>
  readonly end: SubmitEnd | AskEnd
  readonly at: Milliseconds
  readonly took: Milliseconds
}

/** Tells the listener of this call, if there is one. `end` is clean already; the request has the keys. */
export function tell({ kind, request, end, at, took }: Made, redact: ReturnType<typeof createRedact>): void {
  const listener = listeners.getStore()
  if (!listener) return
  const clean = (text: string) => withoutSignatures(redact.text(text))
  const cleanBody = (body: string) => bodyOf(withoutSignatures(redact.body(body)))
  const { url, method = 'POST', headers, body } = request
  listener({
    kind,
    at,
    took,
    method,
    address: clean(url.href),
    headers: headersOf(headers, clean),
    body: body === undefined ? null : cleanBody(body),
    answer:
      end.kind === 'answer'
        ? {
            status: end.answer.status,
            headers: headersOf(end.answer.headers, clean),
            body: cleanBody(end.answer.body),
          }
        : null,
    why: end.kind === 'answer' ? null : clean(end.why),
  })
}
