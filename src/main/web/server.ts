import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { WebSocketServer } from 'ws'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Log } from '../system/ports.ts'
import { createApp, securityHeaders, createRendererFiles } from './pages.ts'
import type { WebCore } from './core.ts'
import { createGate, type Visit } from './access.ts'
import { listen } from './listen.ts'
import { maxMessageBytes, type Sockets } from './sockets.ts'
import type { Tickets } from './tickets.ts'

type Parts = {
  /** 0 for one that is free. */
  readonly port: number
  /** The name of this start alone, below `localhost`. */
  readonly host: string
  /** What the cookie holds; new for every start. */
  readonly session: string
  readonly tickets: Tickets
  /** The built page. */
  readonly renderer: string
  readonly devRenderer: URL | null
  /** May still be opening; another one after the library was moved. */
  readonly core: () => Promise<Outcome<WebCore>>
  readonly sockets: Sockets
  readonly log: Log
}

export type WebFace = {
  /** The address that lets a browser in with this ticket. */
  readonly entrance: (ticket: string) => string
  readonly port: number
  readonly close: () => Promise<void>
}

const refusal = 'Open Understudy with the newest address it printed. Each address works once.\n'

const visitOf = ({ method, url, headers }: IncomingMessage, upgrade: boolean): Visit => ({
  method: method ?? '',
  target: url ?? '',
  host: headers.host,
  origin: headers.origin,
  cookie: headers.cookie,
  upgrade,
})

function answerPages(server: Server, gate: ReturnType<typeof createGate>, parts: Parts): void {
  const page = createRendererFiles(parts.renderer)
  const app = createApp({ ...parts, page })
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false })
  server.on('request', (incoming, outgoing) => {
    outgoing.setHeaders(new Map(Object.entries(securityHeaders)))
    const verdict = gate(visitOf(incoming, false))
    if (verdict.kind === 'pass') {
      void answer(incoming, outgoing)
      return
    }
    outgoing.setHeader('Cache-Control', 'no-store')
    if (verdict.kind === 'refuse')
      // Closed, because the body of a refused upload would keep the connection for as long as it likes to come.
      outgoing
        .writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' })
        .end(refusal)
    else if (verdict.kind === 'elsewhere') outgoing.writeHead(307, { Location: verdict.location }).end()
    else outgoing.writeHead(303, { Location: verdict.location, 'Set-Cookie': verdict.cookie }).end()
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

/** The browser face's server, on this machine's own addresses only. It listens when this resolves. */
export async function createWebFace(parts: Parts): Promise<Outcome<WebFace>> {
  // A large file may take its time to arrive; only this machine can keep a connection busy.
  const listening = await listen(() => createServer({ requestTimeout: 0 }), parts.port)
  if (!listening.ok) return listening
  const { port, servers } = listening.value
  const devPort = parts.devRenderer === null ? null : Number(parts.devRenderer.port || 80)
  const gate = createGate({ ...parts, port, devPort })
  for (const server of servers) {
    answerPages(server, gate, parts)
    acceptSockets(server, gate, parts)
  }
  return ok({
    entrance: (ticket) => `http://${parts.host}:${port}/?ticket=${ticket}`,
    port,
    close: async () => {
      const closed = servers.map((server) => once(server, 'close'))
      servers.forEach((server) => server.close())
      parts.sockets.close()
      servers.forEach((server) => server.closeAllConnections())
      await Promise.all(closed)
    },
  })
}
