import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { WebSocketServer } from 'ws'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { Log } from '../ports.ts'
import { createApp } from './app.ts'
import type { WebCore } from './core.ts'
import { createGate, type Visit } from './gate.ts'
import { securityHeaders } from './headers.ts'
import { createRendererFiles } from './renderer-files.ts'
import { maxMessageBytes, type Sockets } from './sockets.ts'

type Parts = {
  /** 0 for one that is free. */
  readonly port: number
  /** New for every start; whoever knows it is let in. */
  readonly token: string
  /** The same, but only once. */
  readonly ticket: string
  /** The built page. */
  readonly renderer: string
  readonly devRenderer: URL | null
  /** May still be opening. */
  readonly core: Promise<Outcome<WebCore>>
  readonly sockets: Sockets
  readonly log: Log
}

export type WebFace = {
  /** Lets a browser in, once opened. */
  readonly address: string
  /** The same, but only once. */
  readonly windowAddress: string
  readonly port: number
  readonly close: () => Promise<void>
}

const refusal = 'Open Understudy with the address it printed when it started.\n'

const visitOf = ({ method, url, headers }: IncomingMessage, upgrade: boolean): Visit => ({
  method: method ?? '',
  target: url ?? '',
  host: headers.host,
  origin: headers.origin,
  cookie: headers.cookie,
  upgrade,
})

async function listen(server: Server, port: number): Promise<Outcome<number>> {
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    // A TCP server that listens has an address with a port.
    return ok((server.address() as AddressInfo).port)
  } catch (error) {
    return fail('usage', `Port ${port} cannot be used.`, {
      advice: 'Choose another one with --port, or leave it out.',
      detail: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    })
  }
}

function answerPages(server: Server, gate: ReturnType<typeof createGate>, parts: Parts): void {
  const page = createRendererFiles(parts.renderer)
  const app = createApp({ ...parts, page })
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  server.on('request', (incoming, outgoing) => {
    outgoing.setHeaders(new Map(Object.entries(securityHeaders)))
    const verdict = gate(visitOf(incoming, false))
    if (verdict.kind === 'pass') void answer(incoming, outgoing)
    else if (verdict.kind === 'enter')
      outgoing.writeHead(303, { Location: verdict.location, 'Set-Cookie': verdict.cookie }).end()
    else outgoing.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' }).end(refusal)
  })
}

function acceptSockets(server: Server, gate: ReturnType<typeof createGate>, parts: Parts): void {
  const handshakes = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    clientTracking: false,
  })
  server.on('upgrade', (incoming, connection, head) => {
    connection.on('error', () => connection.destroy())
    if (gate(visitOf(incoming, true)).kind !== 'pass' || incoming.url !== '/socket') {
      connection.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    handshakes.handleUpgrade(incoming, connection, head, (socket) => {
      parts.sockets.accept(socket, parts.core)
    })
  })
}

/** The browser face's server, on this machine's own address only. It listens when this resolves. */
export async function createWebFace(parts: Parts): Promise<Outcome<WebFace>> {
  // A large file may take its time to arrive; nobody but this machine can keep a connection busy.
  const server = createServer({ requestTimeout: 0 })
  const port = await listen(server, parts.port)
  if (!port.ok) return port
  const gate = createGate({ ...parts, port: port.value })
  answerPages(server, gate, parts)
  acceptSockets(server, gate, parts)
  // Cookies belong to a host name: the page must come from the one the cookie was left for.
  const host = parts.devRenderer?.hostname ?? '127.0.0.1'
  const entrance = (secret: string) => `http://${host}:${port.value}/?token=${secret}`
  return ok({
    address: entrance(parts.token),
    windowAddress: entrance(parts.ticket),
    port: port.value,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      parts.sockets.close()
      server.closeAllConnections()
      await closed
    },
  })
}
