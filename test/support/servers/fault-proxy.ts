import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** What happens to one connection; without one it is passed through. */
export type Fault =
  /** Reset at its first byte; the server never hears of it. */
  | { readonly kind: 'reset' }
  /** So many bytes of the request reach the server, then both sides are reset. */
  | { readonly kind: 'cut-request'; readonly bytes: number }
  /** The first request whose head is picked gets so far; then both sides are reset, or nothing moves any more. */
  | {
      readonly kind: 'at-request'
      readonly picks: (head: string) => boolean
      readonly bytes: number
      readonly then: 'reset' | 'stall'
    }
  /** The server has answered, so it has done what it was asked; the connection is reset instead. */
  | { readonly kind: 'lose-answer' }
  /** The server has answered and the client never hears a byte, while its connection stays open. */
  | { readonly kind: 'hang' }
  /** The connection ends after so many bytes of the answer, with or without a reset. */
  | { readonly kind: 'cut-answer'; readonly bytes: number; readonly reset?: true }
  /** So many bytes of the answer come, then none, while the connection stays open. */
  | { readonly kind: 'stall'; readonly bytes: number }
  /** The answer comes only then. */
  | { readonly kind: 'delay'; readonly until: Promise<unknown> }
  /** The server has answered, and these bytes come instead. */
  | { readonly kind: 'instead'; readonly answer: string }

export type Passage = {
  /** The first line of what the client sent. */
  readonly request: string
  readonly toServer: number
  readonly toClient: number
}

export type FaultProxy = {
  readonly origin: string
  /** Every connection so far, in the order they came. */
  readonly passages: () => readonly Passage[]
  /** Resolves when the server has answered on a connection whose answer is held back. */
  readonly swallowed: Promise<void>
  /** From now on connections are refused, until `up`. */
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
  readonly close: () => Promise<void>
}

type Count = { request: string; toServer: number; toClient: number }

/** How much of these bytes still fits under a limit. */
const under = (limit: number, gone: number, chunk: Buffer) => chunk.subarray(0, Math.max(0, limit - gone))

const requestLine = /^[A-Z]+ \S+ HTTP\/1\.1\r\n/

/** Lets a connection through until a request on it is picked, and so many bytes of that one. */
function atRequest(fault: Extract<Fault, { kind: 'at-request' }>, client: Socket, server: Socket): void {
  let left: number | null = null
  client.on('data', (chunk: Buffer) => {
    const head = left === null ? chunk.toString('latin1', 0, 4096) : ''
    if (requestLine.test(head) && fault.picks(head)) left = fault.bytes
    if (left === null) {
      server.write(chunk)
      return
    }
    const part = chunk.subarray(0, left)
    left -= part.length
    server.write(part, () => {
      if (left !== 0 || fault.then === 'stall') return
      client.resetAndDestroy()
      server.resetAndDestroy()
    })
  })
}

function toServer(fault: Fault | undefined, client: Socket, server: Socket, count: Count): void {
  client.on('data', (chunk: Buffer) => {
    if (count.request === '') count.request = chunk.toString('latin1').split('\r\n')[0] ?? ''
    if (fault?.kind === 'reset') {
      client.resetAndDestroy()
      server.destroy()
      return
    }
    const part = fault?.kind === 'cut-request' ? under(fault.bytes, count.toServer, chunk) : chunk
    count.toServer += part.length
    server.write(part, () => {
      if (fault?.kind !== 'cut-request' || count.toServer < fault.bytes) return
      client.resetAndDestroy()
      server.resetAndDestroy()
    })
  })
}

type Answering = { readonly client: Socket; readonly count: Count; readonly swallow: () => void }

function answered(fault: Fault, chunk: Buffer, { client, count, swallow }: Answering): void {
  switch (fault.kind) {
    case 'lose-answer':
      client.resetAndDestroy()
      return
    case 'hang':
      swallow()
      return
    case 'instead':
      if (count.toClient > 0) return
      count.toClient = fault.answer.length
      client.end(fault.answer)
      return
    case 'cut-answer': {
      const part = under(fault.bytes, count.toClient, chunk)
      if (part.length === 0) return
      count.toClient += part.length
      client.write(part)
      if (count.toClient < fault.bytes) return
      if (fault.reset) setImmediate(() => client.resetAndDestroy())
      else client.end()
      return
    }
    case 'stall': {
      const part = under(fault.bytes, count.toClient, chunk)
      if (part.length < chunk.length) swallow()
      count.toClient += part.length
      client.write(part)
      return
    }
    case 'delay':
      void fault.until.then(() => {
        count.toClient += chunk.length
        client.write(chunk)
      })
      return
    default:
      count.toClient += chunk.length
      client.write(chunk)
  }
}

/** What of an answer is decided by its fault alone, so the end of the server's side must not reach the client. */
const endsByItself = new Set<Fault['kind']>(['hang', 'stall', 'cut-answer', 'instead', 'lose-answer'])

function pass(fault: Fault | undefined, client: Socket, port: number, count: Count, swallow: () => void) {
  const server = connect({ host: '127.0.0.1', port })
  // Ends and resets are what this is about; none of them is an error of the proxy itself.
  client.on('error', () => server.destroy())
  server.on('error', () => client.destroy())
  if (fault?.kind === 'at-request') atRequest(fault, client, server)
  else toServer(fault, client, server, count)
  server.on('data', (chunk: Buffer) => {
    if (fault?.kind === 'delay') swallow()
    answered(fault ?? { kind: 'delay', until: Promise.resolve() }, chunk, { client, count, swallow })
  })
  server.on('end', () => {
    if (fault && endsByItself.has(fault.kind)) return
    void (fault?.kind === 'delay' ? fault.until : Promise.resolve()).then(() => client.end())
  })
  client.on('end', () => server.end())
  client.on('close', () => server.destroy())
  return server
}

const listenOn = (server: Server, port: number) =>
  new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))

/**
 * A TCP proxy on loopback in front of a server. `faultOf` names the fault of the nth connection, from 1 on; it may look
 * at what was seen so far.
 */
export async function faultProxy(
  target: string,
  faultOf: (nth: number) => Fault | undefined = () => undefined,
): Promise<FaultProxy> {
  const counts: Count[] = []
  const sockets = new Set<Socket>()
  const { promise: swallowed, resolve: swallow } = Promise.withResolvers<undefined>()
  const kept = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const count = { request: '', toServer: 0, toClient: 0 }
    counts.push(count)
    kept(client)
    kept(
      pass(faultOf(counts.length), client, Number(new URL(target).port), count, () => {
        swallow(undefined)
      }),
    )
  })
  await listenOn(server, 0)
  const { port } = server.address() as AddressInfo
  const down = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy()
      server.close(() => {
        resolve()
      })
    })
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    passages: () => counts.map((count) => ({ ...count })),
    swallowed,
    down,
    up: () => listenOn(server, port),
    close: down,
  }
}
