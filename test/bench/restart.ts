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

export const name = 'a start with 500 open takes: all shown, first one asked about'
export const limit = { shown: 1000, asked: 2000, unit: 'ms' }

const takes = 500

const seen = z.object({ requests: z.number() })

export async function run() {
  const home = makeHome()
  const provider = await startPolledProvider()
  fillWithTasks(home, provider.origin, takes)
  const secrets = environmentSecrets({ UNDERSTUDY_KLING_KEY: 'a-key-for-the-bench' })
  const began = performance.now()
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
    const listed = studio.value.takes.list()
    const shown = performance.now() - began
    if (listed.length !== takes) throw new Error(`${String(listed.length)} takes are shown`)
    studio.value.takes.resume()
    for (;;) {
      const answer = await fetch(`${provider.origin}/asked`)
      if (seen.parse(await answer.json()).requests > 0) break
      await wait(10)
    }
    const asked = performance.now() - began
    return { takes, shown: Math.round(shown), asked: Math.round(asked), unit: limit.unit }
  } finally {
    await studio.value.close()
    provider.close()
    rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  }
}
