import type { Estimate } from '../money.ts'
import type { Mode } from '../take.ts'
import type { Seconds } from '../units.ts'
import type { ModelRules } from './rules.ts'

/** Rate times the seconds that will come out; an unknown rate gives an unknown amount. */
export function estimateOf(rules: ModelRules, mode: Mode, seconds: Seconds): Estimate {
  const perSecond = rules.pricePerSecond[mode]
  return {
    currency: 'USD',
    amount: perSecond === null ? null : Number((perSecond * seconds).toFixed(4)),
    perSecond,
    seconds,
    asOf: rules.priceAsOf,
    source: rules.priceSource,
  }
}
