import type { CharacterFacts, ClipFacts } from '../../../../src/shared/domain/media.ts'
import type { FixId, Level } from '../../../../src/shared/rules/finding.ts'
import type { RuleId } from '../../../../src/shared/rules/rules.ts'
import type { TakeSettings } from '../../../../src/shared/domain/take.ts'
import type { Bound } from '../../../support/clips/expected-limits.ts'

/** A length at 30 frames a second. */
export const frames = (seconds: number) => ({ duration: seconds, frames: Math.round(seconds * 30) })

/** One input, and what is to be said of one rule about it; null: that rule says nothing worse than this. */
export type Row = {
  readonly rule: RuleId
  readonly what: string
  readonly character?: Partial<CharacterFacts>
  readonly clip?: Partial<ClipFacts>
  readonly settings?: Partial<TakeSettings>
  readonly length?: number
  readonly cuts?: readonly number[]
  readonly level: Level
  readonly fix?: FixId
}

export const binding = (limit: number): Bound => ({ limit, level: 'error', within: 'pass' })

/** Just inside, at and just beyond an upper bound. */
export const upTo = (
  rule: RuleId,
  { limit, level, within }: Bound,
  step: number,
  input: (value: number) => Partial<Row>,
  fix?: FixId,
): readonly Row[] => [
  { rule, what: String(limit - step), level: within, ...input(limit - step) },
  { rule, what: String(limit), level: within, ...input(limit) },
  {
    rule,
    what: String(limit + step),
    level,
    ...(fix && level === 'error' && { fix }),
    ...input(limit + step),
  },
]
export const atLeast = (
  rule: RuleId,
  { limit, level, within }: Bound,
  step: number,
  input: (value: number) => Partial<Row>,
  fix?: FixId,
): readonly Row[] => [
  {
    rule,
    what: String(limit - step),
    level,
    ...(fix && level === 'error' && { fix }),
    ...input(limit - step),
  },
  { rule, what: String(limit), level: within, ...input(limit) },
  { rule, what: String(limit + step), level: within, ...input(limit + step) },
]
