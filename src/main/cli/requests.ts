import type { RemoteProvider } from '../../shared/domain/account.ts'
import type { Delivery } from '../../shared/domain/delivery.ts'
import type { MarksChange } from '../../shared/domain/marks.ts'
import type { TakeSettings } from '../../shared/domain/take.ts'
import type { OffsetJob } from '../media/media.ts'
import type { MoveTo } from './move-flags.ts'
import type { AskedTime } from './options.ts'
import type { AskedPart } from './performed-part.ts'

/** The user's choices that every command about inputs shares. */
export type Selection = { readonly settings: TakeSettings; readonly baseUrl: string | null }

export type CheckRequest = Selection &
  AskedPart & {
    readonly command: 'check'
    readonly character: string
    readonly clip: string
  }

export type PrepareRequest = Selection &
  AskedPart & {
    readonly command: 'prepare'
    /** Files, folders and patterns as they were given. */
    readonly characters: readonly string[]
    readonly clips: readonly string[]
    /** Folders inside folders, too. */
    readonly recursive: boolean
    /** How each preparation of a batch is named; null for the usual way. */
    readonly name: string | null
    readonly out: string
  }

export type QueueRequest =
  | { readonly command: 'queue list' }
  | (Omit<PrepareRequest, 'command'> & { readonly command: 'queue add' })
  | { readonly command: 'queue run' }
  | { readonly command: 'queue pause' }
  | { readonly command: 'queue resume' }
  | {
      readonly command: 'queue move'
      readonly id: string
      readonly to: MoveTo
    }
  | { readonly command: 'queue cancel'; readonly id: string }
  | { readonly command: 'queue retry'; readonly id: string }
  | { readonly command: 'queue clear' }

export type PresetsRequest =
  | { readonly command: 'presets list' }
  | {
      readonly command: 'presets save'
      readonly name: string
      readonly settings: TakeSettings
      /** Whether one of this name may give way. */
      readonly replace: boolean
    }
  | { readonly command: 'presets remove'; readonly name: string }

export type LibraryRequest = { readonly command: 'library move'; readonly to: string }

/** `network`: also how every service is reached. */
export type DoctorRequest = { readonly command: 'doctor'; readonly network: boolean }

export type GenerateRequest = Selection &
  AskedPart & {
    readonly command: 'generate'
    readonly character: string
    readonly clip: string
    readonly out: string
    readonly delivery: Delivery
    /** The user agreed to the cost beforehand. */
    readonly yes: boolean
    /** The user agreed beforehand to passing a limit of their own. */
    readonly passGuard: boolean
  }

/** About takes that wait to be sent. */
export type TakesQueueRequest =
  | { readonly command: 'takes queue list' }
  | { readonly command: 'takes queue pause' }
  | { readonly command: 'takes queue resume' }
  | { readonly command: 'takes queue move'; readonly id: string; readonly to: MoveTo }
  | { readonly command: 'takes queue cancel'; readonly id: string }

export type TakesRequest =
  | TakesQueueRequest
  /** `filter` as it was typed; null for every take. */
  | { readonly command: 'takes list'; readonly filter: string | null }
  /** What is in the trash. */
  | { readonly command: 'takes list-trash' }
  | { readonly command: 'takes trash'; readonly ids: readonly string[] }
  | { readonly command: 'takes restore'; readonly ids: readonly string[] }
  | { readonly command: 'takes empty-trash' }
  | { readonly command: 'takes support-pack'; readonly id: string; readonly out: string }
  | { readonly command: 'takes mark'; readonly ids: readonly string[]; readonly change: MarksChange }
  | { readonly command: 'takes rename'; readonly id: string; readonly name: string }
  /** Brings back takes that the list has lost. */
  | { readonly command: 'takes rebuild' }
  /** Lists paid tasks without a file here, and brings them home where that is asked for. */
  | {
      readonly command: 'takes find'
      readonly provider: RemoteProvider
      readonly baseUrl: string | null
      readonly bringHome: boolean
    }
  | { readonly command: 'takes show'; readonly id: string }
  | { readonly command: 'takes contact-sheet'; readonly ids: readonly string[]; readonly out: string }
  /** Without an id: every open take. */
  | { readonly command: 'takes follow'; readonly id: string | null }
  | {
      readonly command: 'takes submit-again'
      readonly id: string
      readonly yes: boolean
      readonly passGuard: boolean
    }
  | { readonly command: 'takes adopt'; readonly id: string; readonly task: string }
  | { readonly command: 'takes give-up'; readonly id: string }
  | { readonly command: 'takes save-elsewhere'; readonly id: string; readonly out: string }
  | {
      readonly command: 'takes export'
      readonly id: string
      readonly out: string
      /** The version with the mark of the provider, in place of the result. */
      readonly watermarked: boolean
    }

export type CompareRequest = {
  readonly command: 'compare'
  readonly reference: string
  readonly result: string
  readonly out: string
  readonly offset: AskedTime
  readonly sound: 'reference' | 'result' | 'none'
}

export type MotionRequest = { readonly command: 'motion'; readonly clip: string }

/** How far a result has to be moved to match its reference. */
export type SyncRequest = OffsetJob & { readonly command: 'sync' }

/** One command line, understood. Paths are absolute. */
export type Request =
  | CheckRequest
  | PrepareRequest
  | GenerateRequest
  | TakesRequest
  | CompareRequest
  | MotionRequest
  | SyncRequest
  | QueueRequest
  | PresetsRequest
  | LibraryRequest
  | { readonly command: 'providers' }
  | { readonly command: 'accounts list' }
  | { readonly command: 'accounts test'; readonly provider: RemoteProvider; readonly baseUrl: string | null }
  | DoctorRequest

export type Invocation = {
  readonly request: Request
  readonly json: boolean
  /** The library folder named on the command line. */
  readonly home: string | null
}
