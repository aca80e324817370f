import { cancelled, fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { Clock, RunTool, ToolExit } from '../system/ports.ts'

/** Cloudflare needs a few seconds; a network that blocks it says nothing at all. */
const startLimit: Milliseconds = 30_000
/** More of the output than this is never kept, whatever the program writes. */
const keptOutput = 16 * 1024

/**
 * A quick tunnel's address as the banner of cloudflared shows it, between blanks: its error messages name
 * `https://api.trycloudflare.com/tunnel`, which is no tunnel.
 */
export const quickTunnel = /https:\/\/(?!api\.)[a-z0-9-]+\.trycloudflare\.com(?=[\s|])/

export type CloudflaredParts = {
  readonly run: RunTool
  readonly clock: Clock
  /** What counts as the address of a tunnel in the output; a stand-in prints one of this machine. */
  readonly accepts: RegExp
}

/** One running cloudflared. */
export type Tunnel = {
  readonly origin: string
  readonly isAlive: () => boolean
  /** Resolves when the process and its children are gone. */
  readonly stop: () => Promise<void>
}

function notStarted(exit: ToolExit | null) {
  if (exit?.ended === 'missing') return noCloudflared()
  const why = exit === null ? 'It named no address within 30 s.' : exit.stderr.slice(-1000)
  return fail('provider-silent', 'cloudflared could not open a tunnel to this computer.', {
    advice:
      'Check the internet connection and try again. cloudflared uses no proxy: where only a proxy leads out, choose another clip host.',
    detail: why,
  })
}

export const noCloudflared = () =>
  fail('tool-missing', 'cloudflared is not installed on this computer, so no tunnel can be opened.', {
    advice:
      'Install cloudflared from Cloudflare (on macOS: brew install cloudflared, on Windows: winget install Cloudflare.cloudflared), or choose another clip host.',
  })

/** Starts cloudflared in front of a port of this machine and waits for the address it was given. */
export async function startCloudflared(
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
  return signal?.aborted ? cancelled('Opening the tunnel') : notStarted(first)
}
