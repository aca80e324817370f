import type { Outcome } from '../../shared/outcome.ts'
import type { Fraction } from '../../shared/units.ts'
import type { ClipHost } from '../hosting/host.ts'
import type { Media } from '../media/media.ts'
import type { Clock, Log } from '../ports.ts'
import type { Provider } from '../providers/provider.ts'
import type { Journal, TakeRecord } from './journal.ts'
import type { TakeEvent } from './machine.ts'
import type { Order } from './order.ts'

/** What the works stand on; everything that touches the outside is passed in. */
export type WorkParts = {
  readonly clock: Clock
  readonly log: Log
  readonly journal: Journal
  readonly media: Media
  /** The folder that holds one folder per take. */
  readonly library: string
  readonly providerOf: (order: Order) => Promise<Outcome<Provider>>
  readonly hostOf: (order: Order) => Outcome<ClipHost>
  /** Lets one preparation run at a time: two encoders at once only make both slow. */
  readonly inTurn: <T>(run: () => Promise<T>) => Promise<T>
  /** 128 random bits as a name that says nothing. */
  readonly randomName: () => string
}

export type Doing = {
  readonly parts: WorkParts
  readonly record: TakeRecord
  readonly signal: AbortSignal
  readonly onProgress: (fraction: Fraction | null) => void
  /** Commits an event before going on; only the submit needs it, for WIRE. */
  readonly commit: (event: TakeEvent) => void
  readonly keepHosted: (release: () => Promise<void>) => void
}

/** Does what a state asks for and answers with what happened; null when it was stopped before anything did. */
export type DoWork = (doing: Doing) => Promise<TakeEvent | null>

/** A hold that tries again by itself after some seconds. */
export const holdFor = (parts: WorkParts, seconds: number) => parts.clock.now() + seconds * 1000
