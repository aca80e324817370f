import { tunnelNotOpened, noCloudflared, notServed, openingTunnel } from './problems.ts'
import { cancelled, ok, type Outcome } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { Clock, RunTool, Log } from '../system/ports.ts'
import { createSerialQueue } from '../system/scheduling.ts'
import { createFileServer } from './file-server.ts'
import type { ClipHost } from './hosts.ts'

/** Cloudflare needs a few seconds; a network that blocks it says nothing at all. */
const startLimit: Milliseconds = 30_000
/** More of the output than this is never kept, whatever the program writes. */
const keptOutput = 16 * 1024

/**
 * A quick tunnel's address as the banner of cloudflared shows it, between blanks: its error messages name
 * `https://api.trycloudflare.com/tunnel`, which is no tunnel.
 */
export const quickTunnel = /https:\/\/(?!api\.)[a-z0-9-]+\.trycloudflare\.com(?=[\s|])/

type CloudflaredParts = {
  readonly run: RunTool
  readonly clock: Clock
  /** What counts as the address of a tunnel in the output; a stand-in prints one of this machine. */
  readonly accepts: RegExp
}

/** One running cloudflared. */
type Tunnel = {
  readonly origin: string
  readonly isAlive: () => boolean
  /** Resolves when the process and its children are gone. */
  readonly stop: () => Promise<void>
}

/** Starts cloudflared in front of a port of this machine and waits for the address it was given. */
async function startCloudflared(
  program: string,
  port: number,
  { run, clock, accepts }: CloudflaredParts,
  signal?: AbortSignal,
): Promise<Outcome<Tunnel>> {
  const stopping = new AbortController()
  const waiting = new AbortController()
  const address = Promise.withResolvers<string>()
  let alive = true
  let output = ''
  const ended = run({
    command: program,
    args: ['tunnel', '--no-autoupdate', '--url', `http://127.0.0.1:${port}`],
    signal: stopping.signal,
    onOutput: () => undefined,
    onComplaint: (chunk) => {
      output = (output + new TextDecoder('latin1').decode(chunk)).slice(-keptOutput)
      const found = accepts.exec(output)
      if (found) address.resolve(found[0])
      return true
    },
  }).then((exit) => {
    alive = false
    return exit
  })
  const stop = async () => {
    stopping.abort()
    await ended
  }
  const patience = signal ? AbortSignal.any([waiting.signal, signal]) : waiting.signal
  const first = await Promise.race([
    address.promise,
    ended,
    clock.sleep(startLimit, patience).then(() => null),
  ])
  waiting.abort()
  if (typeof first === 'string') return ok({ origin: first, isAlive: () => alive, stop })
  await stop()
  return signal?.aborted ? cancelled(openingTunnel) : tunnelNotOpened(first)
}

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
  const inTurn = createSerialQueue()
  let tunnel: Tunnel | undefined

  const openTunnel = async (signal?: AbortSignal): Promise<Outcome<Tunnel>> => {
    if (tunnel?.isAlive()) return ok(tunnel)
    if (tunnel) log('cloudflared ended unexpectedly and is restarted')
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
        if (signal?.aborted) return cancelled(openingTunnel)
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
          return notServed(error)
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
