import type { Cost, Estimate } from '../domain/money.ts'
import type { Take, TakeSettings } from '../domain/take.ts'
import { findModel } from './models.ts'

type Paid = {
  readonly settings: Pick<TakeSettings, 'provider' | 'model' | 'mode'>
  /** The rate that was agreed to: an account that pays less per second pays less per unit. */
  readonly perSecond: Estimate['perSecond']
  readonly cost: Cost | null
}

/**
 * What a provider took, in US dollars: what it says in dollars as it is, units at the price that the account pays for one.
 * Null where it has not said, or in units or a currency whose rate is unknown.
 */
export function deductedOf({ settings: { provider, model, mode }, perSecond, cost }: Paid): number | null {
  const units = cost === null || cost.units.trim() === '' ? NaN : Number(cost.units)
  if (cost === null || !Number.isFinite(units) || units < 0) return null
  if (units === 0 || cost.unitName === 'USD') return units
  const rules = findModel(provider, model)
  if (rules?.pricePerUnit === undefined || cost.unitName !== 'units') return null
  const listed = rules.pricePerSecond[mode]
  const share = perSecond === null || listed === null || listed === 0 ? 1 : perSecond / listed
  return Number((units * rules.pricePerUnit * share).toFixed(4))
}

/** What a take costs in US dollars; `amount` is null where it is unknown. */
export type Spent = {
  readonly currency: 'USD'
  readonly amount: number | null
  /** True until the provider has said what it took, in units whose price is known. */
  readonly estimated: boolean
}

/** What was taken for a take, else what it is expected to cost. */
export function spentOn({
  settings,
  estimate,
  cost,
  state,
}: Pick<Take, 'settings' | 'estimate' | 'cost' | 'state'>): Spent {
  // As the limits count: what failed costs nothing unless the provider says so.
  if (state === 'REMOTE_FAILED' && cost === null) return { currency: 'USD', amount: 0, estimated: true }
  if (state === 'REJECTED') return { currency: 'USD', amount: 0, estimated: false }
  const deducted = deductedOf({ settings, perSecond: estimate.perSecond, cost })
  const isFree = estimate.amount === 0 && cost === null
  return { currency: 'USD', amount: deducted ?? estimate.amount, estimated: deducted === null && !isFree }
}

/** The same in words. */
export function spentWords({ amount, estimated }: Spent): string {
  if (amount === null) return 'cost unknown'
  if (amount === 0) return estimated ? 'no charge reported' : 'free'
  return `${estimated ? 'about ' : ''}${amount.toFixed(2)} USD`
}
