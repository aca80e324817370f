import type { Cost } from '../../shared/money.ts'
import type { Problem } from '../../shared/outcome.ts'
import type { TakeSettings } from '../../shared/take.ts'
import type { Fraction, Milliseconds } from '../../shared/units.ts'

/** What a provider is asked to perform. Files are read only when the request is built. */
export type SubmitRequest = {
  readonly settings: TakeSettings
  /** The prepared image, raw bytes. */
  readonly character: Uint8Array
  readonly clipUrl: string
  /** Ours, unique per attempt; sent where the provider has a field for it. */
  readonly ownId: string
}

/** How one submit ended. Only `accepted` and `refused` are certain; `unknown` may have been charged. */
export type SubmitAnswer =
  | { readonly kind: 'accepted'; readonly taskId: string }
  /** Nothing was sent: the connection was never made. */
  | { readonly kind: 'unsent'; readonly why: string }
  /** The provider's own error envelope with a code listed as definite. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Definitely not accepted now, and safe to send later. */
  | { readonly kind: 'held'; readonly problem: Problem; readonly wait: Milliseconds }
  | { readonly kind: 'unknown'; readonly why: string }

export type TaskStatus =
  | { readonly kind: 'running'; readonly word: string; readonly progress: Fraction | null }
  | { readonly kind: 'succeeded'; readonly taskId: string; readonly url: string; readonly cost: Cost | null }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly cost: Cost | null }
  /** The provider does not know this task. */
  | { readonly kind: 'missing' }
  /** No truthful answer this time; the task goes on. */
  | { readonly kind: 'silent'; readonly why: string; readonly retryAfter: Milliseconds | null }

export type Provider = {
  readonly id: string
  /**
   * Sends one paid request on a fresh connection, without redirects and without any retry.
   * `onWire` is called when the connection stands and before the first byte; if it throws, nothing is sent.
   */
  readonly submit: (request: SubmitRequest, onWire: () => void, signal?: AbortSignal) => Promise<SubmitAnswer>
  readonly status: (taskId: string, signal?: AbortSignal) => Promise<TaskStatus>
  /**
   * Looks a task up by our own id. `found` adopts it; `absent` is believed only after `settle` has passed since
   * the submit. Missing where the provider offers no look-up.
   */
  readonly find?: {
    readonly settle: Milliseconds
    readonly byOwnId: (
      ownId: string,
      signal?: AbortSignal,
    ) => Promise<
      | { readonly kind: 'found'; readonly taskId: string }
      | { readonly kind: 'absent' }
      | { readonly kind: 'silent'; readonly why: string }
    >
  }
  /** First question after the submit, then the gaps that follow. */
  readonly cadence: {
    readonly first: Milliseconds
    readonly gap: (sinceSubmit: Milliseconds) => Milliseconds
  }
  /** May result links be plain http on a loopback address (practice and tests)? */
  readonly loopback: boolean
}
