import { cancelled, fail, ok, type Outcome } from '../../shared/outcome.ts'
import { createTurns } from '../system/scheduling.ts'
import type { Clock, Log, RunTool } from '../system/ports.ts'
import { noCloudflared, quickTunnel, startCloudflared, type Tunnel } from './cloudflared.ts'
import { createFileServer } from './file-server.ts'
import type { ClipHost } from './hosts.ts'

type TunnelParts = {
  /** The path of an installed cloudflared; null when there is none. */
  readonly find: () => string | null
  readonly run: RunTool
  readonly clock: Clock
  readonly log: Log
  readonly accepts?: RegExp
}

/**
 * Serves prepared files from this machine through an installed cloudflared. One process serves all files; it starts
 * with the first and ends with the last, and its addresses die with it.
 */
export function createTunnelHost({ find, log, accepts = quickTunnel, ...tools }: TunnelParts): ClipHost {
  const server = createFileServer(tools.clock)
  // Start and stop never overlap: a file that comes while the last one goes gets a tunnel of its own.
  const inTurn = createTurns()
  let tunnel: Tunnel | undefined

  const openTunnel = async (signal?: AbortSignal): Promise<Outcome<Tunnel>> => {
    if (tunnel?.isAlive()) return ok(tunnel)
    if (tunnel) log('cloudflared ended by itself; it is started again')
    const program = find()
    if (program === null) return noCloudflared()
    const started = await startCloudflared(program, await server.port(), { ...tools, accepts }, signal)
    if (started.ok) tunnel = started.value
    return started
  }
  const stopWhenIdle = async () => {
    if (!server.isEmpty()) return
    const stopping = tunnel
    tunnel = undefined
    await stopping?.stop()
    await server.close()
  }

  return {
    id: 'tunnel',
    put: ({ path, name, contentType }, _note, { signal, onProgress } = {}) =>
      inTurn(async () => {
        if (signal?.aborted) return cancelled('Opening the tunnel')
        try {
          const opened = await openTunnel(signal)
          if (!opened.ok) {
            await stopWhenIdle()
            return opened
          }
          server.add(`/${name}`, { path, contentType })
          onProgress?.(1)
          return ok({ url: `${opened.value.origin}/${name}`, until: null })
        } catch (error) {
          return fail('internal', 'The file could not be served on this machine.', {
            advice: 'Check that no security software forbids local connections.',
            detail: error instanceof Error ? error.message : String(error),
          })
        }
      }),
    remove: (name) =>
      inTurn(async () => {
        server.remove(`/${name}`)
        await stopWhenIdle()
        return ok(null)
      }),
    isLive: (url) => {
      if (!tunnel?.isAlive() || !url.startsWith(`${tunnel.origin}/`)) return false
      return server.has(url.slice(tunnel.origin.length))
    },
    lastFetch: (url) => server.lastFetch(new URL(url).pathname),
    close: () =>
      inTurn(async () => {
        server.clear()
        await stopWhenIdle()
      }),
  }
}
