import type { ProviderView } from '../../shared/contract.ts'
import type { ModelRules } from '../../shared/rules/rules.ts'
import { table } from './table.ts'

function priceOf({ pricePerSecond, modes }: ModelRules): string {
  const prices = modes.map((mode) => {
    const price = pricePerSecond[mode]
    return price === null ? `${mode} unknown` : price === 0 ? `${mode} free` : `${mode} ${price}`
  })
  return prices.join(', ')
}

export function formatProviders(providers: readonly ProviderView[]): string {
  const rows = providers.flatMap(({ id, models }) =>
    models.map((model) => [
      id,
      model.model,
      model.orientations.join(', '),
      model.promptLimit === null ? '-' : String(model.promptLimit),
      priceOf(model),
      model.priceAsOf,
    ]),
  )
  return table([['PROVIDER', 'MODEL', 'ORIENTATION', 'PROMPT', 'USD A SECOND', 'AS OF'], ...rows])
}
