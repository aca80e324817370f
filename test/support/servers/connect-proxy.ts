import { createServer, STATUS_CODES } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** What a proxy does with a request for a tunnel. */
export type Manners =
  /** To this port of this machine, whatever was asked for. */
  | { readonly kind: 'pass'; readonly port: number }
  | { readonly kind: 'refuse'; readonly status: number; readonly headers?: string; readonly body?: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'close' }
  /** Says yes, and closes once it has seen so many bytes of what should go through. */
  | { readonly kind: 'cut'; readonly port: number; readonly after: number }
  | { readonly kind: 'babble' }

export type ConnectProxy = {
  readonly port: number
  readonly url: string
  /** What was asked for, in order: the place and the credentials. */
  readonly asked: readonly { readonly place: string; readonly credentials: string | null }[]
  /** Bytes that went into tunnels. */
  readonly through: () => number
  readonly open: () => number
  readonly behave: (manners: Manners) => void
  readonly close: () => Promise<void>
}

const yes = 'HTTP/1.1 200 Connection established\r\n\r\n'

/** A real proxy on this machine, as companies and VPN tools run them. */
export async function connectProxy(first: Manners): Promise<ConnectProxy> {
  let manners = first
  let bytes = 0
  const asked: ConnectProxy['asked'][number][] = []
  const sockets = new Set<Duplex>()

  const tunnel = (client: Duplex, port: number, limit: number) => {
    const server: Socket = connect(port, '127.0.0.1')
    sockets.add(server)
    server.on('error', () => client.destroy())
    server.on('close', () => {
      sockets.delete(server)
      client.destroy()
    })
    client.on('close', () => server.destroy())
    client.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limit) client.destroy()
      else server.write(chunk)
    })
    server.pipe(client)
    client.write(yes)
  }

  const proxy = createServer((_request, response) => response.writeHead(400).end('this is a proxy'))
  proxy.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  proxy.on('connect', (request, client) => {
    client.on('error', () => undefined)
    client.on('end', () => client.destroy())
    client.resume()
    asked.push({ place: request.url ?? '', credentials: request.headers['proxy-authorization'] ?? null })
    switch (manners.kind) {
      case 'pass':
        tunnel(client, manners.port, Infinity)
        return
      case 'cut':
        tunnel(client, manners.port, manners.after)
        return
      case 'refuse': {
        const { status, headers = '', body = '' } = manners
        const length = `content-length: ${String(Buffer.byteLength(body))}`
        client.end(
          `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${headers}${length}\r\n\r\n${body}`,
        )
        return
      }
      case 'close':
        client.destroy()
        return
      case 'babble':
        client.write(`${yes}<html>sign in</html>`)
        return
      case 'hang':
    }
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    through: () => bytes,
    open: () => sockets.size,
    behave: (next) => {
      manners = next
      bytes = 0
      asked.length = 0
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        proxy.closeAllConnections()
        proxy.close(() => {
          resolve()
        })
      }),
  }
}
