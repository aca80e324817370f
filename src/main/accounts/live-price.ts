import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { priceKey } from '../../shared/rules/estimate.ts'
import { findModel } from '../../shared/rules/models.ts'
import {
  enteredByUser,
  type Price,
  type Settings,
  type SettingsChange,
} from '../../shared/domain/settings.ts'
import type { Clock } from '../system/ports.ts'
import type { Provider } from '../providers/provider.ts'

type Parts = {
  readonly clock: Clock
  readonly settings: {
    readonly read: () => Settings
    readonly change: (change: SettingsChange) => unknown
  }
}

/** Reads what the provider itself says a second costs, and keeps it with its date. */
export async function readPrice(
  provider: Provider,
  model: string,
  { clock, settings }: Parts,
  signal?: AbortSignal,
): Promise<Outcome<Price>> {
  const rules = findModel(provider.id, model)
  if (!provider.price || !rules) return fail('usage', 'This provider serves no prices.')
  const rates = await provider.price(model, signal)
  if (!rates.ok) return rates
  const asOf = new Date(clock.now()).toISOString().slice(0, 10)
  const { prices } = settings.read()
  const read = rates.value.map(
    ({ mode, perSecond }) =>
      [priceKey(rules, mode), { perSecond, asOf, source: 'read from the provider' }] as const,
  )
  const [first] = read
  if (!first) return fail('provider-silent', 'The provider named no price for this model.')
  // What the user entered is the user's: only a reset gives the provider the word again.
  const news = read.filter(([key]) => prices[key]?.source !== enteredByUser)
  settings.change({ prices: { ...prices, ...Object.fromEntries(news) } })
  return ok(first[1])
}
