import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { ulid } from 'ulid'
import { z } from 'zod'
import { openStudio } from '../../src/main/compose.ts'
import { environmentSecrets } from '../../src/main/environment-secrets.ts'
import { openSettingsFile } from '../../src/main/settings-file.ts'
import { newAttempt } from '../../src/main/takes/attempt.ts'
import { openJournal } from '../../src/main/takes/journal.ts'
import { anOrder } from '../support/an-order.ts'
import { makeHome } from '../support/browser-face.ts'
import { someSettings } from '../support/facts.ts'

export const name = 'following 50 takes of one account'
export const limit = { busiest: 5, cpu: 2, unit: 'requests in any second, percent of a core' }

const takes = 50
const seconds = 30

async function startProvider() {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../support/polled-provider.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const origin of createInterface({ input: child.stdout })) {
    return { origin, close: () => child.kill() }
  }
  throw new Error('The provider did not start.')
}

/** A library in which every take is at the provider. */
function fill(home: string, origin: string): void {
  const opened = openJournal(join(home, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  const at = new Date().toISOString()
  for (let nth = 0; nth < takes; nth += 1) {
    const id = ulid()
    const settings = someSettings({ provider: 'kling', model: 'kling-v3', account: 'env-kling' })
    const attempt = newAttempt(id, 1, `own-${String(nth)}`, at)
    const acked = { ...attempt, state: 'ACKED', taskId: `task-${String(nth)}`, ackedAt: at } as const
    opened.value.add(anOrder({ id, settings, baseUrl: origin }), acked)
  }
  opened.value.close()
}

export async function run() {
  const home = makeHome()
  const provider = await startProvider()
  fill(home, provider.origin)
  const secrets = environmentSecrets({ UNDERSTUDY_KLING_KEY: 'a-key-for-the-bench' })
  const studio = await openStudio({ home, settings: openSettingsFile(home), secrets, log: () => undefined })
  if (!studio.ok) throw new Error(studio.problem.message)
  try {
    studio.value.takes.resume()
    await wait(3000)
    const before = process.cpuUsage()
    await wait(seconds * 1000)
    const { user, system } = process.cpuUsage(before)
    const answer = await fetch(`${provider.origin}/asked`)
    const { requests, busiest } = z
      .object({ requests: z.number(), busiest: z.number() })
      .parse(await answer.json())
    const cpu = (user + system) / 1e6 / seconds
    return { takes, requests, busiest, cpu: Number((cpu * 100).toFixed(2)), unit: limit.unit }
  } finally {
    await studio.value.close()
    provider.close()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}
