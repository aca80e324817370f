import { z } from 'zod'
import { call, nothing, oneTake, type Spec } from './call.ts'
import { catalogueCalls } from './catalogue-calls.ts'
import { folderToken, libraryMoveEvents, settingsCalls } from './settings-calls.ts'
import {
  accountDraft,
  accountId,
  accountKeys,
  type AccountReport,
  type AccountView,
  type ElementPage,
} from './domain/account.ts'
import { keptWindow, mostCompared } from './domain/desk.ts'
import { bucket, delivery, type HostView } from './domain/delivery.ts'
import type { Board } from './domain/board.ts'
import type { TakeMarks } from './domain/marks.ts'
import type { Estimate, SpendEntry } from './domain/money.ts'
import { longestTemplate } from './domain/batch.ts'
import type { FoundOffset } from './domain/offset.ts'
import type { Outcome } from './outcome.ts'
import { pictureCalls } from './picture-calls.ts'
import { mostOnSheet } from './domain/contact-sheet.ts'
import type { PaidTasks } from './domain/paid-task.ts'
import type { Queue } from './domain/queue.ts'
import { takeQueueCalls } from './take-queue-calls.ts'
import type { TakeQueue } from './domain/take-queue.ts'
import type { TakeMotion } from './domain/motion.ts'
import type { Scan, StripPicture, Waveform } from './domain/media.ts'
import type { Price, Settings } from './domain/settings.ts'
import { clipWindow, elementId, takeId, takeSettings, type Take } from './domain/take.ts'
import type { Seconds } from './units.ts'
import {
  comparedSides,
  type About,
  type CheckReport,
  type Comparison,
  type DeskView,
  type FileRef,
  type FolderView,
  type Inspection,
  type MediaUrl,
  type PreparedView,
  type ProviderView,
  type RecentPair,
  type SavedFile,
  type SaveTarget,
  type SpeedSound,
} from './domain/views.ts'

/** Stands for a file the user chose; the renderer never sees the path. */
export const fileToken = z.string().regex(/^f_[A-Za-z0-9_-]{22}$/)
export const callId = z.string().regex(/^[A-Za-z0-9_-]{8,40}$/)

const oneAccount = z.strictObject({ account: accountId })
const bucketKeys = accountKeys.pick({ accessKey: true, secretKey: true })
const consent = z.strictObject({ amount: z.number().min(0).nullable(), passGuard: z.boolean() })
const comparedTakes = z
  .array(takeId)
  .min(1)
  .max(mostCompared)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'every take only once' })
const oneSide = oneTake.extend({ side: z.enum(comparedSides) })
/** Something of a take that is saved; both are null where the system’s dialog asks. */
const savedFrom = oneTake.extend({
  folder: folderToken.nullable(),
  name: z.string().min(1).max(200).nullable(),
})
const oneFile = z.strictObject({ file: fileToken })
const seconds = z.number().min(0).max(86_400)
const queueItem = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)
const inputs = {
  character: fileToken.nullable(),
  clip: fileToken.nullable(),
  window: clipWindow,
  settings: takeSettings,
}

