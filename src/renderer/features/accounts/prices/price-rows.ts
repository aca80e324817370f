import type { ProviderView } from '../../../../shared/contract.ts'
import { priceKey, priceOf, type Prices } from '../../../../shared/rules/estimate.ts'
import type { ModelRules } from '../../../../shared/rules/rules.ts'
import type { Price } from '../../../../shared/settings.ts'
import type { Mode } from '../../../../shared/take.ts'

export type PriceRow = {
  readonly key: string
  readonly rules: ModelRules
  readonly mode: Mode
  /** Provider, model and mode, as they are read aloud. */
  readonly name: string
  readonly price: Price
  /** The price is not the one this build knows. */
  readonly corrected: boolean
}

const modeNames: Readonly<Record<Mode, string>> = { std: 'standard', pro: 'professional' }

/** One row for each model and mode that costs money. */
export const priceRows = (providers: readonly ProviderView[], prices: Prices): readonly PriceRow[] =>
  providers
    .filter(({ practice }) => !practice)
    .flatMap((provider) =>
      provider.models.flatMap((rules) =>
        rules.modes.map((mode) => {
          const key = priceKey(rules, mode)
          const name = `${provider.name} ${rules.name}, ${modeNames[mode]}`
          return { key, rules, mode, name, price: priceOf(rules, mode, prices), corrected: key in prices }
        }),
      ),
    )
