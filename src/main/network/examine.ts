import type { Socket } from 'node:net'
import type { NetworkFinding, NetworkReport } from '../../shared/domain/network.ts'
import type { Network } from './connect.ts'
import { stepLimit } from './ready.ts'
import { requestOver } from './request.ts'
import { nameOfProxy, type Route } from './routes.ts'
import { Unreached } from './unreached.ts'

function wayOf(routes: readonly Route[]): string {
  const ways = routes.map((route) => {
    if (route.kind === 'direct') return 'directly'
    const name = route.kind === 'unusable' ? 'a proxy' : `the proxy ${nameOfProxy(route)}`
    return `through ${name} (set in ${route.setIn})`
  })
  return ways.join(', else ')
}

/** The status of an answer, whatever it is; null where none came. */
function statusOver(socket: Socket, url: URL): Promise<number | null> {
  return new Promise((resolve) => {
    const request = requestOver(socket, url, { method: 'HEAD', path: '/' })
    const end = (status: number | null) => {
      socket.destroy()
      resolve(status)
    }
    request.setTimeout(stepLimit, () => {
      end(null)
    })
    request.on('response', (response) => {
      end(response.statusCode ?? null)
    })
    request.on('error', () => {
      end(null)
    })
    request.on('close', () => {
      end(null)
    })
    request.end()
  })
}

const itself = (host: string, message: string): Pick<NetworkFinding, 'obstacle' | 'message' | 'advice'> => ({
  obstacle: 'service',
  message: `${host} ${message}`,
  advice: 'The network works, but the service has a problem. Try again later.',
})

async function judge(network: Network, url: URL, signal: AbortSignal | undefined) {
  try {
    const socket = await network.connect(url, signal)
    const status = await statusOver(socket, url)
    if (status === null)
      return itself(url.host, 'accepts the connection, but doesn’t send a readable answer.')
    if (status >= 500) return itself(url.host, `answers with an error (HTTP ${String(status)}).`)
    return { obstacle: null, message: `${url.host} answers.`, advice: null }
  } catch (error) {
    if (!(error instanceof Unreached)) throw error
    const { obstacle, message, advice } = error
    return { obstacle, message, advice: advice === '' ? null : advice }
  }
}

/** Tells for each address whether it is reached, and what is in the way if not. No key is sent. */
export async function examineNetwork(
  network: Network,
  addresses: readonly string[],
  signal?: AbortSignal,
): Promise<NetworkReport> {
  const urls = [...new Set(addresses)].map((address) => new URL(address))
  const findings = urls.map(async (url): Promise<NetworkFinding> => ({
    host: url.host,
    way: wayOf(await network.routes(url)),
    ...(await judge(network, url, signal)),
  }))
  return { note: await network.note(), findings: await Promise.all(findings) }
}

/** Why no connection to an address can be made; null where one can. Nothing is sent. */
export async function whyUnreached(
  network: Network,
  address: URL,
  signal?: AbortSignal,
): Promise<Unreached | null> {
  try {
    const socket = await network.connect(address, signal)
    socket.destroy()
    return null
  } catch (error) {
    if (error instanceof Unreached) return error
    throw error
  }
}
