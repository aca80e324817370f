import { open } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { entityTag } from '../files/file-identity.ts'
import { streamRange, mediaAnswer } from '../files/serve.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from '../system/ports.ts'

type Served = { readonly path: string; readonly contentType: string }

const notFound = () => new Response(null, { status: 404 })

async function answerWith({ path, contentType }: Served, request: Request): Promise<Response> {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return notFound()
  const stat = await handle.stat()
  const tag = entityTag(stat)
  const answer = mediaAnswer(request, { size: stat.size, type: contentType, tag })
  // From here on the stream closes the file.
  if (answer.send) return new Response(streamRange(handle, answer.send.first, answer.send.last), answer)
  await handle.close()
  return new Response(null, answer)
}

const listen = (server: Server) =>
  new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      // A server that listens on TCP answers with an address, never with a pipe name.
      resolve((server.address() as AddressInfo).port)
    })
  })

/**
 * A server on this machine that serves the files it was given, each under exactly one path, and knows nothing
 * else. It listens from the first question for its port on.
 */
export function createFileServer(clock: Pick<Clock, 'now'>) {
  const served = new Map<string, Served>()
  const fetches = new Map<string, Milliseconds>()
  const answer = getRequestListener((request) => {
    const file = served.get(new URL(request.url).pathname)
    return file === undefined ? notFound() : answerWith(file, request)
  })
  let server: Server | undefined
  let port: Promise<number> | undefined

  const open = () =>
    createServer((request, response) => {
      // The path as it was sent: nothing may be resolved, decoded or cut off before it is compared.
      const known = served.has(request.url ?? '') && ['GET', 'HEAD'].includes(request.method ?? '')
      if (known) {
        if (request.method === 'GET') fetches.set(request.url ?? '', clock.now())
        void answer(request, response)
      } else response.writeHead(404, { connection: 'close' }).end()
    })

  return {
    port: () => {
      server ??= open()
      port ??= listen(server)
      return port
    },
    add: (path: string, file: Served): void => {
      served.set(path, file)
    },
    remove: (path: string): void => {
      served.delete(path)
      fetches.delete(path)
    },
    has: (path: string): boolean => served.has(path),
    lastFetch: (path: string): Milliseconds | null => fetches.get(path) ?? null,
    clear: (): void => {
      served.clear()
    },
    isEmpty: (): boolean => served.size === 0,
    close: async (): Promise<void> => {
      const closing = server
      server = undefined
      port = undefined
      served.clear()
      closing?.closeAllConnections()
      if (closing) await new Promise((resolve) => closing.close(resolve))
    },
  }
}
