import type { Estimate } from '../domain/money.ts'
import type { Price } from '../domain/settings.ts'
import type { Mode, TakeSettings } from '../domain/take.ts'
import type { Seconds } from '../units.ts'
import type { ModelRules } from './rules.ts'

/** Corrected rates by `priceKey`; they win over those of this build. */
export type Prices = Readonly<Record<string, Price>>

export const priceKey = ({ provider, model }: Pick<ModelRules, 'provider' | 'model'>, mode: Mode): string =>
  `${provider}/${model}/${mode}`

/** What a second costs: as corrected by the user or read from the provider, else as this build knows it. */
export function priceOf(rules: ModelRules, mode: Mode, prices: Prices): Price {
  const corrected = prices[priceKey(rules, mode)]
  return (
    corrected ?? {
      perSecond: rules.pricePerSecond[mode],
      asOf: rules.priceAsOf,
      source: rules.priceSource,
    }
  )
}

/** How long the result will be: some models return a fixed length. */
function secondsOut(rules: ModelRules, orientation: TakeSettings['orientation'], sent: Seconds): Seconds {
  const rule = rules.rules.find(
    (entry) =>
      entry.rule === 'output.length' &&
      (entry.orientation === undefined || entry.orientation === orientation),
  )
  return typeof rule?.limit === 'number' ? Math.min(sent, rule.limit) : sent
}

/** Rate times seconds; an unknown rate gives an unknown amount. */
export function costOf({ perSecond, asOf, source }: Price, seconds: Seconds): Estimate {
  const amount = perSecond === null ? null : Number((perSecond * seconds).toFixed(4))
  return { currency: 'USD', amount, perSecond, seconds, asOf, source }
}

/** What a take costs: its rate times the seconds that will come out. */
export function estimateOf(
  rules: ModelRules,
  { mode, orientation }: Pick<TakeSettings, 'mode' | 'orientation'>,
  sent: Seconds,
  prices: Prices,
): Estimate {
  return costOf(priceOf(rules, mode, prices), secondsOut(rules, orientation, sent))
}
