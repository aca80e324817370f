import type { KeptWindow } from './desk.ts'
import type { Finding, PlanStep, Verdict } from '../rules/finding.ts'
import type { Orientation, Take } from './take.ts'
import type { Bytes, Timestamp, Seconds } from '../units.ts'
import type { CharacterFacts, ClipFacts, MediaKind, PreparedCharacter, PreparedClip } from './media.ts'
import type { Estimate } from './money.ts'
import type { Problem } from '../outcome.ts'
import type { ClockStart } from './player-clock.ts'
import type { ModelRules } from '../rules/rules.ts'
import type { SpriteSheet } from './sprite.ts'

type Certified = { readonly sha256: string; readonly bytes: Bytes }

/** Says that these very files were measured after writing and break no rule of this model. */
export type Certificate = {
  readonly issuedAt: Timestamp
  readonly provider: string
  readonly model: string
  readonly orientation: Orientation
  readonly character: Certified | null
  readonly clip: Certified | null
  readonly findings: readonly Finding[]
}

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

/** What a preparation made, to look at before anything is paid. */
export type PreparedView = {
  readonly character: {
    readonly picture: MediaUrl
    readonly facts: Omit<PreparedCharacter, 'path'>
  } | null
  readonly clip: { readonly media: MediaUrl; readonly facts: Omit<PreparedClip, 'path'> } | null
  readonly plan: readonly PlanStep[]
  readonly certificate: Certificate
  /** The exact command line of each step, to be copied. */
  readonly commands: readonly string[]
}

/** A character and a clip that were used together. */
export type RecentPair = {
  readonly id: string
  readonly usedAt: Timestamp
  readonly characterName: string | null
  readonly clipName: string | null
  /** False where a file is no longer where it was. */
  readonly present: boolean
}

export type ProviderView = {
  readonly id: string
  readonly name: string
  /** Base URLs of brands that speak the same API, to choose from, and their websites; the first is the default. */
  readonly addresses: readonly { readonly name: string; readonly url: string; readonly site: string }[]
  /** Where a key is made, in words. */
  readonly keysFrom: string
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
  /** When the first frame begins on the clock of a player. */
  readonly clockStart: ClockStart
  readonly hasSound: boolean
}

/** The two videos of a take in a comparison. */
export const comparedSides = ['reference', 'result'] as const
export type ComparedSide = (typeof comparedSides)[number]

/** The sound of a video as a WAV file at a speed: its first sample is heard with the first frame. */
export type SpeedSound = { readonly media: MediaUrl; readonly duration: Seconds }

/** Takes of one reference, in the order they were asked for. */
export type Comparison = {
  readonly reference: PlayableVideo
  readonly takes: readonly { readonly take: Take; readonly result: PlayableVideo }[]
}

export type TakePictures = {
  readonly character: MediaUrl | null
  readonly clip: MediaUrl | null
  readonly result: MediaUrl | null
}

/** Small pictures of a result in one file. */
export type TakeSprite = SpriteSheet & { readonly media: MediaUrl }

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
  /** Said where only old video tools were found, which work and are not to be trusted with everything. */
  readonly oldTools: Problem | null
  /** When the core behind this window was started; a window may be opened again without that. */
  readonly startedAt: Timestamp
  /** What is wrong with the library as a whole, the gravest first. */
  readonly libraryNotices: readonly LibraryNotice[]
  /** The old folder of a library that was opened in its new one for the first time; else null. */
  readonly movedFrom: string | null
  /** What happened to the window before this page; told once. */
  readonly windowNotice?: WindowNotice | null
}

/** Something that happened to the window itself. */
export type WindowNotice = { readonly title: string; readonly advice: string }

/** What was open when the window was last used. */
export type DeskView = KeptWindow & {
  readonly character: FileRef | null
  readonly clip: FileRef | null
  /** Names of files that are no longer where they were. */
  readonly missing: readonly string[]
}

/** `stays`: it is about something that was paid for, or lasts as long as Understudy runs, so it cannot be put away. */
export type LibraryNotice = { readonly problem: Problem; readonly stays: boolean }

export type SaveTarget = { readonly name: string; readonly folder: string }

/** What was just saved; by `saved` it can be shown in its folder while this app runs. */
export type SavedFile = SaveTarget & { readonly saved: string }
