import * as http from 'node:http'
import type * as net from 'node:net'
import { stepLimit } from './ready.ts'
import { nameOfProxy, type Proxy } from './routes.ts'
import { cancelledConnection, Unreached } from './unreached.ts'

/** Where a tunnel leads; a name is left to the proxy, which resolves it. */
export type Target = { readonly host: string; readonly port: number }

const authority = ({ host, port }: Target): string =>
  `${host.includes(':') ? `[${host}]` : host}:${String(port)}`

export const called = (proxy: Proxy): string => `The proxy ${nameOfProxy(proxy)} (set in ${proxy.setIn})`

const signIn = ({ kind, host, port, setIn, user }: Proxy): Readonly<Record<'message' | 'advice', string>> =>
  user === null
    ? {
        message: 'needs a name and a password.',
        advice: `Set HTTPS_PROXY=${kind}://NAME:PASSWORD@${nameOfProxy({ host, port })} before you start Understudy.`,
      }
    : {
        message: 'doesn’t accept the name and the password.',
        advice: `Correct both in ${setIn}. Encode special characters, such as %40 for @.`,
      }

export function signInRefused(proxy: Proxy): Unreached {
  const { message, advice } = signIn(proxy)
  return new Unreached({ obstacle: 'proxy' }, `${called(proxy)} ${message}`, advice)
}

/** What a proxy's own answer means. It is never the answer of the service: the tunnel was not made. */
function refusal(proxy: Proxy, target: Target, { statusCode: status = 0, headers }: http.IncomingMessage) {
  const asked = headers['proxy-authenticate'] ?? []
  const offers = [asked].flat().join(', ')
  if (status === 407) {
    if (offers === '' || /\bbasic\b/i.test(offers)) return signInRefused(proxy)
    const ways =
      offers.match(/\b(Negotiate|NTLM|Digest|Kerberos|Bearer)\b/gi)?.join(', ') ?? offers.slice(0, 60)
    return new Unreached(
      { obstacle: 'proxy' },
      `${called(proxy)} needs a sign-in method that Understudy doesn’t support (${ways}).`,
      'Ask the network’s administrator for a proxy with a name and a password, or for one without a sign-in.',
    )
  }
  const http = `HTTP ${String(status)}`
  return status >= 500
    ? new Unreached(
        { obstacle: 'proxy' },
        `${called(proxy)} couldn’t reach ${target.host} (${http}).`,
        'Try again later. If a browser can reach it, ask the proxy’s administrator.',
      )
    : new Unreached(
        { obstacle: 'proxy' },
        `${called(proxy)} refuses connections to ${target.host} (${http}).`,
        `Ask the proxy’s administrator to allow it. If this network can reach ${target.host} without a proxy, add it to NO_PROXY.`,
      )
}

export const notAProxy = (proxy: Proxy, why: string): Unreached =>
  new Unreached(
    { obstacle: 'proxy', silent: true },
    `${called(proxy)} doesn’t answer like a proxy (${why}).`,
    `Check its address and type in ${proxy.setIn}.`,
  )

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
      if (statusCode < 200 || statusCode > 299) abandon(refusal(proxy, target, response))
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
