import { createLoopbackHost } from '../../../src/main/hosting/local-hosts.ts'
import { bearer } from '../../../src/main/providers/http/authorization.ts'
import { createKling } from '../../../src/main/providers/kling/official.ts'
import type { Provider } from '../../../src/main/providers/provider.ts'
import type { Attempt } from '../../../src/main/takes/attempt.ts'
import type { Journal } from '../../../src/main/takes/journal/journal.ts'
import type { TakeEventType } from '../../../src/main/takes/take-event.ts'
import type { Outcome } from '../../../src/shared/outcome.ts'
import type { Take, TakeState } from '../../../src/shared/domain/take.ts'
import {
  aTake,
  fakeMedia,
  makeFolder,
  openLibrary,
  takeId,
  type Bench,
} from '../../support/library/library.ts'
import { flakyProvider, isResult, type FlakyProvider } from './flaky-provider.ts'
import { slowClock, slowTime, type SlowTime } from './slow-clock.ts'

/** A key that must show up nowhere on disk. */
const key = 'canary-key'
const settle = 90_000

/** The cost that these settings have; what a user agrees to who has looked. */
export const agreed = { amount: 0.756, passGuard: false }
export const overlooked = { amount: 0, passGuard: false }

/** States in which the user may pay once more. */
const mayPayAgain: ReadonlySet<TakeState> = new Set<TakeState>([
  'DRAFT',
  'NEEDS_USER',
  'REJECTED',
  'REMOTE_FAILED',
  'EXPIRED',
  'ABANDONED',
])

/** Where a life ends by itself: before or after this is written down. */
export type Doom = { readonly type: TakeEventType | 'added'; readonly when: 'before' | 'after' }

/** A studio over a library on disk that can be killed, beside a provider and a clock that outlive it. */
export type World = {
  readonly folder: string
  readonly provider: FlakyProvider
  readonly time: SlowTime
  /** Whether this provider can be asked for a task whose answer was lost. */
  readonly canLook: boolean
  /** How often the user has agreed to pay. */
  readonly consents: () => number
  /** The ids that the attempts of this take have given themselves. */
  readonly ownIdsOf: (take: string) => ReadonlySet<string>
  readonly bench: () => Bench
  /** What the user sees of the take that was submitted. */
  readonly seen: () => Take | undefined
  readonly submit: (consent: typeof agreed) => Promise<void>
  readonly submitAgain: (consent: typeof agreed) => Promise<void>
  readonly wish: (ask: (bench: Bench) => Promise<Outcome<unknown>>) => Promise<void>
  /** Lets whoever sleeps shortest wake up, and everything run that follows from it. */
  readonly wakeNext: () => Promise<void>
  /** Where the life that goes on will end; null for a life without such an end. */
  readonly doom: (doom: Doom | null) => void
  /** Whether the key of the account is there. */
  readonly setKey: (isThere: boolean) => void
  readonly kill: () => Promise<void>
  readonly restart: () => Promise<void>
  /** Until nothing moves any more unless time goes on or the provider answers. */
  readonly calm: () => Promise<void>
  readonly end: () => Promise<void>
}

/** Whatever an event loop waits for that will come by itself; every held request keeps two sockets open. */
const isBusy = (held: number) => {
  const names = process.getActiveResourcesInfo()
  const sockets = names.filter((name) => name === 'TCPSocketWrap').length
  return sockets > 2 * held || names.some((name) => /^(?:FS|Close|GetAddr)|Connect|Shutdown/.test(name))
}

async function calmed(held: () => number): Promise<void> {
  for (let quiet = 0; quiet < 4; quiet += 1) {
    await new Promise((resolve) => setImmediate(resolve))
    if (isBusy(held())) quiet = -1
  }
}

type Life = {
  readonly bench: Bench
  readonly time: ReturnType<typeof slowClock>
  readonly isOver: () => boolean
  readonly kill: () => Promise<void>
}

type Setting = {
  readonly folder: string
  readonly provider: FlakyProvider
  readonly time: SlowTime
  readonly canLook: boolean
  /** The death that waits for this life, if any; it is asked at every write. */
  readonly doom: () => Doom | null
  readonly hasKey: () => boolean
  readonly onAttempt: (attempt: Attempt) => void
}

