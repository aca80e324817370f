import { afterEach, beforeEach, expect } from 'vitest'
import type { Rename } from '../../src/main/files/durable.ts'
import type { Media } from '../../src/main/media/media.ts'
import type { Authorization } from '../../src/main/providers/http/authorization.ts'
import type { Provider } from '../../src/main/providers/provider.ts'
import type { HttpClient } from '../../src/main/providers/http/client.ts'
import type { ClipHost } from '../../src/main/hosting/hosts.ts'
import type { Clock } from '../../src/main/system/ports.ts'
import type { NewTake } from '../../src/main/takes/types.ts'
import type { TakeSettings, TakeState } from '../../src/shared/domain/take.ts'
import { fileServer } from '../support/servers/contracts/files.ts'
import { faultProxy, type Fault, type FaultProxy } from '../support/servers/fault-proxy.ts'
import {
  dropFolder,
  goodResult,
  makeFolder,
  openLibrary,
  takeId,
  type Bench,
} from '../support/library/library.ts'
import { adapterOf, takeOf, tiers, type Asked, type Served, type Tier } from './tiers.ts'

type Setting = Asked & {
  /** The fault of the nth connection to the provider. */
  readonly fault?: (nth: number) => Fault | undefined
  /** In the place of the address of the proxy. */
  readonly address?: (proxy: FaultProxy) => string
  readonly authorization?: (clock: Clock, http: HttpClient) => Authorization
  readonly media?: Media
  readonly rename?: Rename
  /** In the place of the host that serves files on this machine; told where the provider itself is. */
  readonly host?: (origin: string) => ClipHost
  readonly clock?: Clock
  /** What the provider does otherwise. */
  readonly also?: (provider: Provider, clock: Clock) => Partial<Provider>
}

/** A provider behind a proxy that makes faults, without anybody who asks it anything yet. */
export type ServedTier = Served & {
  readonly tier: Tier
  readonly origin: string
  readonly proxy: FaultProxy
  /** How many submits the server has seen. */
  readonly posts: () => number
  readonly open: () => Bench
}

export type Studio = ServedTier & {
  readonly bench: Bench
  readonly take: (id?: string, settings?: Partial<TakeSettings>) => NewTake
  /** Submits the take and answers with the first of these states that it comes to. */
  readonly ends: (...states: TakeState[]) => Promise<TakeState>
  readonly open: () => Bench
}

/** Studios that are closed, and whose folders are gone, when the test ends. */
export function faultStage() {
  const closing: (() => Promise<void>)[] = []
  let folder = ''
  beforeEach(() => {
    folder = makeFolder()
  })
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
    dropFolder(folder)
  })
  const kept = <Server extends { readonly close: () => Promise<void> }>(server: Server): Server => {
    closing.push(server.close)
    return server
  }

  /** A test may close it before the end of the test does. */
  const keptOnce = (bench: Bench): Bench => {
    let closed: Promise<void> | undefined
    return kept({ ...bench, close: () => (closed ??= bench.close()) })
  }

  async function serve(tier: Tier, setting: Setting = {}): Promise<ServedTier> {
    const files = kept(await fileServer())
    const served = await tiers[tier].serve(files.put('result.mp4', goodResult), setting)
    kept(served.server)
    const proxy = kept(await faultProxy(served.server.origin, setting.fault))
    const origin = setting.address?.(proxy) ?? proxy.origin
    return {
      ...served,
      tier,
      origin,
      proxy,
      posts: () =>
        served.server.calls.filter(({ method, path }) => `${method} ${path}` === served.submit).length,
      open: () =>
        keptOnce(
          openLibrary({
            folder,
            origin,
            ...(setting.media && { media: setting.media }),
            ...(setting.rename && { rename: setting.rename }),
            ...(setting.clock && { clock: setting.clock }),
            ...(setting.host && { host: setting.host(served.server.origin) }),
            adapter: (clock, http) => {
              const provider = adapterOf(tier, { origin, clock, http }, setting.authorization?.(clock, http))
              return { ...provider, ...setting.also?.(provider, clock) }
            },
          }),
        ),
    }
  }

  return {
    kept,
    folder: () => folder,
    serve,
    studio: async (tier: Tier, setting: Setting = {}): Promise<Studio> => {
      const served = await serve(tier, setting)
      const bench = served.open()
      const take = (id = takeId, settings: Partial<TakeSettings> = {}) => takeOf(tier, folder, id, settings)
      return {
        ...served,
        bench,
        take,
        ends: async (...states) => {
          const taken = await bench.library.submit(take())
          if (!taken.ok) throw new Error(taken.problem.message)
          return (await bench.until(takeId, ...states)).state
        },
      }
    },
  }
}

type Cell = {
  readonly tasks: number
  readonly posts: number
  readonly asked: boolean
  /** What the ledger says about the attempt; null where nothing stands in it. */
  readonly spend: 'open' | 'refused' | 'failed' | 'done' | null
}

/** The oracle of every cell: what the provider counted, what the user was asked, and what the ledger says. */
export function expectCell(studio: Pick<Studio, 'bench' | 'tasks' | 'posts' | 'server'>, cell: Cell): void {
  const { bench } = studio
  expect({
    tasks: studio.tasks(),
    posts: studio.posts(),
    asked: bench.states.includes('NEEDS_USER'),
    spend: bench.journal.spend().map(({ outcome }) => outcome),
    violations: studio.server.violations,
  }).toEqual({ ...cell, spend: cell.spend === null ? [] : [cell.spend], violations: [] })
}
