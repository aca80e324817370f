import type { Seconds, Timestamp } from '../units.ts'

/** What a take is expected to cost. An unknown rate stays unknown: it is never guessed. */
export type Estimate = {
  readonly currency: 'USD'
  /** null when the provider's rate is unknown. */
  readonly amount: number | null
  readonly perSecond: number | null
  /** The seconds that will come out. */
  readonly seconds: Seconds
  readonly asOf: Timestamp
  readonly source: string
}

/** What the provider says it took, in its own words and units. */
export type Cost = { readonly units: string; readonly unitName: string }

export const formatCost = ({ units, unitName }: Cost): string => `${units} ${unitName}`

export function formatEstimate(estimate: Estimate): string {
  if (estimate.amount === null) return 'cost unknown'
  if (estimate.amount === 0) return 'free'
  return `about ${estimate.amount.toFixed(2)} ${estimate.currency}`
}