/** What a process does until it is killed: nothing that it began is written down after that. */
function beginLife({ folder, provider, time, canLook, doom, hasKey, onAttempt }: Setting): Life {
  const slow = slowClock(time)
  const host = createLoopbackHost(slow.clock)
  let isOver = false
  let real: Journal | undefined
  const die = () => {
    if (isOver) return
    isOver = true
    slow.end()
    real?.close()
  }
  const deadly = (journal: Journal): Journal => {
    real = journal
    const around = (type: Doom['type'], attempt: Attempt, write: () => void) => {
      const fate = doom()
      const ends = fate?.type === type ? fate.when : null
      if (ends === 'before') die()
      if (isOver) throw new Error('killed')
      write()
      onAttempt(attempt)
      if (ends === 'after') {
        die()
        throw new Error('killed')
      }
    }
    return {
      ...journal,
      add: (order, attempt) => {
        around('added', attempt, () => {
          journal.add(order, attempt)
        })
      },
      addAttempt: (attempt) => {
        around('added', attempt, () => {
          journal.addAttempt(attempt)
        })
      },
      record: (attempt, event) => {
        around(event.type, attempt, () => {
          journal.record(attempt, event)
        })
      },
    }
  }
  const bench = openLibrary({
    folder,
    origin: provider.origin,
    clock: slow.clock,
    host,
    media: fakeMedia(isResult),
    journal: deadly,
    hasKey,
    adapter: (clock, http) => {
      const cadence = { first: 5000, gap: () => 10_000 }
      const parts = { baseUrl: new URL(provider.origin), loopback: true, cadence, http, settle, clock, key }
      const { find, ...blind }: Provider = createKling({ ...parts, id: 'kling', authorization: bearer(key) })
      return canLook && find ? { ...blind, find } : blind
    },
  })
  return {
    bench,
    time: slow,
    isOver: () => isOver,
    kill: async () => {
      die()
      provider.cut()
      await host.close()
    },
  }
}

export async function createWorld(canLook: boolean): Promise<World> {
  const folder = makeFolder()
  const provider = await flakyProvider()
  const time = slowTime()
  const owns = new Map<string, Set<string>>()
  let consents = 0
  let doom: Doom | null = null
  let hasKey = true
  const calm = () => calmed(provider.hanging)
  const begin = () =>
    beginLife({
      folder,
      provider,
      time,
      canLook,
      doom: () => doom,
      hasKey: () => hasKey,
      onAttempt: ({ take, ownId }) => {
        owns.set(take, (owns.get(take) ?? new Set()).add(ownId))
      },
    })
  let life = begin()

  const beginAnew = () => {
    life = begin()
    try {
      life.bench.library.resume()
    } catch (error) {
      if (!life.isOver()) throw error
    }
  }
  /** After everything that has happened: where it has cost this life, the next one begins. */
  const goOn = async () => {
    await calm()
    if (!life.isOver()) return
    doom = null
    await life.kill()
    await calm()
    beginAnew()
    await calm()
  }
  const seen = () => {
    const found = life.bench.library.show(takeId)
    return found.ok ? found.value : undefined
  }
  // It may wait for a request that hangs, and it is refused by a journal that a kill has closed.
  const wish: World['wish'] = async (ask) => {
    ask(life.bench).catch(() => undefined)
    await goOn()
  }

  return {
    folder,
    provider,
    time,
    canLook,
    consents: () => consents,
    ownIdsOf: (take) => owns.get(take) ?? new Set(),
    bench: () => life.bench,
    seen,
    submit: async (consent) => {
      if (!seen() && consent === agreed) consents = 1
      const settings = { provider: 'kling', model: 'kling-v3', mode: 'std', orientation: 'video' } as const
      const plain = aTake(folder, { consent })
      const take = { ...plain, settings: { ...plain.settings, ...settings, account: 'account-1' } }
      await wish(async ({ library }) => {
        const [one] = await Promise.all([library.submit(take), library.submit(take)])
        return one
      })
    },
    submitAgain: async (consent) => {
      const now = seen()
      if (now && consent === agreed && mayPayAgain.has(now.state)) consents += 1
      await wish(({ library }) => library.submitAgain(takeId, consent))
    },
    wish,
    wakeNext: async () => {
      life.time.wakeNext()
      await goOn()
    },
    doom: (next) => {
      doom = next
    },
    setKey: (isThere) => {
      hasKey = isThere
    },
    kill: async () => {
      await life.kill()
      await goOn()
    },
    restart: async () => {
      // A studio that is closed waits for the answer to what it has sent.
      provider.cut()
      await goOn()
      await life.bench.close()
      beginAnew()
      await goOn()
    },
    calm,
    end: async () => {
      await life.kill()
      await calm()
      await provider.close()
    },
  }
}
