import { createServer, type Server } from 'node:https'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, beforeAll } from 'vitest'
import { createNetwork, type NetworkParts } from '../../../src/main/network/connect.ts'
import { direct, readProxy, type Route } from '../../../src/main/network/routes.ts'
import { connectProxy, type ConnectProxy } from './connect-proxy.ts'
import { privateAuthority } from './private-ca.ts'

export const service = 'api.kling.test'

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** A service by https under a public name, with a certificate of a company's own authority, and a proxy that leads to it. */
export function networkStage() {
  const authority = privateAuthority('Test company root')
  const heard: { method: string; url: string; body: string }[] = []
  let answer: Answer = (_request, response) => response.end('hello')
  const servers: { server: Server; sockets: Set<Socket> }[] = []

  const serve = async (certificate: { readonly cert: string; readonly key: string | Buffer }) => {
    const sockets = new Set<Socket>()
    const server = createServer(certificate, (request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('error', () => undefined)
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString()
        heard.push({ method: request.method ?? '', url: request.url ?? '', body })
        answer(request, response, body)
      })
    })
    server.on('connection', (socket: Socket) => {
      sockets.add(socket)
      socket.on('error', () => undefined)
    })
    servers.push({ server, sockets })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }

  const stage = {
    authority,
    heard,
    serve,
    // Both stand before the first test begins.
    port: 0,
    proxy: undefined as unknown as ConnectProxy,
    answer: (next: Answer) => {
      answer = next
    },
    url: new URL(`https://${service}/v1/videos/motion-control`),
    route: (user = ''): Route => readProxy(stage.proxy.url.replace('//', `//${user}`), 'HTTPS_PROXY'),
    /** The service through the proxy, with the company's root in the system, unless told otherwise. */
    network: (parts: Partial<NetworkParts> & { readonly ways?: readonly Route[] } = {}) => {
      const { ways = [stage.route()], ...others } = parts
      return createNetwork({
        routes: () => Promise.resolve(ways),
        monotonic: () => 0,
        roots: () => [authority.root],
        lookup: () => Promise.reject(new Error('no name may be looked up here')),
        ...others,
      })
    },
    /** Behaves as the proxy of a healthy network. */
    healthy: () => {
      stage.proxy.behave({ kind: 'pass', port: stage.port })
      answer = (_request, response) => response.end('hello')
      heard.length = 0
    },
    direct,
  }
  beforeAll(async () => {
    stage.port = await serve(authority.issue(service))
    stage.proxy = await connectProxy({ kind: 'pass', port: stage.port })
  })
  afterAll(async () => {
    await stage.proxy.close()
    for (const { server, sockets } of servers) {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    }
  })
  return stage
}
