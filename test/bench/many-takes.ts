import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { openStudio } from '../../src/main/core/open-studio.ts'
import { environmentSecrets } from '../../src/main/system/environment.ts'
import { openSettingsFile } from '../../src/main/core/settings-store.ts'
import { makeHome } from '../support/window/browser-face.ts'
import { fillWithTasks } from '../support/library/many-acked.ts'
import { startPolledProvider } from '../support/servers/start-polled-provider.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'
import { root } from '../support/window/electron-binary.ts'

export const name = 'following 50 takes of one account'
export const limit = { busiest: 5, cpu: 2, unit: 'requests in any second, percent of a core' }

const takes = 50
const seconds = 30

export async function run() {
  const home = makeHome()
  const provider = await startPolledProvider()
  fillWithTasks(home, provider.origin, takes)
  const secrets = environmentSecrets({ UNDERSTUDY_KLING_KEY: 'a-key-for-the-bench' })
  const studio = await openStudio({
    home,
    network: straightNetwork,
    resources: join(root, 'resources'),
    settings: openSettingsFile(home),
    secrets,
    log: () => undefined,
    bin: () => Promise.reject(new Error('nothing is given away here')),
  })
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
