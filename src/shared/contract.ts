import { z } from 'zod'
import type { CharacterFacts, ClipFacts, MediaKind } from './media.ts'
import type { Estimate } from './money.ts'
import type { Outcome } from './outcome.ts'
import type { Finding, PlanStep, Verdict } from './rules/finding.ts'
import type { ModelRules } from './rules/rules.ts'
import { settingsChange, type Settings } from './settings.ts'
import { clipWindow, takeId, takeSettings, type Take } from './take.ts'
import type { Bytes, Seconds, Timestamp } from './units.ts'

/** Stands for a file the user chose; the renderer never sees the path. */
export const fileToken = z.string().regex(/^f_[A-Za-z0-9_-]{22}$/)
export const folderToken = z.string().regex(/^d_[A-Za-z0-9_-]{22}$/)
export const callId = z.string().regex(/^[A-Za-z0-9_-]{8,40}$/)

export type FileRef = { readonly token: string; readonly name: string; readonly bytes: Bytes }

/** A file that a player or an `img` can load; the URL works for this run of the app only. */
export type MediaUrl = string

export type Inspection =
  | {
      readonly file: FileRef
      readonly facts: ClipFacts
      readonly picture: MediaUrl
      readonly media: MediaUrl
    }
  | {
      readonly file: FileRef
      readonly facts: CharacterFacts
      readonly picture: MediaUrl
      readonly media: MediaUrl
    }

export type CheckReport = {
  readonly provider: string
  readonly model: string
  readonly orientation: string
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
  readonly plan: readonly PlanStep[]
  /** null until there is a clip to count seconds of. */
  readonly estimate: Estimate | null
  /** The part of the clip that will be performed; null without a clip. */
  readonly window: { readonly start: Seconds; readonly length: Seconds } | null
}

export type ProviderView = {
  readonly id: string
  readonly name: string
  /** Costs nothing and needs no network. */
  readonly practice: boolean
  readonly models: readonly ModelRules[]
}

/** A video with what it takes to land on an exact frame. */
export type PlayableVideo = {
  readonly url: MediaUrl
  readonly width: number
  readonly height: number
  readonly duration: Seconds
  /** Presentation time of every frame in order, from 0. */
  readonly frameTimes: readonly Seconds[]
  readonly hasSound: boolean
}

export type Comparison = {
  readonly take: Take
  readonly reference: PlayableVideo
  readonly result: PlayableVideo
}

export type TakePictures = {
  readonly character: MediaUrl | null
  readonly clip: MediaUrl | null
  readonly result: MediaUrl | null
}

export type FolderEntry =
  | { readonly kind: 'folder'; readonly token: string; readonly name: string }
  | {
      readonly kind: MediaKind
      readonly token: string
      readonly name: string
      readonly bytes: Bytes
      readonly modified: Timestamp
    }

/** One folder as the browser face's own file dialog shows it. */
export type FolderView = {
  readonly token: string
  readonly name: string
  readonly crumbs: readonly { readonly token: string; readonly name: string }[]
  readonly entries: readonly FolderEntry[]
}

export type About = {
  readonly version: string
  readonly face: 'electron' | 'browser'
  readonly platform: string
  /** True where the system's own open and save dialogs exist. */
  readonly nativeDialogs: boolean
  /** Where the library lives, for the user to read; never used as a path. */
  readonly library: string
  /** False when video tools are missing; the reason is then a problem of every media call. */
  readonly mediaTools: boolean
}

export type SaveTarget = { readonly name: string; readonly folder: string }

type Spec<Args, Answer> = { readonly args: z.ZodType<Args>; readonly answer?: Answer }
const call =
  <Args>(args: z.ZodType<Args>) =>
  <Answer>(): Spec<Args, Answer> => ({ args })

const nothing = z.strictObject({})
const oneTake = z.strictObject({ take: takeId })
const inputs = {
  character: fileToken.nullable(),
  clip: fileToken.nullable(),
  window: clipWindow,
  settings: takeSettings,
}

/** Every question the renderer may ask. Each is answered with an `Outcome`. */
export const calls = {
  'app:about': call(nothing)<About>(),
  'settings:read': call(nothing)<Settings>(),
  'settings:change': call(z.strictObject({ change: settingsChange }))<Settings>(),
  'providers:list': call(nothing)<readonly ProviderView[]>(),
  /** The system's open dialog; an empty list when the user closes it. Only with native dialogs. */
  'file:choose': call(z.strictObject({ kind: z.enum(['character', 'clip', 'any']) }))<readonly FileRef[]>(),
  'file:inspect': call(z.strictObject({ file: fileToken }))<Inspection>(),
  /** Without a folder: the places to start from. */
  'folder:list': call(z.strictObject({ folder: folderToken.nullable() }))<FolderView>(),
  'sample:load': call(nothing)<{ readonly character: FileRef; readonly clip: FileRef }>(),
  'take:check': call(z.strictObject(inputs))<CheckReport>(),
  /** `take` is minted by the form, so that a double click or a re-sent call is the same take. */
  'take:submit': call(
    z.strictObject({
      ...inputs,
      take: takeId,
      character: fileToken,
      clip: fileToken,
      /** The amount the user saw and agreed to, in US dollars; null when the cost was shown as unknown. */
      consent: z.strictObject({ amount: z.number().min(0).nullable() }),
    }),
  )<Take>(),
  'take:list': call(nothing)<readonly Take[]>(),
  'take:pictures': call(oneTake)<TakePictures>(),
  'take:compare': call(oneTake)<Comparison>(),
  /** Looks once more at once: after the user asks, or when an answer is overdue. */
  'take:check-again': call(oneTake)<Take>(),
  /** A new, paid attempt. `confirmed` is the second confirmation, after the cost was named. */
  'take:submit-again': call(oneTake.extend({ confirmed: z.literal(true) }))<Take>(),
  'take:adopt': call(oneTake.extend({ task: z.string().trim().min(1).max(200) }))<Take>(),
  'take:give-up': call(oneTake)<Take>(),
  /** Cancels what runs on this machine; a submitted task cannot be cancelled and goes on. */
  'take:cancel': call(oneTake)<Take>(),
  /** The system's save dialog with native dialogs; otherwise into the given folder. Null when the user closes it. */
  'result:save': call(
    oneTake.extend({ folder: folderToken.nullable(), name: z.string().min(1).max(200).nullable() }),
  )<SaveTarget | null>(),
  'result:reveal': call(oneTake)<SaveTarget>(),
  'call:cancel': call(z.strictObject({ call: callId }))<null>(),
} as const

export type CallName = keyof typeof calls
export type CallArgs<N extends CallName> = (typeof calls)[N] extends Spec<infer Args, unknown> ? Args : never
export type CallAnswer<N extends CallName> = Exclude<(typeof calls)[N]['answer'], undefined>

export const callNames = Object.keys(calls) as readonly CallName[]

/** Everything the core may announce. */
export const events = {
  'take:changed': z.custom<Take>(),
  'settings:changed': z.custom<Settings>(),
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
