import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { fail, ok } from '../../shared/outcome.ts'
import { createMediaHandler } from '../files/media-handler.ts'
import type { ClipHost } from './host.ts'

const listen = (server: Server) =>
  new Promise<string>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      // A server that listens on TCP answers with an address, never with a pipe name.
      const { port } = server.address() as AddressInfo
      resolve(`http://127.0.0.1:${String(port)}`)
    })
  })

/**
 * Serves prepared clips on this machine only, for the practice provider and for tests. It listens from the first
 * file on; its links die with the process.
 */
export function createLoopbackHost(): ClipHost {
  const served = new Map<string, string>()
  const handler = createMediaHandler((name) => {
    const path = served.get(name)
    return path === undefined ? undefined : { kind: 'file', path }
  })
  let server: Server | undefined
  let origin: Promise<string> | undefined
  const answer = getRequestListener(handler)
  const urlOf = async (name: string) => {
    server ??= createServer((request, response) => void answer(request, response))
    origin ??= listen(server)
    return `${await origin}/${name}`
  }
  const live = new Set<string>()

  return {
    id: 'loopback',
    put: async ({ path, name }) => {
      try {
        const url = await urlOf(name)
        served.set(name, path)
        live.add(url)
        return ok({ url, until: null })
      } catch (error) {
        return fail('internal', 'The clip could not be served on this machine.', {
          advice: 'Check that no security software forbids local connections.',
          detail: error instanceof Error ? error.message : String(error),
        })
      }
    },
    remove: (name) => {
      served.delete(name)
      for (const url of live) if (url.endsWith(`/${name}`)) live.delete(url)
      return Promise.resolve(ok(null))
    },
    isLive: (url) => live.has(url),
    close: () =>
      new Promise((resolve) => {
        if (!server) {
          resolve()
          return
        }
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