/** Every question the renderer may ask. Each is answered with an `Outcome`. */
export const calls = {
  ...catalogueCalls,
  ...pictureCalls,
  ...settingsCalls,
  ...takeQueueCalls,
  'app:about': call(nothing)<About>(),
  'providers:list': call(nothing)<readonly ProviderView[]>(),
  /** The system's open dialog; an empty list when the user closes it. Only with native dialogs. */
  'file:choose': call(z.strictObject({ kind: z.enum(['character', 'clip', 'any']) }))<readonly FileRef[]>(),
  'file:inspect': call(
    z.strictObject({ file: fileToken, as: z.enum(['character', 'clip']).optional() }),
  )<Inspection>(),
  /** Presentation time of every shown frame, from 0. */
  'clip:frame-times': call(oneFile)<readonly Seconds[]>(),
  /** Looks at every frame for what makes takes fail. Answers at once when it is known; a check then knows it too. */
  'clip:scan': call(oneFile)<Scan>(),
  /** `count` pictures, evenly over a part of the clip. Ask for few first and for more later: made ones are kept. */
  'clip:filmstrip': call(
    oneFile.extend({ start: seconds, end: seconds, count: z.number().int().min(1).max(200) }),
  )<readonly StripPicture[]>(),
  /** null where the clip has no sound. */
  'clip:waveform': call(oneFile)<Waveform | null>(),
  /** A copy that every window plays, frame by frame the same, for clips the window cannot play itself. */
  'clip:playable': call(oneFile)<{ readonly media: MediaUrl }>(),
  /** Without a folder: the places to start from. */
  'folder:list': call(z.strictObject({ folder: folderToken.nullable() }))<FolderView>(),
  'sample:load': call(nothing)<{ readonly character: FileRef; readonly clip: FileRef }>(),
  'take:check': call(z.strictObject(inputs))<CheckReport>(),
  /** Prepares for real, into a folder of the app's own, and shows what would be sent. */
  'prepare:preview': call(z.strictObject(inputs))<PreparedView>(),
  /** The newest first. */
  'recent:list': call(nothing)<readonly RecentPair[]>(),
  'recent:open': call(z.strictObject({ pair: z.string().max(64) }))<{
    readonly character: FileRef | null
    readonly clip: FileRef | null
  }>(),
  'recent:forget': call(nothing)<null>(),
  /** What was open when the window was last used; null at the first start. */
  'desk:read': call(nothing)<DeskView | null>(),
  'desk:keep': call(
    keptWindow.extend({ character: fileToken.nullable(), clip: fileToken.nullable() }),
  )<null>(),
  'queue:read': call(nothing)<Queue>(),
  /** One preparation for each entry. Without a folder the system's folder dialog asks; null when the user closes it. */
  'queue:add': call(
    z.strictObject({
      entries: z.array(z.strictObject(inputs)).min(1).max(1000),
      folder: folderToken.nullable(),
      /** How the files are named, for example `{clip}-{provider}`. */
      name: z.string().min(1).max(longestTemplate),
    }),
  )<Queue | null>(),
  'queue:pause': call(z.strictObject({ paused: z.boolean() }))<Queue>(),
  /** In front of another item; null: to the end. */
  'queue:move': call(z.strictObject({ item: queueItem, before: queueItem.nullable() }))<Queue>(),
  'queue:cancel': call(z.strictObject({ item: queueItem }))<Queue>(),
  'queue:retry': call(z.strictObject({ item: queueItem }))<Queue>(),
  /** Shows what was prepared in the system's file manager; where there is none, says where it is. */
  'queue:reveal': call(z.strictObject({ item: queueItem }))<SaveTarget>(),
  /** Takes everything that is done, failed or cancelled from the list. */
  'queue:clear': call(nothing)<Queue>(),
  /** `take` is minted by the form, so that a double click or a re-sent call is the same take. */
  'take:submit': call(
    z.strictObject({
      ...inputs,
      take: takeId,
      character: fileToken,
      clip: fileToken,
      /** How the provider gets the files. */
      delivery,
      /**
       * The amount the user saw and agreed to, in US dollars; null when the cost was shown as unknown. `passGuard` is
       * the second yes, to passing a limit the user had set.
       */
      consent,
    }),
  )<Take>(),
  /** Takes of the same prepared reference; another one is refused. */
  'take:compare': call(z.strictObject({ takes: comparedTakes }))<Comparison>(),
  /** A copy of one of its videos with the same frames, for what the window cannot decode or is too slow for. */
  'take:preview': call(oneSide)<{ readonly media: MediaUrl; readonly clockStart: 0 }>(),
  /** Its sound at a speed, with the pitch kept and as long as the picture is at that speed. */
  'take:sound': call(oneSide.extend({ speed: z.number().min(0.1).max(2) }))<SpeedSound>(),
  /** How the reference and the result of a take move, and where the result stops moving or ends too early. */
  'take:motion': call(oneTake)<TakeMotion>(),
  /** How far the result has to be moved in time to match, by sound and by motion, and how sure that is. */
  'take:find-offset': call(oneTake)<FoundOffset>(),
  /** Asks about every task that runs, once: the window was looked at again, or the network is back. */
  'take:look-at-all': call(nothing)<null>(),
  /** Looks once more at once: after the user asks, or when an answer is overdue. */
  'take:check-again': call(oneTake)<Take>(),
  /** A new, paid attempt. `confirmed` is the second confirmation, after the cost was named. */
  'take:submit-again': call(oneTake.extend({ confirmed: z.literal(true), consent }))<Take>(),
  /** What a new attempt costs at today's rate, and which of the user's limits it would pass. */
  'take:cost-again': call(oneTake)<{
    readonly estimate: Estimate
    readonly guards: readonly string[]
  }>(),
  'take:adopt': call(oneTake.extend({ task: z.string().trim().min(1).max(200) }))<Take>(),
  'take:give-up': call(oneTake)<Take>(),
  /**
   * Cancels what runs on this machine, and a submitted task where its provider can cancel (`ModelRules.cancel`); it then
   * ends as REMOTE_FAILED once the provider says so. Elsewhere a submitted task cannot be cancelled.
   */
  'take:cancel': call(oneTake)<Take>(),
  /** The system's save dialog with native dialogs; otherwise into the given folder. Null when the user closes it. */
  'result:save': call(
    savedFrom.extend({
      /** The version with the mark of the provider, in place of the result. */
      marked: z.boolean(),
    }),
  )<SavedFile | null>(),
  /**
   * Saves a PNG that the window made and handed over by `adoptFiles`. Asks for the place as `result:save` does and never
   * replaces a file.
   */
  'still:save': call(savedFrom.extend({ picture: fileToken }))<SavedFile | null>(),
  /** Saves the posters of takes as one PNG, in this order. Asks for the place as `result:save` does. */
  'library:contact-sheet': call(
    savedFrom.omit({ take: true }).extend({ takes: z.array(takeId).min(1).max(mostOnSheet) }),
  )<SavedFile | null>(),
  /**
   * Has a result that waits for room, or is gone, fetched into another folder: of the system's folder dialog with native
   * dialogs, otherwise the given one. Null when the user closes it.
   */
  'take:save-elsewhere': call(oneTake.extend({ folder: folderToken.nullable() }))<Take | null>(),
  /** Saves a zip for the provider’s support, without keys and paths. Asks for the place as `result:save` does. */
  'take:support-pack': call(savedFrom)<SavedFile | null>(),
  'result:reveal': call(oneTake)<SaveTarget>(),
  'account:list': call(nothing)<readonly AccountView[]>(),
  /** Adds or changes an account; keys that are not given stay as they are. */
  'account:save': call(z.strictObject({ account: accountDraft, keys: accountKeys }))<AccountView>(),
  /** Refused while takes of this account are open: they could not be followed any more. */
  'account:remove': call(oneAccount)<null>(),
  /** Asks the provider a free question; nothing is ever paid for. */
  'account:test': call(oneAccount)<AccountReport>(),
  /** The tasks of an account whose result is in no take of this library. It costs nothing. */
  'task:find': call(oneAccount)<PaidTasks>(),
  /** Makes a take of each of these tasks and brings its result home. */
  'task:bring-home': call(oneAccount.extend({ tasks: z.array(z.string().min(1).max(200)).min(1).max(100) }))<
    readonly Take[]
  >(),
  /** Reads the price of a model where the provider serves it, and keeps it in the settings. */
  'price:refresh': call(oneAccount.extend({ model: z.string().min(1).max(80) }))<Price>(),
  'element:list': call(
    oneAccount.extend({ from: z.enum(['own', 'presets']), page: z.number().int().min(1).max(1000) }),
  )<ElementPage>(),
  /** Makes an element from a frontal image and one to three others; it costs nothing and takes a while. */
  'element:create': call(
    oneAccount.extend({
      name: z.string().trim().min(1).max(20),
      description: z.string().trim().min(1).max(100),
      frontal: fileToken,
      others: z.array(fileToken).min(1).max(3),
    }),
  )<null>(),
  /** Deletes one of the user's own elements at the provider. */
  'element:remove': call(oneAccount.extend({ element: elementId }))<null>(),
  /** The clip hosts as they stand for an account; null for practice. */
  'host:list': call(z.strictObject({ account: accountId.nullable() }))<readonly HostView[]>(),
  /** Keeps the bucket, and its keys where they are given. */
  'bucket:save': call(z.strictObject({ bucket, keys: bucketKeys }))<null>(),
  /** Puts a small object, fetches it without the keys, and deletes it again. */
  'bucket:test': call(nothing)<null>(),
  /** Whether keys for the bucket are there; never the keys. */
  'bucket:keys': call(nothing)<{ readonly accessKey: string | null; readonly present: boolean }>(),
  /** The ledger, the newest first. */
  'spend:list': call(nothing)<readonly SpendEntry[]>(),
  /** Which of the user's limits an amount would pass today, as whole sentences; empty when none. */
  'spend:guards': call(z.strictObject({ amount: z.number().min(0).nullable() }))<readonly string[]>(),
  'call:cancel': call(z.strictObject({ call: callId }))<null>(),
} as const

