import type { Span } from '../domain/media.ts'
import type { RuleId, Unit } from './rules.ts'

export type Target = 'character' | 'clip' | 'settings'
export type Level = 'pass' | 'info' | 'warning' | 'error'

/** A change the app can make so that a finding goes away. */
export const fixIds = [
  'trim',
  'remux',
  're-encode',
  'compress',
  'scale-down',
  'scale-up',
  'slow-down',
  'boomerang',
  'loop',
  'convert-image',
  'pad',
  'crop',
] as const
export type FixId = (typeof fixIds)[number]

/** What no provider sets a limit to and still costs money when it goes wrong. */
export const hintIds = [
  'clip.jumps',
  'clip.frozen',
  'clip.still',
  'clip.black',
  'clip.motion',
  'framing.body',
] as const
export type HintId = (typeof hintIds)[number]

/** What a finding is about: a rule of the provider, or a hint of our own. */
export type FindingId = RuleId | HintId

/** One rule or hint held against one input. */
export type Finding = {
  readonly rule: FindingId
  readonly target: Target
  readonly level: Level
  /** null where there was nothing to measure. */
  readonly measured: number | string | null
  readonly limit: number | string | null
  readonly unit: Unit
  /** A whole sentence with the measured value beside the limit. */
  readonly message: string
  /** How the app fixes it automatically. */
  readonly fix?: FixId
  /** Fixes the user has to choose between, in `settings.fit`. */
  readonly choices?: readonly FixId[]
  /** Where in the clip, by its own clock; a point in time starts and ends at once. */
  readonly spans?: readonly Span[]
}

/** One step of a plan, shown before it runs. */
export type PlanStep = {
  readonly step: FixId | 'strip-metadata'
  readonly target: Target
  readonly why: string
  /** What it costs in quality, in a few words. */
  readonly cost: string
}

/** `fixable`: every error has a fix that the app makes automatically. */
export type Verdict = 'ready' | 'fixable' | 'refused'
