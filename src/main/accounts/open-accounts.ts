import { randomBytes } from 'node:crypto'
import { createLoopbackHost } from '../hosting/local-hosts.ts'
import { quickTunnel, createTunnelHost } from '../hosting/tunnel.ts'
import { findProgram } from '../processes/find-program.ts'
import type { Network } from '../network/connect.ts'
import type { Clock, Log, RunTool, Secrets } from '../system/ports.ts'
import { createRateLimiter } from '../system/scheduling.ts'
import { createAccounts, type AccountsParts } from './accounts.ts'

export type OpenAccountsParts = Pick<AccountsParts, 'settings' | 'practice' | 'openTakesOf' | 'warn'> & {
  readonly network: Network
  readonly clock: Clock
  readonly log: Log
  readonly run: RunTool
  readonly secrets: Secrets
  /** From 0 to 1, for jitter only. */
  readonly random: () => number
}

const findTunnel = () => findProgram('cloudflared')

/**
 * If the tunnel’s address is on this computer, a stand-in for cloudflared serves local accounts. For any other
 * account such an address fails the check before paying.
 */
const tunnelAddress = new RegExp(
  `${quickTunnel.source}|(?<=\\|\\s{1,4})http://127\\.0\\.0\\.1:\\d+(?=\\s*\\|)`,
)

/** The accounts, with the clip hosts that run inside this process. `close` stops those. */
export function openAccounts(parts: OpenAccountsParts) {
  const { clock, log, run } = parts
  const pace = createRateLimiter(clock)
  const loopback = createLoopbackHost(clock)
  const tunnel = createTunnelHost({ find: findTunnel, run, clock, log, accepts: tunnelAddress })
  const accounts = createAccounts({
    ...parts,
    pace,
    loopback,
    tunnel,
    findTunnel,
    newId: (provider) => `${provider}-${randomBytes(6).toString('hex')}`,
  })
  return {
    accounts,
    pace,
    close: async () => {
      await tunnel.close()
      await loopback.close()
    },
  }
}
