import type { Delivery, HostId } from '../../shared/domain/delivery.ts'
import type { FoundOffset } from '../../shared/domain/offset.ts'
import type { Call, Inputs } from '../prepare/types.ts'
import type { Outcome } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'
import type { Estimate } from '../../shared/domain/money.ts'
import type { TakeMotion } from '../../shared/domain/motion.ts'
import type { EmptiedTrash, PutInTrash, TrashedTake } from '../../shared/domain/trash.ts'
import type { QueuePlace, TakeQueue } from '../../shared/domain/take-queue.ts'
import type { PaidTasks } from '../../shared/domain/paid-task.ts'
import type {
  ComparedSide,
  Comparison,
  MediaUrl,
  SpeedSound,
  TakePictures,
  TakeSprite,
} from '../../shared/domain/views.ts'
import type { Bytes, Seconds } from '../../shared/units.ts'

/** Where a take is sent, if not to the account’s address, and how its files get there. */
export type Route = Delivery & { readonly baseUrl: string | null }

export type NewTake = Inputs & {
  /** Chosen by the caller. Submitting the same id twice makes one take. */
  readonly id: string
  readonly character: string
  readonly clip: string
  readonly route: Route
  /** The cost the user agreed to, and whether the user agreed to exceed a limit. */
  readonly consent: { readonly amount: number | null; readonly passGuard: boolean }
}

/** Takes that the user no longer wants to see. Nothing of them is ever deleted here. */
export type Trash = {
  /** Newest in the trash first. */
  readonly trash: () => readonly TrashedTake[]
  /** Moves all of these takes into the trash, or none. */
  readonly putInTrash: (ids: readonly string[]) => Promise<Outcome<PutInTrash>>
  /** Brings all of these takes back into the list, with their marks and boards, or none. */
  readonly restore: (ids: readonly string[]) => Promise<Outcome<readonly Take[]>>
  /** Gives the folders of these takes to the system’s bin; of all in the trash for null. */
  readonly emptyTrash: (ids: readonly string[] | null) => Promise<Outcome<EmptiedTrash>>
  /** The same for takes that were put there longer ago than so many days. */
  readonly emptyOldTrash: (days: number) => Promise<Outcome<EmptiedTrash>>
  /** Calls back with the takes that have just been put into the trash. */
  readonly onTrashed: (listener: (ids: readonly string[]) => void) => () => void
}

/** Takes that wait to be sent. */
export type Queueing = {
  readonly queue: () => TakeQueue
  /** Nothing new is sent. Tasks that run are followed, and takes that are being sent continue. */
  readonly pauseQueue: (paused: boolean) => Promise<Outcome<TakeQueue>>
  readonly moveInQueue: (id: string, to: QueuePlace) => Promise<Outcome<TakeQueue>>
  readonly onQueueChanged: (listener: (queue: TakeQueue) => void) => () => void
}

