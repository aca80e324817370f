import type { Milliseconds, Bytes, Fraction, Seconds, Timestamp } from '../../shared/units.ts'
import type { AccountReport, Element, ElementPage } from '../../shared/domain/account.ts'
import type { Cost } from '../../shared/domain/money.ts'
import type { Outcome, Problem } from '../../shared/outcome.ts'
import type { Mode, TakeSettings } from '../../shared/domain/take.ts'
import type { HttpClient } from './http/client.ts'

/** One task of a provider's own list. */
export type ListedTask = {
  readonly taskId: string
  /** The id that a library gave it, where the provider repeats it. */
  readonly ownId: string | null
  /** Milliseconds since 1970, by the provider's clock. */
  readonly createdAt: Milliseconds | null
  readonly status: Extract<TaskStatus, { kind: 'running' | 'succeeded' | 'failed' | 'empty' }>
}

export type TaskList = {
  readonly tasks: readonly ListedTask[]
  /** False where the list was not read to its end. */
  readonly whole: boolean
}

/** Providers keep results for a month at most, so older pages have nothing to bring home. */
export const pageSize = 100
export const mostPages = 20

/** A task that moves on between two pages is in both of them. */
export function onceEach(tasks: readonly ListedTask[]): readonly ListedTask[] {
  return [...new Map(tasks.map((task) => [task.taskId, task])).values()]
}

/** What a provider is asked to perform. Files are read only when the request is built. */
export type SubmitRequest = {
  readonly settings: TakeSettings
  /** The prepared image: its raw bytes, and its address where a clip host serves it. */
  readonly character: Uint8Array
  readonly characterUrl: string | null
  readonly clipUrl: string
  /** Ours, unique per attempt; sent where the provider has a field for it. */
  readonly ownId: string
}

/** The id by which the service finds one request, where its answer names one. */
type Identified = { readonly requestId?: string }

/** How one submit ended. Only `accepted` and `refused` are certain; `unknown` may have been charged. */
export type SubmitAnswer =
  | (Identified & { readonly kind: 'accepted'; readonly taskId: string })
  /** Nothing was sent: the connection was never made. */
  | { readonly kind: 'unsent'; readonly why: string }
  /** The provider's own error envelope with a code listed as definite. */
  | (Identified & { readonly kind: 'refused'; readonly problem: Problem })
  /** Definitely not accepted now, and safe to send later. */
  | (Identified & {
      readonly kind: 'held'
      readonly problem: Problem
      readonly wait: Milliseconds
      /** It is about this request alone and says nothing about how busy the account is. */
      readonly alone?: true
    })
  /** `advice`: what the user can do about an answer that says nothing. */
  | (Identified & { readonly kind: 'unknown'; readonly why: string; readonly advice?: string })

type Unanswered = {
  readonly why: string
  /** What the user can do about an answer that says nothing. */
  readonly advice?: string
  readonly retryAfter: Milliseconds | null
}

export type TaskStatus =
  | {
      readonly kind: 'running'
      /** The provider's own word. */
      readonly word: string
      readonly progress: Fraction | null
      /** Seconds until the end, where the provider says so. */
      readonly eta: Seconds | null
    }
  | {
      readonly kind: 'succeeded'
      readonly taskId: string
      readonly url: string
      readonly cost: Cost | null
      /** The same with the provider's mark on it, where one was asked for. */
      readonly watermarkUrl?: string | null
      /** How long the result can be fetched, where the provider says so: from `changedAt`, or else from now on. */
      readonly life?: Milliseconds
      /** When the task last changed, by the provider's clock. */
      readonly changedAt?: Milliseconds | null
    }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly cost: Cost | null }
  /** The provider does not know this task. */
  | { readonly kind: 'missing' }
  /** The provider says that the task is done, and names no result. */
  | { readonly kind: 'empty' }
  /** No usable answer this time; the task continues. */
  | (Unanswered & { readonly kind: 'silent' })
  /** An answer that nothing here can read, or a state of the task that no page documents. */
  | (Unanswered & { readonly kind: 'unclear' })

/** What is known of an attempt whose answer was lost. */
export type Sought = {
  readonly ownId: string
  readonly clipUrl: string
  readonly characterUrl: string | null
  readonly sentAt: Timestamp
  readonly settings: TakeSettings
  /** The task ids that other takes hold: none of them is looked for. */
  readonly known: readonly string[]
}

export type Found =
  | { readonly kind: 'found'; readonly taskId: string }
  /** More than one task fits, the oldest first. */
  | { readonly kind: 'several'; readonly taskIds: readonly string[] }
  | { readonly kind: 'absent' }
  /** It was not found, and nothing shows that this service can find it. */
  | { readonly kind: 'unable' }
  | { readonly kind: 'silent'; readonly why: string }

