import { randomBytes } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { localCadence } from '../../src/main/providers/provider.ts'
import { systemClock } from '../../src/main/system/clock.ts'
import { bearer } from '../../src/main/providers/http/authorization.ts'
import { createHttpClient } from '../../src/main/providers/http/client.ts'
import { createKling } from '../../src/main/providers/kling/official.ts'
import { defaultTakeSettings } from '../../src/shared/domain/take.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'

export const name = 'memory added by the submit of a 10 MB image'
export const limit = { added: 100, unit: 'MB' }

/** The provider runs in a process of its own, so that only the submitting side is measured. */
async function startProvider() {
  const script = fileURLToPath(new URL('../support/servers/accepting-provider.ts', import.meta.url))
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const origin of createInterface({ input: child.stdout })) {
    return {
      origin,
      close: async () => {
        const gone = once(child, 'exit')
        child.kill()
        await gone
      },
    }
  }
  throw new Error('The provider did not start.')
}

/** Highest resident memory while the submit runs, over what the process had before. */
export async function run() {
  const provider = await startProvider()
  try {
    const kling = createKling({
      id: 'kling',
      baseUrl: new URL(provider.origin),
      authorization: bearer('bench'),
      http: createHttpClient({
        network: straightNetwork,
        clock: systemClock,
        pace: () => Promise.resolve(),
        secrets: [],
      }),
      loopback: true,
      cadence: localCadence,
      settle: 0,
    })
    const character = randomBytes(10_000_000)
    globalThis.gc?.()
    const before = process.memoryUsage.rss()
    let highest = before
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage.rss())
    }, 5)
    const answer = await kling.submit(
      {
        settings: defaultTakeSettings,
        character,
        characterUrl: null,
        clipUrl: 'http://127.0.0.1:1/clip.mp4',
        ownId: 'bench',
      },
      () => undefined,
    )
    clearInterval(watch)
    highest = Math.max(highest, process.memoryUsage.rss())
    if (answer.kind !== 'accepted') throw new Error(`the submit ended ${answer.kind}`)
    return { added: Math.round((highest - before) / 1e6), unit: 'MB' }
  } finally {
    await provider.close()
  }
}