export type CallName = keyof typeof calls
export type CallArgs<N extends CallName> = (typeof calls)[N] extends Spec<infer Args, unknown> ? Args : never
export type CallAnswer<N extends CallName> = Exclude<(typeof calls)[N]['answer'], undefined>

export const callNames = Object.keys(calls) as readonly CallName[]

/** Everything the core may announce. */
export const events = {
  'take:changed': z.custom<Take>(),
  /** Only the takes whose marks or boards changed. Apart from `take:changed`, which comes with every progress. */
  'marks:changed': z.custom<readonly TakeMarks[]>(),
  /** These are in the trash now. A restored take comes as `take:changed`. */
  'takes:trashed': z.custom<readonly string[]>(),
  'boards:changed': z.custom<readonly Board[]>(),
  'settings:changed': z.custom<Settings>(),
  'accounts:changed': z.custom<readonly AccountView[]>(),
  'queue:changed': z.custom<Queue>(),
  'take-queue:changed': z.custom<TakeQueue>(),
  ...libraryMoveEvents,
  /** Something happened to the window itself. */
  'window:notice': z.strictObject({ title: z.string(), advice: z.string() }),
  /** Progress of a call that was made with this id. */
  'call:progress': z.strictObject({ call: callId, fraction: z.number().min(0).max(1).nullable() }),
} as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.infer<(typeof events)[N]>
export const eventNames = Object.keys(events) as readonly EventName[]

/**
 * Electron's channel under `Bridge.adoptFiles`: the preload sends paths, references come back. It is not a call, so the
 * renderer cannot name a path.
 */
export const adoptFilesChannel = 'files:adopt'

/** Beside it, for a file without a path, such as a picture from the clipboard: its name and its bytes. */
export const adoptBytesChannel = 'files:adopt-bytes'

/** What a face gives the renderer, as `window.understudy`. */
export type Bridge = {
  readonly ask: {
    readonly [N in CallName]: (args: CallArgs<N>, callId?: string) => Promise<Outcome<CallAnswer<N>>>
  }
  readonly listen: { readonly [N in EventName]: (listener: (payload: EventPayload<N>) => void) => () => void }
  /** Takes dropped or pasted files in: by path in Electron, by upload into a private folder in the browser face. */
  readonly adoptFiles: (files: readonly File[]) => Promise<Outcome<readonly FileRef[]>>
  /** True while the core answers; false when the connection to it is lost (browser face). */
  readonly onConnection: (listener: (connected: boolean) => void) => () => void
}
