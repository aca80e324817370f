import * as http from 'node:http'
import * as https from 'node:https'
import type { Socket } from 'node:net'
import { userAgent } from './user-agent.ts'

/**
 * A request that leaves on this connection and no other. No agent at all: with `agent: false` Node would open a connection
 * of its own beside it. It says who asks.
 */
export const requestOver = (
  socket: Socket,
  url: URL,
  options: Omit<http.RequestOptions, 'agent' | 'createConnection' | 'headers'> & {
    readonly headers?: Readonly<http.OutgoingHttpHeaders>
  },
): http.ClientRequest =>
  (url.protocol === 'https:' ? https : http).request(url, {
    ...options,
    headers: { 'user-agent': userAgent, ...options.headers },
    createConnection: () => socket,
  })
