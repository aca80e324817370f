import type { Delivery, HostId } from '../../shared/domain/delivery.ts'
import type { Inputs } from '../prepare/types.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'
import type { Estimate } from '../../shared/domain/money.ts'
import type { PaidTasks } from '../../shared/domain/paid-task.ts'
import type { TakePictures, Comparison } from '../../shared/domain/views.ts'
import type { Bytes } from '../../shared/units.ts'

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

export type Reached = { readonly account: string | null; readonly host: HostId }
