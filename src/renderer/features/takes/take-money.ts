import { formatEstimate } from '../../../shared/domain/money.ts'
import { deductedOf } from '../../../shared/rules/deducted.ts'
import type { Take } from '../../../shared/domain/take.ts'

function deducted({ settings, estimate, cost }: Take): string[] {
  if (cost === null) return []
  const amount = deductedOf({ settings, perSecond: estimate.perSecond, cost })
  const units = `${cost.units} ${cost.unitName}`
  const inDollars =
    amount === null || amount === 0 || cost.unitName === 'USD' ? '' : ` (${amount.toFixed(2)} USD)`
  return [`deducted ${units}${inDollars}`]
}

function expected({ estimate, state }: Take): string[] {
  // The provider made nothing, so there is nothing to expect.
  if (state === 'REJECTED') return []
  const words = formatEstimate(estimate)
  return [estimate.amount === null ? words : `estimated ${words}`]
}

/** What a take is expected to cost, and what the provider says it took; null where it is free. */
export function moneyOf(take: Take): string | null {
  if (take.estimate.amount === 0 && (take.cost === null || Number(take.cost.units) === 0)) return null
  const words = [...deducted(take), ...(take.estimate.amount === 0 ? [] : expected(take))]
  return words.length === 0 ? null : words.join(' · ')
}
