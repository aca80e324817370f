import type { ProviderView } from '../../../shared/domain/views.ts'
import { priceKey, priceOf, type Prices } from '../../../shared/rules/estimate.ts'
import type { ModelRules } from '../../../shared/rules/rules.ts'
import type { Price } from '../../../shared/domain/settings.ts'
import { modeWords } from '../../lib/setting-words.ts'

export type PriceRow = {
  readonly key: string
  readonly rules: ModelRules
  readonly provider: string
  /** With its mode. */
  readonly model: string
  /** Model, mode and provider in one, as they are read aloud. */
  readonly name: string
  readonly price: Price
  /** The price is not the one this build knows. */
  readonly corrected: boolean
}

/** One row for each model and mode that costs money. */
export const priceRows = (providers: readonly ProviderView[], prices: Prices): readonly PriceRow[] =>
  providers
    .filter(({ practice }) => !practice)
    .flatMap((provider) =>
      provider.models.flatMap((rules) =>
        rules.modes.map((mode) => {
          const key = priceKey(rules, mode)
          const model = `${rules.name}, ${modeWords[mode].toLowerCase()}`
          return {
            key,
            rules,
            provider: provider.name,
            model,
            name: `${model}, ${provider.name}`,
            price: priceOf(rules, mode, prices),
            corrected: key in prices,
          }
        }),
      ),
    )
