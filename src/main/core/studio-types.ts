import type { NetworkReport } from '../../shared/domain/network.ts'
import type {
  AccountDraft,
  AccountKeys,
  AccountReport,
  AccountView,
  ElementPage,
} from '../../shared/domain/account.ts'
import type {
  Certificate,
  CheckReport,
  Comparison,
  Inspection,
  LibraryNotice,
  ProviderView,
  TakePictures,
} from '../../shared/domain/views.ts'
import type { Bucket, Delivery, HostId, HostView } from '../../shared/domain/delivery.ts'
import type {
  MediaFacts,
  MediaKind,
  PreparedCharacter,
  PreparedClip,
  ClipWindow,
} from '../../shared/domain/media.ts'
import type { Estimate, SpendEntry } from '../../shared/domain/money.ts'
import type { Outcome, Problem } from '../../shared/outcome.ts'
import type { PaidTasks } from '../../shared/domain/paid-task.ts'
import type { Price, Settings, SettingsChange } from '../../shared/domain/settings.ts'
import type { Take, TakeSettings } from '../../shared/domain/take.ts'
import type { Bytes, Fraction, Seconds, Timestamp } from '../../shared/units.ts'
import type { SideBySideJob } from '../media/media.ts'
import type { PrepareQueue } from '../prepare/queue/queue.ts'
import type { Previews } from '../prepare/previews.ts'
import type { Desk } from '../api/desk.ts'
import type { Recents } from '../prepare/recents.ts'
import type { Viewing } from '../clip-preview/clip-preview.ts'

export type Inputs = {
  readonly character: string | null
  readonly clip: string | null
  readonly window: ClipWindow
  readonly settings: TakeSettings
}

/** Where a take is sent when that differs from the account's address, and how its files get there. */
export type Route = Delivery & { readonly baseUrl: string | null }

export type NewTake = Inputs & {
  /** Minted by whoever asks; asking twice with the same id is one take. */
  readonly id: string
  readonly character: string
  readonly clip: string
  readonly route: Route
  /** The cost that was agreed to, and whether passing a limit of the user's own was agreed to as well. */
  readonly consent: { readonly amount: number | null; readonly passGuard: boolean }
}

export type Call = {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((fraction: Fraction | null) => void) | undefined
}

export type CheckedInputs = {
  readonly report: CheckReport
  /** Why these inputs cannot go on; null when they are ready or the plan makes them fit. */
  readonly refused: Problem | null
  readonly facts: { readonly character: MediaFacts | null; readonly clip: MediaFacts | null }
}

