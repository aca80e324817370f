import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'vitest'
import { createS3Host } from '../../src/main/hosting/s3/s3.ts'
import type { Provider } from '../../src/main/providers/provider.ts'
import type { Problem } from '../../src/shared/outcome.ts'
import type { Milliseconds } from '../../src/shared/units.ts'
import { faultProxy, type Fault } from '../support/servers/fault-proxy.ts'
import { takeId } from '../support/library/library.ts'
import { s3Keys, startS3Server } from '../support/servers/s3-server.ts'
import { faultStage, type Studio } from './studio.ts'
import type { Tier } from './tiers.ts'
import { mediaOf, movedClock } from './upload-parts.ts'
import { straightNetwork } from '../support/servers/straight-network.ts'

type Setting = {
  readonly bytes?: number
  readonly fault?: (nth: number) => Fault | undefined
  readonly stall?: Milliseconds
  readonly tier?: Tier
  readonly time?: ReturnType<typeof movedClock>
  /** In the place of the address of the proxy. */
  readonly endpoint?: string
  /** What the provider does otherwise. */
  readonly provider?: Partial<Provider>
}

const allFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

/** No secret in any file, no id of a key in what is for ever or for people to read. */
export function expectNoKeys(folder: string): void {
  for (const path of allFiles(folder)) {
    const bytes = readFileSync(path)
    for (const secret of [s3Keys.secretKey, 'canary-key']) expect(bytes.includes(secret), path).toBe(false)
    if (path.endsWith('.json')) expect(bytes.includes(s3Keys.accessKey), path).toBe(false)
  }
  const db = new DatabaseSync(join(folder, 'studio.db'), { readOnly: true })
  const events = db.prepare('SELECT data FROM events').all()
  const gone = db.prepare("SELECT url FROM uploads WHERE state = 'gone'").all()
  db.close()
  expect(events.length).toBeGreaterThan(0)
  expect(JSON.stringify([events, gone])).not.toMatch(new RegExp(`${s3Keys.accessKey}|X-Amz-Signature`))
}

/** Takes whose files go through a proxy that makes faults into a real bucket. */
export function uploadStage() {
  const stage = faultStage()

  async function room({
    bytes = 100_000,
    fault,
    stall,
    tier = 'A',
    time = movedClock(),
    provider = {},
    endpoint,
  }: Setting = {}) {
    const s3 = stage.kept(await startS3Server())
    const proxy = stage.kept(await faultProxy(s3.bucket.endpoint, fault))
    const warnings: Problem[] = []
    const logged: string[] = []
    const newHost = () =>
      createS3Host({
        network: straightNetwork,
        bucket: { ...s3.bucket, endpoint: endpoint ?? proxy.origin },
        ...s3Keys,
        clock: time.clock,
        random: () => 0.5,
        log: (line, about) => logged.push(line + JSON.stringify(about ?? {})),
        warn: (problem) => warnings.push(problem),
        ...(stall !== undefined && { stall }),
      })
    const studio = await stage.studio(tier, {
      media: mediaOf(bytes),
      clock: time.clock,
      host: newHost,
      also: () => provider,
    })
    return { s3, proxy, studio, warnings, logged, time, newHost }
  }
  type Room = Awaited<ReturnType<typeof room>>

  return {
    ...stage,
    room,
    /** The oracle of every cell, once the take is at rest. */
    expectAtRest: async ({ s3, studio, logged }: Room, tasks: 0 | 1) => {
      await studio.bench.library.stop()
      expect([studio.tasks(), studio.posts(), studio.server.violations]).toEqual([tasks, tasks, []])
      expect(studio.bench.states).not.toContain('NEEDS_USER')
      expect([await s3.objects(), await s3.uploads()]).toEqual([[], []])
      expect(studio.bench.journal.uploads(takeId)).toEqual([])
      await studio.bench.close()
      expectNoKeys(stage.folder())
      expect(JSON.stringify(logged)).not.toMatch(new RegExp(`${s3Keys.accessKey}|${s3Keys.secretKey}`))
    },
  }
}

export const problemNow = ({ bench }: Studio): Problem | null => {
  const shown = bench.library.show(takeId)
  return shown.ok ? shown.value.problem : shown.problem
}
