import type { Mode, Orientation } from '../domain/take.ts'

/** What can be held against the inputs of a take. */
export const ruleIds = [
  'image.format',
  'image.bytes',
  'image.side.min',
  'image.side.max',
  'image.aspect',
  'clip.format',
  'clip.codec',
  'clip.bytes',
  'clip.side.min',
  'clip.side.max',
  'clip.duration.min',
  'clip.duration.max',
  'clip.frameRate',
  'clip.cuts',
  'prompt.required',
  'prompt.length',
  'negativePrompt.length',
  'elements.count',
  'elements.orientation',
  'output.length',
] as const
export type RuleId = (typeof ruleIds)[number]

export type Unit =
  'bytes' | 'px' | 's' | 'fps' | 'characters' | 'elements' | 'ratio' | 'cuts' | 'times' | 'format'

/** A limit of one provider model, as it stood on `asOf` at `source`. */
export type Rule = {
  readonly rule: RuleId
  /** Absent: for both orientations. */
  readonly orientation?: Orientation
  /** A bound, a list of allowed words, a range, or null where the provider does not say. */
  readonly limit: number | readonly string[] | { readonly min: number; readonly max: number } | null
  readonly unit: Unit
  /** How bad it is to be outside: `warning` where the provider may accept it. */
  readonly severity: 'error' | 'warning' | 'info'
  /** Without a limit: the whole sentence about that, where it is more than that none is stated. */
  readonly says?: string
  readonly asOf: string
  readonly source: string
}

/** One model of one provider: its limits, choices and known price. */
export type ModelRules = {
  readonly provider: string
  readonly model: string
  readonly name: string
  readonly orientations: readonly Orientation[]
  readonly modes: readonly Mode[]
  readonly promptLimit: number | null
  readonly negativePrompt: boolean
  readonly elements: boolean
  readonly keepSound: boolean
  readonly watermark: boolean
  readonly callback: boolean
  /** How the character travels: in the request itself, or as an address that the clip host serves. */
  readonly characterBy: 'inline' | 'url'
  /** The character has to be given as an address too where the clip is; without it, it travels in the request. */
  readonly needsCharacterUrl: boolean
  /** Elements are documented for the newer version of the provider's API as well. */
  readonly elementsInNewerApi: boolean
  /** A submitted task can be cancelled at the provider; elsewhere one can only stop watching. */
  readonly cancel: boolean
  /** A task whose answer was lost can be asked for; elsewhere only the user can find it. */
  readonly lookUp: boolean
  /** The tasks of an account can be listed, so that paid ones without a file here are found. */
  readonly listTasks: boolean
  /** Elements can be listed and made from here, not only named by their id. */
  readonly elementLibrary: boolean
  /** The provider has a place of its own for the files; at some an account must name it first. */
  readonly ownStorage: boolean
  /** The provider serves its price. */
  readonly livePrice: boolean
  /** How long a result can be fetched, in words. */
  readonly resultLife: string
  /** What else is worth knowing before paying; whole sentences. */
  readonly notes: readonly string[]
  /** US dollars for a second that comes out, by mode; null where nothing is published. */
  readonly pricePerSecond: Readonly<Record<Mode, number | null>>
  /** US dollars for one unit of the packs that the provider deducts from, at the same list; absent where it names none. */
  readonly pricePerUnit?: number
  readonly priceAsOf: string
  readonly priceSource: string
  readonly rules: readonly Rule[]
}
