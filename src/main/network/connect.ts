import { proxySilent, proxyUnusable, privateHost, leadsToPrivate, notReached } from './problems.ts'
import { errorCode } from '../files/error-code.ts'
import type { LookupAddress, LookupAllOptions } from 'node:dns'
import { lookup as systemLookup } from 'node:dns/promises'
import type { Milliseconds } from '../../shared/units.ts'
import { isLoopbackHost, isPrivateAddress, isPrivateName, publicOnly } from './addresses.ts'
import { ready } from './ready.ts'
import type { Proxy, Route } from './routes.ts'
import { socksThrough } from './socks.ts'
import { createTrust, systemRoots, type SystemRoots } from './trust.ts'
import { connectThrough, type Target } from './tunnel.ts'
import { cancelledConnection, Unreached } from './unreached.ts'
import * as net from 'node:net'

/** The one way to the outside. */
export type Network = {
  /**
   * A connection of its own to the host of a URL, secure where the URL is https, ready for the first byte of a request.
   * Rejects with `Unreached`, and then nothing of a request has left.
   */
  readonly connect: (url: URL, signal?: AbortSignal) => Promise<net.Socket>
  /** The ways that `connect` tries, in their order. */
  readonly routes: (url: URL) => Promise<readonly Route[]>
  /** What of the proxy settings does not do what its author may think, in a whole sentence. */
  readonly note: () => Promise<string | null>
}

type LookUp = (hostname: string, options: LookupAllOptions) => Promise<readonly LookupAddress[]>

export type NetworkParts = {
  readonly routes: Network['routes']
  readonly monotonic: () => Milliseconds
  readonly note?: Network['note']
  /** Stand-ins of a test; without them the system's resolver, sockets and roots. */
  readonly lookup?: LookUp
  readonly dial?: (options: net.TcpNetConnectOpts) => net.Socket
  readonly roots?: SystemRoots
}

/** So long a proxy that said nothing is left for last. */
const rest: Milliseconds = 60_000

/** Connects only to the public addresses of a name, to the one that answers first. */
function judged(look: LookUp): net.LookupFunction {
  return (hostname, options, callback) => {
    look(hostname, { ...options, all: true }).then(
      (found) => {
        const addresses = publicOnly(found)
        if (addresses === null || addresses[0] === undefined) callback(leadsToPrivate(hostname), '', 0)
        else if (options.all === true) callback(null, [...addresses])
        else callback(null, addresses[0].address, addresses[0].family)
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), '', 0)
      },
    )
  }
}

export function createNetwork({ routes, monotonic, ...parts }: NetworkParts): Network {
  const { dial = net.connect, roots = systemRoots } = parts
  const lookup = judged(parts.lookup ?? systemLookup)
  const secure = createTrust(roots)
  const resting = new Map<string, Milliseconds>()

  const straight = async ({ host, port }: Target, signal: AbortSignal | undefined) => {
    const options = isLoopbackHost(host) ? {} : { lookup }
    try {
      return await ready(dial({ host, port, ...options }), 'connect', signal)
    } catch (error) {
      throw notReached(host, error, isLoopbackHost(host))
    }
  }

  /** A proxy is the user's own and may be anywhere, on this machine and in a private network too. */
  const toProxy = async (proxy: Proxy, signal: AbortSignal | undefined) => {
    const open = async () => ready(dial({ host: proxy.host, port: proxy.port }), 'connect', signal)
    try {
      return await (proxy.kind === 'https' ? secure(open, proxy.host, signal) : open())
    } catch (error) {
      if (signal?.aborted) throw cancelledConnection()
      if (error instanceof Unreached && error.obstacle === 'certificate') throw error
      const why = errorCode(error) || (error instanceof Error ? error.message : String(error))
      throw proxySilent(proxy, why)
    }
  }

  const over = async (route: Route, target: Target, signal: AbortSignal | undefined) => {
    if (route.kind === 'direct') return straight(target, signal)
    if (route.kind === 'unusable') throw proxyUnusable(route)
    if (isPrivateName(target.host)) throw leadsToPrivate(target.host)
    const socket = await toProxy(route, signal)
    const through = route.kind === 'socks5' ? socksThrough : connectThrough
    return through(socket, route, target, signal)
  }

  const nameOf = (route: Route) =>
    'host' in route ? `${route.kind} ${route.host} ${String(route.port)}` : ''
  const isResting = (route: Route) => (resting.get(nameOf(route)) ?? -Infinity) > monotonic()

  /** A way that said nothing gives way to the next, as its settings have it: nothing was sent on it. */
  const first = async (
    ways: readonly Route[],
    connect: (route: Route) => Promise<net.Socket>,
  ): Promise<net.Socket> => {
    const order = ways.toSorted((a, b) => Number(isResting(a)) - Number(isResting(b)))
    let failure: unknown
    for (const route of order) {
      try {
        return await connect(route)
      } catch (error) {
        failure ??= error
        if (!(error instanceof Unreached) || !error.silent) throw error
        resting.set(nameOf(route), monotonic() + rest)
      }
    }
    throw failure
  }

  const connect: Network['connect'] = async (url, signal) => {
    const isSecure = url.protocol === 'https:'
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const target = { host, port: Number(url.port || (isSecure ? 443 : 80)) }
    // A literal address is never looked up, so it has to be judged here.
    if (isPrivateAddress(host) && !isLoopbackHost(host)) throw privateHost(host)
    return first(await routes(url), (route) => {
      const open = () => over(route, target, signal)
      return isSecure ? secure(open, host, signal) : open()
    })
  }
  return { connect, routes, note: parts.note ?? (() => Promise.resolve(null)) }
}
