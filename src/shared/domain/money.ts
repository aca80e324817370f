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

/**
 * One paid attempt in the ledger. It is entered before the first byte is sent, and taken out only where the provider
 * itself said that nothing was started and the attempt waits to be sent once more.
 */
export type SpendEntry = {
  readonly take: string
  readonly attempt: number
  /** Id of the account; null for practice. */
  readonly account: string | null
  readonly provider: string
  readonly model: string
  readonly clipName: string
  /** When it was sent. */
  readonly at: Timestamp
  /** The estimate in US dollars that was agreed to; null where the cost was unknown. */
  readonly amount: number | null
  /** `open` until the provider has answered for good; `refused` and `failed` cost nothing where the provider says so. */
  readonly outcome: 'open' | 'refused' | 'failed' | 'done'
  /** What the provider says it took. */
  readonly cost: Cost | null
  /** The same in US dollars, at the price the account pays for a unit; null where that is not known. */
  readonly deducted: number | null
}

/** What an entry counts for in US dollars; null where nobody knows. What failed counts only where something was taken for it. */
export function countsFor({ outcome, cost, amount, deducted }: SpendEntry): number | null {
  if (outcome === 'refused') return 0
  if (outcome === 'failed' && !(Number(cost?.units ?? 0) > 0)) return 0
  return deducted ?? amount
}

/** The user's own limits in US dollars; null is no limit. Passing one needs a yes of its own. */
export type Guards = {
  readonly perTake: number | null
  readonly perDay: number | null
  /** The file whose limits could not be read: until somebody sets one, there may be any. */
  readonly lost?: string
}
