import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../../src/main/system/clock.ts'
import { fetchResult } from '../../src/main/takes/steps/fetch-result.ts'
import { sha256Of } from '../../src/main/media/source-file.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'

export const name = 'memory added by the download of a 500 MB result'
export const limit = { added: 50, unit: 'MB' }

const bytes = 500_000_000

/** The server runs in a process of its own, so that only the fetching side is measured. */
async function startServer() {
  const script = fileURLToPath(new URL('../support/servers/large-file-server.ts', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [origin] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  return {
    origin,
    close: async () => {
      const gone = once(child, 'exit')
      child.kill()
      await gone
    },
  }
}

async function fetchedWhole(origin: string, part: string, size: number): Promise<void> {
  const end = await fetchResult({
    network: straightNetwork,
    url: `${origin}/${String(size)}`,
    loopback: true,
    part,
    mark: null,
    onMark: () => undefined,
    onProgress: () => undefined,
    monotonic: systemClock.monotonic,
  })
  if (end.kind !== 'complete' || end.bytes !== size) throw new Error(`the download ended ${end.kind}`)
  await sha256Of(part)
}

/** Highest resident memory while a result is fetched and hashed, over what the process had before. */
export async function run() {
  const server = await startServer()
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'))
  const part = join(folder, 'result.mp4.part')
  try {
    // Idle is a studio that has fetched before, not a process that has never opened a connection.
    await fetchedWhole(server.origin, part, 1_000_000)
    globalThis.gc?.()
    const before = process.memoryUsage.rss()
    let highest = before
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage.rss())
    }, 5)
    const began = performance.now()
    await fetchedWhole(server.origin, part, bytes)
    clearInterval(watch)
    const seconds = Math.round((performance.now() - began) / 100) / 10
    return { added: Math.round((highest - before) / 1e6), unit: 'MB', seconds }
  } finally {
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
