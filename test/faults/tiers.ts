import { bearer, type Authorization } from '../../src/main/providers/http/authorization.ts'
import { createHighway } from '../../src/main/providers/highway/highway.ts'
import { createKling } from '../../src/main/providers/kling/official.ts'
import { createOxen } from '../../src/main/providers/oxen/oxen.ts'
import type { Provider } from '../../src/main/providers/provider.ts'
import type { HttpClient } from '../../src/main/providers/http/client.ts'
import type { Clock } from '../../src/main/system/ports.ts'
import type { NewTake } from '../../src/main/takes/types.ts'
import type { TakeSettings } from '../../src/shared/domain/take.ts'
import { highwayServer } from '../support/servers/contracts/highway.ts'
import { klingContract } from '../support/servers/contracts/kling.ts'
import type { KlingKeys } from '../support/servers/contracts/kling-account.ts'
import { oxenServer } from '../support/servers/contracts/oxen.ts'
import type { Contract } from '../support/servers/contracts/strict.ts'
import { aTake, goodResult, takeId } from '../support/library/library.ts'

/** A key that must show up nowhere but where its service documents it. */
const key = 'canary-key'

/** How a lost answer is found again: A by our own id, B in the provider's list, C not at all. */
export type Tier = 'A' | 'B' | 'C'

export type Served = {
  readonly server: Contract
  readonly tasks: () => number
  readonly taskIds: () => readonly string[]
  readonly submit: `POST ${string}`
}
export type Asked = { readonly words?: readonly string[]; readonly keys?: KlingKeys }

export const tiers = {
  A: {
    settings: { provider: 'kling', model: 'kling-v3', mode: 'std' },
    amount: 0.756,
    serve: async (_resultUrl: string, { words, keys = { key } }: Asked): Promise<Served> => {
      const server = await klingContract(keys, { result: goodResult, ...(words && { words }) })
      const taskIds = () => server.tasks.map(({ id }) => id)
      return { server, taskIds, tasks: () => taskIds().length, submit: 'POST /v1/videos/motion-control' }
    },
  },
  B: {
    settings: { provider: 'oxen', model: 'kling-video-v3-pro-motion-control', mode: 'pro' },
    amount: null,
    serve: async (resultUrl: string): Promise<Served> => {
      const server = await oxenServer({ key, resultUrl })
      const taskIds = () => [...server.tasks.keys()]
      return { server, taskIds, tasks: () => server.tasks.size, submit: 'POST /api/ai/queue' }
    },
  },
  C: {
    settings: { provider: 'highway', model: 'kling-v3-0-std', mode: 'std' },
    amount: null,
    serve: async (resultUrl: string): Promise<Served> => {
      const server = await highwayServer({ key, resultUrl })
      const taskIds = () => [...server.tasks.keys()]
      const submit = 'POST /v3/async/kling-v3.0-motion-control'
      return { server, taskIds, tasks: () => server.tasks.size, submit }
    },
  },
} as const

const settle = 90_000

type Parts = { readonly origin: string; readonly clock: Clock; readonly http: HttpClient }

export function adapterOf(
  tier: Tier,
  { origin, clock, http }: Parts,
  authorization: Authorization = bearer(key),
): Provider {
  const cadence = { first: 1, gap: () => 1 }
  const parts = { baseUrl: new URL(origin), loopback: true, cadence, http, settle, clock, key }
  if (tier === 'B') return createOxen({ ...parts, repository: null })
  return tier === 'C' ? createHighway(parts) : createKling({ ...parts, id: 'kling', authorization })
}

/** A take of this tier whose two files stand in the folder. */
export function takeOf(
  tier: Tier,
  folder: string,
  id = takeId,
  settings: Partial<TakeSettings> = {},
): NewTake {
  const about = tiers[tier]
  const plain = aTake(folder, { id, consent: { amount: about.amount, passGuard: false } })
  const own = {
    ...about.settings,
    orientation: 'video',
    prompt: 'a dance',
    account: 'account-1',
  } as const
  return { ...plain, settings: { ...plain.settings, ...own, ...settings } }
}