/** The takes of one library. Subscribers hear of every change in the order it was saved. */
export type Takes = Trash &
  Queueing & {
    readonly submit: (take: NewTake) => Promise<Outcome<Take>>
    readonly list: () => readonly Take[]
    readonly show: (id: string) => Outcome<Take>
    readonly subscribe: (listener: (take: Take) => void) => () => void
    /** The user’s own files that takes still have to be prepared from. */
    readonly neededSources: () => ReadonlySet<string>
    /** Resumes every take that another process left open, or some of them. */
    readonly resume: (which?: (take: Take) => boolean) => void
    /**
     * The newest take with the same inputs and settings that was interrupted before it was sent; null if there is
     * none.
     */
    readonly interruptedLike: (take: NewTake) => Promise<Take | null>
    readonly checkAgain: (id: string) => Promise<Outcome<Take>>
    /**
     * Asks once about every task that runs: after sleep, when the network is back, or when the user opens the
     * window.
     */
    readonly lookAtAll: () => Promise<void>
    /** The cost of a new attempt at today’s price. */
    readonly costAgain: (id: string) => Outcome<Estimate>
    readonly submitAgain: (id: string, consent: NewTake['consent']) => Promise<Outcome<Take>>
    readonly adopt: (id: string, taskId: string) => Promise<Outcome<Take>>
    readonly giveUp: (id: string) => Promise<Outcome<Take>>
    /** The provider’s tasks whose result is in no take of this library. Free. */
    readonly findTasks: (owner: TaskOwner, signal?: AbortSignal) => Promise<Outcome<PaidTasks>>
    /** Makes a take of each of these tasks and downloads its result. Tasks that have a take by now are skipped. */
    readonly bringHome: (owner: TaskOwner, taskIds: readonly string[]) => Promise<Outcome<readonly Take[]>>
    /** Restores takes that have a folder in the library and are missing from the list. Sends nothing. */
    readonly rebuild: () => Promise<Outcome<Rebuilt>>
    /** Cancels a take that is not submitted yet. A submitted task is not changed. */
    readonly takeBack: (id: string) => Promise<Outcome<Take>>
    /** The same, and asks the provider to cancel a submitted task, if it can. */
    readonly cancel: (id: string) => Promise<Outcome<Take>>
    /** Downloads a result that is still to come or missing into another folder; null: into the library. */
    readonly saveElsewhere: (id: string, folder: string | null) => Promise<Outcome<Take>>
    /** The path of a take’s own file, for faces that save, reveal or export. Never for the renderer. */
    readonly resultPath: (id: string) => Outcome<string>
    /** The same, after checking that it is the verified file. */
    readonly wholeResult: (id: string) => Promise<Outcome<string>>
    /** The same for the watermarked version. */
    readonly wholeMarked: (id: string) => Promise<Outcome<string>>
    readonly pictures: (id: string) => Promise<Outcome<TakePictures>>
    /** Small pictures of the result, made when they are first asked for. */
    readonly sprite: (id: string, call?: Call) => Promise<Outcome<TakeSprite>>
    /** Takes the poster from this moment of the result; null: the sharpest again. */
    readonly choosePoster: (id: string, at: Seconds | null, call?: Call) => Promise<Outcome<null>>
    /** Posters of takes in one picture, in the order they are named. Never replaces a file. */
    readonly contactSheet: (
      takes: readonly string[],
      target: string,
      call?: Call,
    ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
    /** Takes of the same prepared clip, by its content. */
    readonly compare: (ids: readonly string[], call?: Call) => Promise<Outcome<Comparison>>
    /** A small copy with the same frames at the same times, from zero. */
    readonly preview: (
      id: string,
      side: ComparedSide,
      call?: Call,
    ) => Promise<Outcome<{ readonly media: MediaUrl; readonly clockStart: 0 }>>
    /** `speed`: from 0.1 to 2. */
    readonly sound: (
      id: string,
      side: ComparedSide,
      speed: number,
      call?: Call,
    ) => Promise<Outcome<SpeedSound>>
    /** How reference and result move; measured where that isn’t known yet. */
    readonly motion: (id: string, call?: Call) => Promise<Outcome<TakeMotion>>
    /** How far the result has to be moved in time to match the prepared clip. */
    readonly findOffset: (id: string, call?: Call) => Promise<Outcome<FoundOffset>>
    /** Writes a zip with what a support team asks for, and nothing private. Never replaces a file. */
    readonly supportPack: (
      id: string,
      target: string,
      call?: Call,
    ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
    /** Copies the result under a temporary name first. Never replaces a file. */
    readonly exportResult: (
      id: string,
      target: string,
      version?: 'result' | 'marked',
    ) => Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>>
  }

/** The account whose tasks are listed. */
export type TaskOwner = {
  readonly provider: string
  /** Null for the only account. */
  readonly account: string | null
  readonly baseUrl: string | null
}

export type Rebuilt = {
  readonly takes: readonly Take[]
  /** Folders that don’t contain enough, with the task they name. */
  readonly lost: readonly { readonly id: string; readonly taskId: string | null }[]
}

export type Reached = { readonly account: string | null; readonly host: HostId }
