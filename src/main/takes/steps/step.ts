import type { Outcome, Problem } from '../../../shared/outcome.ts'
import type { Prices } from '../../../shared/rules/estimate.ts'
import type { Guards } from '../../../shared/domain/money.ts'
import type { Fraction, Milliseconds, Seconds } from '../../../shared/units.ts'
import type { ClipHost } from '../../hosting/hosts.ts'
import type { Rename } from '../../files/durable.ts'
import type { Media } from '../../media/media.ts'
import type { Network } from '../../network/connect.ts'
import type { Clock, Log } from '../../system/ports.ts'
import type { RateLimiter, PrioritySemaphore } from '../../system/scheduling.ts'
import type { Provider } from '../../providers/provider.ts'
import type { Journal } from '../journal/journal.ts'
import type { Attempt, Order } from '../attempt.ts'
import type { TakeRecord } from '../record.ts'
import type { Upload } from '../journal/tables.ts'
import type { AccountSlots } from './account-slots.ts'
import type { TakeEvent } from '../take-event.ts'

/** What the works stand on; everything that touches the outside is passed in. */
export type StepParts = {
  readonly network: Network
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly media: Media
  readonly rename: Rename
  /** The folder that holds one folder per take. */
  readonly library: string
  readonly providerOf: (order: Pick<Order, 'settings' | 'baseUrl'>) => Promise<Outcome<Provider>>
  /** The clip host of a take, as it stands now. */
  readonly hostOf: (order: Order) => Promise<Outcome<ClipHost>>
  /** The user's own limits and the prices as they stand. */
  readonly limits: () => { readonly guards: Guards; readonly prices: Prices }
  /** Lets a few downloads run at a time, the one whose link dies first before the others. */
  readonly downloads: PrioritySemaphore
  /** Waits until one more request may go to a web host. */
  readonly pace: RateLimiter
  /** Keeps the tasks of one account within its width. */
  readonly accountSlots: AccountSlots
  /** Lets one preparation run at a time: two encoders at once only make both slow. */
  readonly inTurn: <T>(run: () => Promise<T>) => Promise<T>
  /** Tasks that the provider made of the request of this take besides the one that it follows. */
  readonly onMoreTasks: (record: TakeRecord, taskIds: readonly string[]) => void
  /** May a task still have to fetch the files of this attempt, although its take has gone on or come to rest? */
  readonly stillNeeded: (upload: Pick<Upload, 'take' | 'attempt'>) => boolean
  /** The attempt comes from another process, and a copy of the library may know it as well. */
  readonly begunBefore: (attempt: Attempt) => boolean
  /** To be called before a paid request leaves, so that an older copy of the library can be told; throws `NotWritten`. */
  readonly sending: () => void
  /** 128 random bits as a name that says nothing. */
  readonly randomName: () => string
}

/** What a take has been through in its present state; a wake that only cuts a wait short does not begin it anew. */
export type Patience = {
  misses: number
  missingSince: Milliseconds | null
  silences: number
  /** Answers in a row that nothing here could read. */
  unclear: number
  /** When the task was first looked for. */
  lookingSince: Milliseconds | null
  /** Since when nobody says whether a request has arrived that was put off; kept until it is sent or answered about. */
  silentSince: Milliseconds | null
  /** The state was entered by a process that is gone: how long ago, only the wall clock can tell. */
  readonly inherited: boolean
}

export const freshPatience = (inherited: boolean, silentSince: Patience['silentSince'] = null): Patience => ({
  misses: 0,
  missingSince: null,
  silences: 0,
  unclear: 0,
  lookingSince: null,
  silentSince,
  inherited,
})

export type StepContext = {
  readonly parts: StepParts
  readonly patience: Patience
  readonly record: TakeRecord
  readonly signal: AbortSignal
  /** What has passed at least since the yes that the attempt goes by, wherever the clock was set meanwhile. */
  readonly agreedFor: () => Milliseconds
  readonly onProgress: (fraction: Fraction | null, eta?: Seconds | null) => void
  /** Commits an event before going on; only the submit needs it, for WIRE. */
  readonly commit: (event: TakeEvent) => void
}

/** Does what a state asks for and answers with what happened; null when it was stopped before anything did. */
export type Step = (context: StepContext) => Promise<TakeEvent | null>

/** A hold that tries again by itself after some seconds. */
export const holdFor = (parts: StepParts, seconds: number) => parts.clock.now() + seconds * 1000

/**
 * A missing key or a provider out of reach changes nothing about a task that may be running. A key is waited for longer,
 * because entering it ends the wait.
 */
export const waitFor = (parts: StepParts, problem: Problem) =>
  ({ type: 'held', problem, until: holdFor(parts, problem.code === 'account-key' ? 600 : 60) }) as const
