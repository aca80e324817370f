import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { z } from 'zod'

/** One request as a contract server sees it. */
export type Call = {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
  /** The body as it came, and the same as text. */
  readonly bytes: Buffer
  readonly raw: string
  /** The parsed body of a JSON request; whole numbers past 2^53 are bigints, so that none is rounded. */
  readonly body: unknown
  /** What stood at the `:name` places of the path. */
  readonly params: Readonly<Record<string, string>>
}

export type Reply = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; a string or bytes are sent as they are. */
  readonly body: unknown
  /** Keeps the answer open and writes on it later, after the body if that is not empty. */
  readonly open?: (response: ServerResponse) => void
}
/** An answer, or a connection that ends without one. */
export type Play = Reply | 'reset'

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With `:name` for one path segment. */
  readonly path: string
  /** The documented query, as a strict object; without it there is none. */
  readonly query?: z.ZodType
  /** The documented JSON body, as a strict object, or a judge of another encoding; without it there is no body. */
  readonly body?: z.ZodType | ((call: Call) => readonly string[])
  readonly answer: (call: Call) => Reply | Promise<Reply>
}

export type Contract = {
  readonly origin: string
  /** Every way in which a request was not as documented; a test asserts that it is empty. */
  readonly violations: string[]
  readonly calls: readonly Call[]
  /** Plays these answers, in this order, to the next requests of one route instead of its own answer. */
  readonly play: (route: `${Route['method']} ${string}`, ...plays: readonly Play[]) => void
  readonly close: () => Promise<void>
}

export const reply = (
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Reply => ({
  status,
  body,
  headers,
})

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Reads JSON without rounding a number. */
function exactJson(text: string): unknown {
  const keep = (_key: string, value: unknown, context: { readonly source?: string }) =>
    typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)
      ? BigInt(context.source ?? value)
      : value
  return JSON.parse(text, keep as (key: string, value: unknown) => unknown)
}

function match(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const [wanted, had] = [pattern.split('/'), path.split('/')]
  if (wanted.length !== had.length) return null
  const params: Record<string, string> = {}
  for (const [at, part] of wanted.entries()) {
    const value = had[at] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return null
  }
  return params
}

function complaints(what: string, schema: z.ZodType, value: unknown): readonly string[] {
  const parsed = schema.safeParse(value)
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => `${what} ${path.map(String).join('.')}: ${message}`)
}

/** The body of a request, and what is wrong with its encoding. */
function bodyOf(route: Route, call: Call): { readonly body: unknown; readonly wrong: readonly string[] } {
  if (!route.body) return { body: undefined, wrong: call.raw === '' ? [] : ['a body is not documented'] }
  if (typeof route.body === 'function') return { body: undefined, wrong: route.body(call) }
  const type = call.headers['content-type'] ?? 'nothing'
  if (!/^application\/json(; ?charset=utf-8)?$/i.test(type))
    return { body: undefined, wrong: [`content-type is ${type}`] }
  try {
    const body = exactJson(call.raw)
    return { body, wrong: complaints('body', route.body, body) }
  } catch {
    return { body: undefined, wrong: ['the body is not JSON'] }
  }
}

function send(response: ServerResponse, play: Play): void {
  if (play === 'reset') {
    response.destroy()
    return
  }
  const raw = typeof play.body === 'string' || play.body instanceof Uint8Array
  const body = raw ? play.body : JSON.stringify(play.body)
  response.writeHead(play.status, {
    'content-type': raw ? 'text/plain' : 'application/json',
    ...play.headers,
  })
  if (!play.open) {
    response.end(body)
    return
  }
  response.write(body)
  play.open(response)
}

export async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => {
      resolve()
    })
  })

/**
 * A real server on loopback that accepts exactly the documented requests: whatever else comes is noted as a violation
 * and answered with 400. `authorize` names what is wrong with the key of a request, wherever it travels.
 */
export async function strictServer(parts: {
  readonly routes: readonly Route[]
  readonly authorize: (call: Call) => string | null | Promise<string | null>
  /** A documented answer that comes before the route's own, such as one about a token that has expired. */
  readonly gate?: (call: Call) => Reply | null
  /** Sent with every answer that names none: the server's own clock. */
  readonly date?: () => Date
  /** The answer to a request that is not as documented. */
  readonly refuse?: (why: string) => Reply
}): Promise<Contract> {
  const violations: string[] = []
  const calls: Call[] = []
  const plays = new Map<string, Play[]>()
  const refuse = parts.refuse ?? ((why: string) => reply(400, { message: why }))

  const answer = async (call: Call): Promise<Play> => {
    const matching = parts.routes.find(({ method, path }) => method === call.method && match(path, call.path))
    if (!matching) {
      violations.push(`${call.method} ${call.path} is not documented`)
      return refuse('not documented')
    }
    const { body, wrong } = bodyOf(matching, call)
    const params = match(matching.path, call.path) ?? {}
    const whole = { ...call, body, params }
    calls.push(whole)
    const odd = matching.query
      ? complaints('query', matching.query, call.query)
      : Object.keys(call.query).map((name) => `query ${name} is not documented`)
    const key = await parts.authorize(whole)
    const all = [...wrong, ...odd, ...(key === null ? [] : [key])]
    violations.push(...all.map((why) => `${call.method} ${call.path}: ${why}`))
    if (all.length > 0) return refuse(all.join('; '))
    const gated = parts.gate?.(whole)
    if (gated) return gated
    return plays.get(`${matching.method} ${matching.path}`)?.shift() ?? matching.answer(whole)
  }

  const server = createServer((request, response) => {
    // Joined, not resolved: a path may begin with two slashes.
    const url = new URL(`http://server${request.url ?? '/'}`)
    void read(request)
      .then((bytes) =>
        answer({
          method: request.method ?? '',
          path: url.pathname,
          // A name that comes twice arrives as both values, which no schema of one value lets pass.
          query: Object.fromEntries(
            [...new Set(url.searchParams.keys())].map((name) => [
              name,
              url.searchParams.getAll(name).join('&'),
            ]),
          ),
          headers: request.headers,
          bytes,
          raw: bytes.toString('utf8'),
          body: undefined,
          params: {},
        }),
      )
      .then(
        (play) => {
          if (parts.date) response.setHeader('date', parts.date().toUTCString())
          send(response, play)
        },
        (error: unknown) => {
          violations.push(`the contract server itself failed: ${String(error)}`)
          response.destroy()
        },
      )
  })
  const origin = await listen(server)
  return {
    origin,
    violations,
    calls,
    play: (route, ...more) => {
      plays.set(route, [...(plays.get(route) ?? []), ...more])
    },
    close: () => closeServer(server),
  }
}

/** Names what is wrong with a bearer key: exactly one space, and exactly this key. */
export const bearerOf =
  (key: string) =>
  ({ headers }: Call): string | null => {
    const value = headers.authorization
    if (value === undefined) return 'no Authorization'
    return value === `Bearer ${key}` ? null : 'wrong Authorization'
  }
