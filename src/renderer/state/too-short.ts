import { shortFixes, type ShortFix } from '../../shared/domain/fit.ts'
import type { Finding } from '../../shared/rules/finding.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import { numericLimit } from '../../shared/rules/window.ts'
import type { Orientation } from '../../shared/domain/take.ts'
import type { Seconds } from '../../shared/units.ts'
import type { CheckReport } from '../../shared/domain/views.ts'

/** Parts that are shorter than the provider takes, and what can be made of them. */
export type TooShort = {
  readonly least: Seconds
  readonly ways: readonly ShortFix[]
  /** There is such a part for certain: without a choice nothing can be prepared. */
  readonly certain: boolean
}

/** What may turn out about clips that nobody has read yet. */
export function tooShortIn(model: ModelRules, orientation: Orientation): TooShort | null {
  const least = numericLimit(model, 'clip.duration.min', orientation)
  return least === null ? null : { least, ways: shortFixes, certain: false }
}

const waysOf = ({ choices = [] }: Finding) => shortFixes.filter((way) => choices.includes(way))

const isTooShort = (finding: Finding) => finding.rule === 'clip.duration.min' && waysOf(finding).length > 0

/** What keeps checked files from being prepared: what can be chosen about it here, and what cannot. */
export function obstaclesIn(report: CheckReport | null): {
  readonly tooShort: TooShort | null
  readonly refused: string | null
} {
  const errors = report?.findings.filter(({ level, fix }) => level === 'error' && !fix) ?? []
  const short = errors.find(isTooShort)
  const others = errors.filter((finding) => !isTooShort(finding)).map(({ message }) => message)
  return {
    tooShort:
      short && typeof short.limit === 'number'
        ? { least: short.limit, ways: waysOf(short), certain: true }
        : null,
    refused: others.length > 0 ? others.join(' ') : null,
  }
}