export type LiveRate = { readonly perSecond: number | null; readonly mode: Mode }

export type NewElement = {
  readonly name: string
  readonly description: string
  /** Raw bytes of JPEG or PNG images, at most 10 MB each. */
  readonly frontal: Uint8Array
  readonly others: readonly Uint8Array[]
}

/** The element library of an account. Ids are 64-bit decimal text; pictures are addresses of the provider. */
export type ElementLibrary = {
  readonly list: (
    from: 'own' | 'presets',
    page: number,
    signal?: AbortSignal,
  ) => Promise<Outcome<ElementPage>>
  readonly create: (element: NewElement, signal?: AbortSignal) => Promise<Outcome<null>>
  readonly remove: (id: Element['id'], signal?: AbortSignal) => Promise<Outcome<null>>
}

/** A file for the provider's own storage. */
export type OwnUpload = {
  readonly path: string
  readonly name: string
  readonly contentType: string
  readonly bytes: Bytes
}

export type Provider = {
  readonly id: string
  /** A fingerprint of the key that pays; another key's answer says nothing about the tasks of this one. */
  readonly paidWith?: string
  /** How long nothing new should be sent, because the service does not answer; null while it does. */
  readonly outage?: () => Milliseconds | null
  /**
   * Sends one paid request on a fresh connection, without redirects and without any retry.
   * `onWire` is called when the connection is open and before the first byte; if it throws, nothing is sent.
   */
  readonly submit: (request: SubmitRequest, onWire: () => void, signal?: AbortSignal) => Promise<SubmitAnswer>
  readonly status: (taskId: string, signal?: AbortSignal) => Promise<TaskStatus>
  /**
   * Looks for the task of a lost answer, and before a request that was put off is sent again. `found` adopts it,
   * `several` asks the user, and `absent` is believed only after `settle` has passed since the submit. Missing where
   * the provider offers no way to look.
   */
  readonly find?: {
    /** It finds a task by the id that we gave it, and by nothing that another task could have as well. */
    readonly byOwnId?: true
    readonly settle: Milliseconds
    readonly look: (sought: Sought, signal?: AbortSignal) => Promise<Found>
  }
  /** The account's own tasks, as the provider lists them. Missing where it lists none. */
  readonly list?: (signal?: AbortSignal) => Promise<Outcome<TaskList>>
  /** Resolves when the provider announces news of a task, or when the signal fires; it only shortens polling. */
  readonly news?: (taskId: string, signal: AbortSignal) => Promise<void>
  /** Asks the provider to stop a task; its status says later whether it did. */
  readonly cancel?: (taskId: string, signal?: AbortSignal) => Promise<Outcome<null>>
  /** A free question that tells whether the key works. */
  readonly test: (signal?: AbortSignal) => Promise<AccountReport>
  /** The rates the provider serves for a model. */
  readonly price?: (model: string, signal?: AbortSignal) => Promise<Outcome<readonly LiveRate[]>>
  readonly elements?: ElementLibrary
  /** Puts a file into the provider's own storage and answers with the address it can be fetched from. */
  readonly upload?: {
    readonly maxBytes: Bytes | null
    /** One sentence: who will see the file, and for how long. */
    readonly privacy: string
    readonly put: (
      file: OwnUpload,
      signal?: AbortSignal,
    ) => Promise<Outcome<{ readonly url: string; readonly until: Milliseconds | null }>>
  }
  /** First question after the submit, then the gaps that follow. */
  readonly cadence: {
    readonly first: Milliseconds
    readonly gap: (sinceSubmit: Milliseconds) => Milliseconds
  }
  /** May result links be plain http on a loopback address (practice and tests)? */
  readonly loopback: boolean
}

/** Widens or narrows a gap by up to a fifth, so that many takes do not ask in step. `random` is from 0 to 1. */
const jitter = (gap: Milliseconds, random: () => number) => gap * (0.8 + 0.4 * random())

/** For tasks of 5 to 15 minutes: often while it matters, rarely when it drags on. */
export function remoteCadence(random: () => number): Provider['cadence'] {
  return {
    first: 20_000,
    gap: (since) => jitter(since < 120_000 ? 10_000 : since < 900_000 ? 15_000 : 30_000, random),
  }
}

/** For a provider on this machine, which takes seconds. */
export const localCadence: Provider['cadence'] = { first: 300, gap: () => 500 }

/** What every adapter needs. */
export type AdapterParts = {
  /** Scheme, host and port; the documented paths belong to the adapter. */
  readonly baseUrl: URL
  /** The account is on this machine: result links may be too. */
  readonly loopback: boolean
  readonly cadence: Provider['cadence']
  readonly http: HttpClient
  /** How long after a submit a task that is looked for may still appear. */
  readonly settle: Milliseconds
}
