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

/** One rule held against one input. */
export type Finding = {
  readonly rule: RuleId
  readonly target: Target
  readonly level: Level
  readonly measured: number | string | null
  readonly limit: number | string | null
  readonly unit: Unit
  /** A whole sentence with the measured value beside the limit. */
  readonly message: string
  readonly fix?: FixId
}

/** One step of a plan, shown before it runs. */
export type PlanStep = {
  readonly step: FixId | 'strip-metadata'
  readonly target: Target
  readonly why: string
  /** What it costs in quality, in a few words. */
  readonly cost: string
}

/** `fixable`: every error has a fix that the app makes by itself. */
export type Verdict = 'ready' | 'fixable' | 'refused'
