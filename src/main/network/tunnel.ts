import { tunnelRefused, notAProxy } from './problems.ts'
import { stepLimit } from './ready.ts'
import type { Proxy } from './routes.ts'
import type { Unreached } from './unreached.ts'
import { cancelledConnection } from './unreached.ts'
import * as http from 'node:http'
import type * as net from 'node:net'

/** Where a tunnel leads; a name is left to the proxy, which resolves it. */
export type Target = { readonly host: string; readonly port: number }

const authority = ({ host, port }: Target): string =>
  `${host.includes(':') ? `[${host}]` : host}:${String(port)}`

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, CONNECT) over a socket that belongs to it alone. Whatever the proxy answers
 * besides yes ends the socket.
 */
export function connectThrough(
  socket: net.Socket,
  proxy: Proxy,
  target: Target,
  signal: AbortSignal | undefined,
): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const credentials =
      proxy.user && Buffer.from(`${proxy.user.name}:${proxy.user.password}`).toString('base64')
    const request = http.request({
      method: 'CONNECT',
      path: authority(target),
      createConnection: () => socket,
      setHost: false,
      headers: {
        host: authority(target),
        ...(credentials !== null && { 'proxy-authorization': `Basic ${credentials}` }),
      },
    })
    let settled = false
    const settle = (act: () => void) => {
      // A request closes after its tunnel was handed over, too.
      if (settled) return
      settled = true
      socket.setTimeout(0)
      socket.off('timeout', onSilence)
      signal?.removeEventListener('abort', onAbort)
      act()
    }
    const abandon = (error: Unreached) => {
      settle(() => {
        socket.destroy()
        reject(error)
      })
    }
    const onSilence = () => {
      abandon(notAProxy(proxy, 'it accepted the request and sent nothing for 10 s'))
    }
    const onAbort = () => {
      abandon(cancelledConnection())
    }
    request.on('connect', (response, _socket, head) => {
      const { statusCode = 0 } = response
      if (statusCode < 200 || statusCode > 299) abandon(tunnelRefused(proxy, target, response))
      // A TLS server never speaks first: these bytes are the proxy's.
      else if (head.length > 0) abandon(notAProxy(proxy, 'it sent its own bytes into the tunnel'))
      else
        settle(() => {
          resolve(socket)
        })
    })
    request.on('response', () => {
      abandon(notAProxy(proxy, 'it answered like a web server'))
    })
    request.on('error', (error) => {
      abandon(notAProxy(proxy, error.message))
    })
    request.on('close', () => {
      abandon(notAProxy(proxy, 'it closed the connection'))
    })
    socket.setTimeout(stepLimit, onSilence)
    signal?.addEventListener('abort', onAbort, { once: true })
    if (signal?.aborted) onAbort()
    else request.end()
  })
}
