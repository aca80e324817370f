import type { Mode, Orientation } from '../take.ts'

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

export type Unit = 'bytes' | 'px' | 's' | 'fps' | 'characters' | 'elements' | 'ratio' | 'cuts' | 'format'

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
  /** US dollars for a second that comes out, by mode; null where nothing is published. */
  readonly pricePerSecond: Readonly<Record<Mode, number | null>>
  readonly priceAsOf: string
  readonly priceSource: string
  readonly rules: readonly Rule[]
}
