import { afterEach, beforeEach, expect } from 'vitest'
import type { Media } from '../../src/main/media/media.ts'
import { bearer } from '../../src/main/providers/authorization.ts'
import type { Authorization } from '../../src/main/providers/authorization.ts'
import { createHighway } from '../../src/main/providers/highway.ts'
import { createKling } from '../../src/main/providers/kling.ts'
import { createOxen } from '../../src/main/providers/oxen.ts'
import type { Provider } from '../../src/main/providers/provider.ts'
import type { Wire } from '../../src/main/providers/wire.ts'
import type { Clock } from '../../src/main/ports.ts'
import type { NewTake } from '../../src/main/studio-types.ts'
import type { TakeSettings, TakeState } from '../../src/shared/take.ts'
import { fileServer } from '../support/contracts/files.ts'
import { highwayServer } from '../support/contracts/highway.ts'
import { klingContract } from '../support/contracts/kling.ts'
import type { KlingKeys } from '../support/contracts/kling-account.ts'
import { oxenServer } from '../support/contracts/oxen.ts'
import type { Contract } from '../support/contracts/strict.ts'
import { faultProxy, type Fault, type FaultProxy } from '../support/fault-proxy.ts'
import {
  aTake,
  dropFolder,
  goodResult,
  makeFolder,
  openLibrary,
  takeId,
  type Bench,
} from '../support/library.ts'

/** A key that must show up nowhere but where its service documents it. */
const key = 'canary-key'

/** How a lost answer is found again: A by our own id, B in the provider's list, C not at all. */
export type Tier = 'A' | 'B' | 'C'

type Served = {
  readonly server: Contract
  readonly tasks: () => number
  readonly submit: `POST ${string}`
}
type Asked = { readonly words?: readonly string[]; readonly keys?: KlingKeys }

const tiers = {
  A: {
    settings: { provider: 'kling', model: 'kling-v3', mode: 'std' },
    amount: 0.756,
    serve: async (_resultUrl: string, { words, keys = { key } }: Asked): Promise<Served> => {
      const server = await klingContract(keys, { result: goodResult, ...(words && { words }) })
      return { server, tasks: () => server.tasks.length, submit: 'POST /v1/videos/motion-control' }
    },
  },
  B: {
    settings: { provider: 'oxen', model: 'kling-video-v3-pro-motion-control', mode: 'pro' },
    amount: null,
    serve: async (resultUrl: string): Promise<Served> => {
      const server = await oxenServer({ key, resultUrl })
      return { server, tasks: () => server.tasks.size, submit: 'POST /api/ai/queue' }
    },
  },
  C: {
    settings: { provider: 'highway', model: 'kling-v3-0-std', mode: 'std' },
    amount: null,
    serve: async (resultUrl: string): Promise<Served> => {
      const server = await highwayServer({ key, resultUrl })
      return { server, tasks: () => server.tasks.size, submit: 'POST /v3/async/kling-v3.0-motion-control' }
    },
  },
} as const

const settle = 90_000

type Parts = { readonly origin: string; readonly clock: Clock; readonly wire: Wire }

function adapterOf(tier: Tier, { origin, clock, wire }: Parts, authorization: Authorization): Provider {
  const cadence = { first: 1, gap: () => 1 }
  const parts = { baseUrl: new URL(origin), loopback: true, cadence, wire, settle, clock, key }
  if (tier === 'B') return createOxen({ ...parts, repository: null })
  return tier === 'C' ? createHighway(parts) : createKling({ ...parts, id: 'kling', authorization })
}

type Setting = Asked & {
  /** The fault of the nth connection to the provider. */
  readonly fault?: (nth: number) => Fault | undefined
  /** In the place of the address of the proxy. */
  readonly address?: (proxy: FaultProxy) => string
  readonly authorization?: (clock: Clock, wire: Wire) => Authorization
  readonly media?: Media
  /** What the provider does otherwise. */
  readonly also?: (provider: Provider, clock: Clock) => Partial<Provider>
}

export type Studio = Served & {
  readonly bench: Bench
  readonly proxy: FaultProxy
  readonly take: (id?: string, settings?: Partial<TakeSettings>) => NewTake
  /** How many submits the server has seen. */
  readonly posts: () => number
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

  return {
    kept,
    folder: () => folder,
    studio: async (tier: Tier, setting: Setting = {}): Promise<Studio> => {
      const about = tiers[tier]
      const files = kept(await fileServer())
      const served = await about.serve(files.put('result.mp4', goodResult), setting)
      kept(served.server)
      const proxy = kept(await faultProxy(served.server.origin, setting.fault))
      const origin = setting.address?.(proxy) ?? proxy.origin
      const open = () => {
        const bench = openLibrary({
          folder,
          origin,
          ...(setting.media && { media: setting.media }),
          adapter: (clock, wire) => {
            const authorization = setting.authorization?.(clock, wire) ?? bearer(key)
            const provider = adapterOf(tier, { origin, clock, wire }, authorization)
            return { ...provider, ...setting.also?.(provider, clock) }
          },
        })
        return kept(bench)
      }
      const bench = open()
      const take = (id = takeId, settings: Partial<TakeSettings> = {}): NewTake => {
        const plain = aTake(folder, { id, consent: { amount: about.amount, passGuard: false } })
        const own = {
          ...about.settings,
          orientation: 'video',
          prompt: 'a dance',
          account: 'account-1',
        } as const
        return { ...plain, settings: { ...plain.settings, ...own, ...settings } }
      }
      return {
        ...served,
        bench,
        proxy,
        take,
        open,
        posts: () =>
          served.server.calls.filter(({ method, path }) => `${method} ${path}` === served.submit).length,
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
export function expectCell(studio: Studio, cell: Cell): void {
  const { bench } = studio
  expect({
    tasks: studio.tasks(),
    posts: studio.posts(),
    asked: bench.states.includes('NEEDS_USER'),
    spend: bench.journal.spend().map(({ outcome }) => outcome),
    violations: studio.server.violations,
  }).toEqual({ ...cell, spend: cell.spend === null ? [] : [cell.spend], violations: [] })
}
