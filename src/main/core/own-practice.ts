import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { practiceProvider } from '../../shared/domain/account.ts'
import type { Network } from '../network/connect.ts'
import { bearer } from '../providers/http/authorization.ts'
import { createHttpClient } from '../providers/http/client.ts'
import { createKling } from '../providers/kling/official.ts'
import { localCadence } from '../providers/provider.ts'
import type { Clock, Log, RunTool, ToolPaths } from '../system/ports.ts'

type PracticePorts = {
  readonly home: string
  /** Holds the sample, which the practice provider knows. */
  readonly resources: string
  readonly network: Network
  readonly run: RunTool
  readonly tools: () => Promise<ToolPaths>
  readonly clock: Clock
  readonly log: Log
}

/** Starts once, on first use. A failed start is tried again the next time. */
function lazily<T>(start: () => Promise<T>) {
  let started: Promise<T> | undefined
  return {
    get: () => {
      started ??= start().catch((error: unknown) => {
        started = undefined
        throw error
      })
      return started
    },
    current: () => started,
  }
}

/** The provider on this computer. Its server starts on first use. */
export function practiceOf(ports: PracticePorts) {
  const key = randomBytes(16).toString('hex')
  const { network, run, tools, clock, log } = ports
  const folder = join(ports.home, 'practice')
  const sample = join(ports.resources, 'sample')
  const server = lazily(async () => {
    // Loaded on first use: most commands never need it or its drawing and server libraries.
    const { createPracticeServer } = await import('../practice/server.ts')
    return createPracticeServer({ folder, sample, run, tools: await tools(), clock, key, log })
  })
  // No rate limit, because the server is ours.
  const http = createHttpClient({ network, clock, pace: () => Promise.resolve(), secrets: [] })
  return {
    provider: async () =>
      createKling({
        id: practiceProvider,
        baseUrl: new URL((await server.get()).origin),
        authorization: bearer(key),
        http,
        loopback: true,
        cadence: localCadence,
        // It saves a task on this disk before it answers, so absent means never started.
        settle: 0,
      }),
    close: async () => {
      const running = await server.current()
      await running?.close()
    },
  }
}
