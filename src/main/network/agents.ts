import * as http from 'node:http'
import * as https from 'node:https'
import type { Duplex } from 'node:stream'
import type { Network } from './connect.ts'

type Callback = (error: Error | null, socket?: Duplex) => void
type Place = { readonly host?: string | null; readonly port?: number | string | null }

const socketLimits = { keepAlive: true, maxSockets: 50 }

const hostIn = (host: string) => (host.includes(':') ? `[${host}]` : host)

/** Node's agents over our connections, for a library that takes nothing else. It may keep a connection and use it again. */
export function agentsOver({ connect }: Network) {
  const open = (scheme: 'http' | 'https', { host, port }: Place, callback: Callback): void => {
    connect(new URL(`${scheme}://${hostIn(host ?? 'localhost')}:${String(port ?? '')}`)).then(
      (socket) => {
        callback(null, socket)
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)))
      },
    )
  }
  class PlainAgent extends http.Agent {
    override createConnection(place: Place, callback: Callback) {
      open('http', place, callback)
      return null
    }
  }
  class SecureAgent extends https.Agent {
    override createConnection(place: Place, callback: Callback) {
      open('https', place, callback)
      return null
    }
  }
  return { httpAgent: new PlainAgent(socketLimits), httpsAgent: new SecureAgent(socketLimits) }
}
