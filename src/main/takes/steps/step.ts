import type { Outcome, Problem } from '../../../shared/outcome.ts'
import type { Prices } from '../../../shared/rules/estimate.ts'
import type { Guards } from '../../../shared/domain/money.ts'
import type { Fraction, Milliseconds, Seconds } from '../../../shared/units.ts'
import type { ClipHost } from '../../hosting/hosts.ts'
import type { Rename } from '../../files/durable.ts'
import type { Media } from '../../media/media.ts'
import type { Network } from '../../network/connect.ts'
import type { TrackFile } from '../../processes/leftovers.ts'
import type { Clock, Log } from '../../system/ports.ts'
import type { RateLimiter, PrioritySemaphore, SerialQueue } from '../../system/scheduling.ts'
import type { Provider } from '../../providers/provider.ts'
import type { Journal } from '../journal/journal.ts'
import type { Attempt, Order } from '../attempt.ts'
import type { TakeRecord } from '../record.ts'
import type { Upload } from '../journal/tables.ts'
import type { PosterStore } from '../posters/poster-store.ts'
import type { AccountSlots } from './account-slots.ts'
import type { TakeEvent } from '../take-event.ts'

/** What the steps use. Everything that touches the outside is passed in. */
export type StepParts = {
  readonly network: Network
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly media: Media
  readonly rename: Rename
  /** The folder with one folder per take. */
  readonly library: string
  readonly providerOf: (order: Pick<Order, 'settings' | 'baseUrl'>) => Promise<Outcome<Provider>>
  /** The clip host of a take, with the current settings. */
  readonly hostOf: (order: Order) => Promise<Outcome<ClipHost>>
  /** The user’s limits and the current prices. */
  readonly limits: () => { readonly guards: Guards; readonly prices: Prices }
  /** Runs a few downloads at a time, first the one whose link expires first. */
  readonly downloads: PrioritySemaphore
  /** Waits until another request may go to a web host. */
  readonly pace: RateLimiter
  /** Limits the parallel tasks of an account. */
  readonly accountSlots: AccountSlots
  /** Runs one preparation at a time: two encoders at once would both be slow. */
  readonly inTurn: SerialQueue
  /** More tasks that the provider made from this take’s request. */
  readonly onMoreTasks: (record: TakeRecord, taskIds: readonly string[]) => void
  /** Whether a task may still have to download the files of this attempt, although its take has moved on. */
  readonly stillNeeded: (upload: Pick<Upload, 'take' | 'attempt'>) => boolean
  /** Whether the attempt comes from another process, so that a copy of the library may have it too. */
  readonly begunBefore: (attempt: Attempt) => boolean
  /**
   * Call this before a paid request is sent, so that an older copy of the library is recognised.
   * @throws NotWritten
   */
  readonly sending: () => void
  /** Makes poster and sprite of a result of which these are even stills. */
  readonly keepStills: PosterStore['keepStills']
  /** Remembers an unfinished file until it is complete, so that the next start can delete it. */
  readonly trackFile: TrackFile
  /** A name of 128 random bits. */
  readonly randomName: () => string
}

/** What a take has been through in its current state. Cutting a wait short doesn’t reset it. */
export type Patience = {
  misses: number
  missingSince: Milliseconds | null
  silences: number
  /** Unreadable answers in a row. */
  unclear: number
  /** When the search for the task began. */
  lookingSince: Milliseconds | null
  /** Since when nobody answers whether a put-off request arrived. Kept until it is sent or answered. */
  silentSince: Milliseconds | null
  /** An earlier process entered the state, so only the wall clock knows how long ago. */
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
  /** How long ago, at least, the user agreed to the attempt, even if the clock was changed. */
  readonly agreedFor: () => Milliseconds
  readonly onProgress: (fraction: Fraction | null, eta?: Seconds | null) => void
  /** Saves an event within a step. Only the submit needs it, for WIRE. */
  readonly commit: (event: TakeEvent) => void
}

/** Does what a state asks for and returns what happened; null if it was stopped before anything did. */
export type Step = (context: StepContext) => Promise<TakeEvent | null>

/** The end of a hold that retries automatically. */
export const holdFor = (parts: StepParts, seconds: number) => parts.clock.now() + seconds * 1000

/**
 * A missing key or an unreachable provider changes nothing about a running task. A missing key waits longer,
 * because entering it ends the wait.
 */
export const waitFor = (parts: StepParts, problem: Problem) =>
  ({ type: 'held', problem, until: holdFor(parts, problem.code === 'account-key' ? 600 : 60) }) as const
