import type { Milliseconds } from '../../shared/units.ts'
import type { Provider } from './provider.ts'
import type { Wire } from './http/client.ts'

/** What every adapter stands on. */
export type AdapterParts = {
  /** Scheme, host and port; the documented paths belong to the adapter. */
  readonly baseUrl: URL
  /** The account is on this machine: result links may be too. */
  readonly loopback: boolean
  readonly cadence: Provider['cadence']
  readonly wire: Wire
  /** How long after a submit a task that is looked for may still appear. */
  readonly settle: Milliseconds
}
