import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { errorCode } from '../files/error-code.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { portUnusable } from './problems.ts'

export type Listening = { readonly port: number; readonly servers: readonly Server[] }

/** How often a free port is looked for whose twin is free as well. */
const tries = 10

const noSuchAddress = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

async function listenAt(server: Server, address: string, port: number): Promise<number> {
  server.listen(port, address)
  await once(server, 'listening')
  // A TCP server that listens has an address with a port.
  return (server.address() as AddressInfo).port
}

/** The other address of this machine; null where it has none. */
async function listenAtTwin(server: Server, port: number): Promise<Server | null> {
  try {
    await listenAt(server, '::1', port)
    return server
  } catch (error) {
    if (noSuchAddress.has(errorCode(error))) return null
    throw error
  }
}

/**
 * Listens on both addresses of this machine, 127.0.0.1 and ::1. A browser tries the second one first: left free,
 * another user's program could answer there in the studio's name.
 */
export async function listen(createServer: () => Server, port: number): Promise<Outcome<Listening>> {
  let last: unknown
  for (let left = port === 0 ? tries : 1; left > 0; left -= 1) {
    const first = createServer()
    try {
      const found = await listenAt(first, '127.0.0.1', port)
      const second = await listenAtTwin(createServer(), found)
      return ok({ port: found, servers: second === null ? [first] : [first, second] })
    } catch (error) {
      last = error
      first.close()
    }
  }
  return portUnusable(port, last)
}