/** Work that needs no library and no lock: facts, rules, preparation, comparison. Paths in, values out. */
export type Workshop = {
  /** A picture that moves is a character, unless it is asked for `as` a clip. */
  readonly inspect: (path: string, call?: Call, as?: MediaKind | null) => Promise<Outcome<Inspection>>
  readonly check: (inputs: Inputs, call?: Call) => Promise<Outcome<CheckedInputs>>
  /** The longest part of a clip without a cut in it, within the limit of the model's orientation. */
  readonly withoutCuts: (clip: string, settings: TakeSettings, call?: Call) => Promise<Outcome<ClipWindow>>
  /** When each shown frame of a clip begins, counted from the first. */
  readonly frameTimes: (clip: string, call?: Call) => Promise<Outcome<readonly Seconds[]>>
  readonly prepare: (
    inputs: Inputs,
    folder: string,
    /** `onCommand` gets the exact command line of each step, just before it is run. */
    call?: Call & { readonly onCommand?: ((line: string) => void) | undefined },
  ) => Promise<
    Outcome<{
      readonly clip: PreparedClip | null
      readonly character: PreparedCharacter | null
      readonly checked: CheckedInputs
      readonly certificate: Certificate
    }>
  >
  readonly sideBySide: (
    job: SideBySideJob,
    call?: Call,
  ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
  readonly providers: () => readonly ProviderView[]
}

/** The takes of one library. Every change is announced to subscribers in the order it was committed. */
export type Takes = {
  readonly submit: (take: NewTake) => Promise<Outcome<Take>>
  readonly list: () => readonly Take[]
  readonly show: (id: string) => Outcome<Take>
  readonly subscribe: (listener: (take: Take) => void) => () => void
  /** The user's own files that takes still have to be prepared from. */
  readonly neededSources: () => ReadonlySet<string>
  /** Continues every open take that another process left, or some of them. */
  readonly resume: (which?: (take: Take) => boolean) => void
  /** The newest take that was interrupted before it was sent and asks for the very same; null where there is none. */
  readonly interruptedLike: (take: NewTake) => Promise<Take | null>
  readonly checkAgain: (id: string) => Promise<Outcome<Take>>
  /** Asks about every task that runs, once: after sleep, when the network is back, when the user looks. */
  readonly lookAtAll: () => Promise<void>
  /** What a new attempt costs at today's rate. */
  readonly costAgain: (id: string) => Outcome<Estimate>
  readonly submitAgain: (id: string, consent: NewTake['consent']) => Promise<Outcome<Take>>
  readonly adopt: (id: string, taskId: string) => Promise<Outcome<Take>>
  readonly giveUp: (id: string) => Promise<Outcome<Take>>
  /** The tasks at a provider whose result is in no take of this library. It costs nothing. */
  readonly findTasks: (owner: TaskOwner, signal?: AbortSignal) => Promise<Outcome<PaidTasks>>
  /** Makes a take of each of these tasks and brings its result home; tasks that have a take by now are left out. */
  readonly bringHome: (owner: TaskOwner, taskIds: readonly string[]) => Promise<Outcome<readonly Take[]>>
  /** Brings back takes that have a folder in the library and are missing from its list. It sends nothing. */
  readonly rebuild: () => Promise<Outcome<Rebuilt>>
  /** Takes back what was not submitted yet; a task that was submitted is left alone. */
  readonly takeBack: (id: string) => Promise<Outcome<Take>>
  /** The same, and a submitted task is cancelled at its provider, where that can be asked for. */
  readonly cancel: (id: string) => Promise<Outcome<Take>>
  /** Has a result that is still to come, or is gone, fetched into another folder; null: into the library. */
  readonly saveElsewhere: (id: string, folder: string | null) => Promise<Outcome<Take>>
  /** Paths of a take's own files; for faces that save, reveal or export, never for the renderer. */
  readonly resultPath: (id: string) => Outcome<string>
  /** The same, once the file was found to be the one that was verified. */
  readonly wholeResult: (id: string) => Promise<Outcome<string>>
  /** The same for the version with the mark of the provider. */
  readonly wholeMarked: (id: string) => Promise<Outcome<string>>
  readonly pictures: (id: string) => Promise<Outcome<TakePictures>>
  readonly compare: (id: string) => Promise<Outcome<Comparison>>
  /** Copies the result to `target` under a temporary name first; an existing file is never replaced. */
  readonly exportResult: (
    id: string,
    target: string,
    version?: 'result' | 'marked',
  ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
}

/** Whose tasks are looked for. */
export type TaskOwner = {
  readonly provider: string
  /** Null for the one account there is. */
  readonly account: string | null
  readonly baseUrl: string | null
}

export type Rebuilt = {
  readonly takes: readonly Take[]
  /** Folders that do not say enough, with the task they name. */
  readonly lost: readonly { readonly id: string; readonly taskId: string | null }[]
}

/** One account: by its id, or the one there is of a provider, at another address where one is named. */
export type Whom =
  { readonly account: string } | { readonly provider: string; readonly baseUrl: string | null }

/** What the user manages about accounts. No answer ever holds a key. */
export type Accounts = {
  readonly list: () => Promise<readonly AccountView[]>
  readonly subscribe: (listener: (accounts: readonly AccountView[]) => void) => () => void
  readonly save: (draft: AccountDraft, keys: AccountKeys) => Promise<Outcome<AccountView>>
  readonly remove: (account: string) => Promise<Outcome<null>>
  readonly test: (whom: Whom, signal?: AbortSignal) => Promise<Outcome<AccountReport>>
  /** How every address that accounts and the bucket need is reached; without accounts, those of all services. */
  readonly examineNetwork: (signal?: AbortSignal) => Promise<NetworkReport>
  readonly refreshPrice: (whom: Whom, model: string, signal?: AbortSignal) => Promise<Outcome<Price>>
  /** Everything that would stop a take before it is paid, and where it really goes. */
  readonly reach: (order: Route & { readonly settings: TakeSettings }) => Promise<Outcome<Reached>>
  /** The clip hosts as they stand for an account; null for practice. */
  readonly hosts: (account: string | null) => Promise<Outcome<readonly HostView[]>>
  readonly bucketKeys: () => Promise<{ readonly accessKey: string | null; readonly present: boolean }>
  readonly saveBucket: (bucket: Bucket, keys: BucketKeys) => Promise<Outcome<null>>
  readonly testBucket: (signal?: AbortSignal) => Promise<Outcome<null>>
}

export type Reached = { readonly account: string | null; readonly host: HostId }
export type BucketKeys = Pick<AccountKeys, 'accessKey' | 'secretKey'>

/** The element libraries of accounts; pictures are media URLs. */
export type Elements = {
  readonly list: (asked: ElementAsked, from: 'own' | 'presets', page: number) => Promise<Outcome<ElementPage>>
  readonly create: (
    asked: ElementAsked,
    element: {
      readonly name: string
      readonly description: string
      /** Paths; the first one shows the front. */
      readonly pictures: readonly string[]
    },
  ) => Promise<Outcome<null>>
  readonly remove: (asked: ElementAsked, element: string) => Promise<Outcome<null>>
}

export type ElementAsked = { readonly account: string; readonly signal?: AbortSignal | undefined }

/** The ledger. */
export type Spending = {
  readonly list: () => readonly SpendEntry[]
  /** Which of the user's limits an amount would pass now, as whole sentences. */
  readonly guards: (amount: number | null) => readonly string[]
}

export type Studio = {
  readonly startedAt: Timestamp
  /** What is wrong with the library as a whole, the gravest first. */
  readonly libraryNotices: readonly LibraryNotice[]
  readonly workshop: Workshop
  readonly viewing: Viewing
  readonly queue: PrepareQueue
  readonly recents: Recents
  readonly desk: Desk
  readonly previews: Previews
  readonly accounts: Accounts
  readonly elements: Elements
  readonly spending: Spending
  readonly takes: Takes
  readonly settings: {
    readonly read: () => Settings
    readonly change: (change: SettingsChange) => Settings
    readonly subscribe: (listener: (settings: Settings) => void) => () => void
  }
  /** Stops watching, ends every process it started and closes the library. Open takes go on at the next start. */
  readonly close: () => Promise<void>
}
