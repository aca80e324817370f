import { basename } from 'node:path'
import { localDay, startOfDay } from '../../../shared/domain/local-day.ts'
import type { Guards, Estimate } from '../../../shared/domain/money.ts'
import type { Milliseconds, Timestamp } from '../../../shared/units.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { NewTake, Reached } from '../types.ts'
import { checkInputs } from '../../prepare/check-inputs.ts'
import type { Order } from '../attempt.ts'
import {
  costChanged,
  costUnknown,
  limitsExceeded,
  limitsUnknown,
  overDayLimit,
  overTakeLimit,
} from './problems.ts'
import { fingerprint } from './source-fingerprint.ts'
import type { StepParts } from '../steps/step.ts'

/** The limits that a take of this cost would exceed, as sentences. An unknown cost exceeds every limit. */
export function guardsPassed(
  guards: Guards,
  amount: number | null,
  spentSince: (from: Timestamp) => number,
  now: Milliseconds,
): readonly string[] {
  if (amount === 0) return []
  const { perTake, perDay, lost } = guards
  if (lost !== undefined) return [limitsUnknown]
  if (amount === null) {
    if (perTake === null && perDay === null) return []
    return [costUnknown]
  }
  const sentences: string[] = []
  if (perTake !== null && amount > perTake) sentences.push(overTakeLimit(amount, perTake))
  const spent = perDay === null ? 0 : spentSince(startOfDay(localDay(new Date(now))))
  if (perDay !== null && spent + amount > perDay) sentences.push(overDayLimit(spent + amount, perDay))
  return sentences
}

/** What decides where a take is sent. */
export type Reach = Pick<Order, 'settings' | 'baseUrl' | 'host' | 'clipUrl' | 'characterUrl'>

export type AdmitParts = Pick<StepParts, 'media' | 'clock' | 'limits'> & {
  /** The account and the clip host of a take, or why they can’t be reached. */
  readonly reach: (order: Reach) => Promise<Outcome<Reached>>
}

export type Consent = NewTake['consent']

/** Fails unless the cost is the one agreed to, and no limit is exceeded without consent. */
export function checkConsent(
  { limits, clock }: Pick<StepParts, 'limits' | 'clock'>,
  spentSince: (from: Timestamp) => number,
  consent: Consent,
  { amount }: Estimate,
): Outcome<null> {
  if (amount !== 0 && amount !== consent.amount) return costChanged
  const passed = guardsPassed(limits().guards, amount, spentSince, clock.now())
  if (passed.length === 0 || consent.passGuard) return ok(null)
  return limitsExceeded(passed)
}

/** Checks everything but the cost, and makes the order of a new take. */
export async function admit(parts: AdmitParts, take: NewTake): Promise<Outcome<Order>> {
  // Before the files are measured: later changes are noticed when they are prepared.
  const sources = { character: await fingerprint(take.character), clip: await fingerprint(take.clip) }
  const judged = await checkInputs(parts.media, take, parts.limits().prices, {})
  if (!judged.ok) return judged
  if (judged.value.refused) return { ok: false, problem: judged.value.refused }
  const reached = await parts.reach({ settings: take.settings, ...take.route })
  if (!reached.ok) return reached
  const { estimate } = judged.value.report
  if (estimate === null) throw new Error('a take without a clip was judged ready')
  const at = new Date(parts.clock.now()).toISOString()
  const { account, host } = reached.value
  return ok({
    ...take.route,
    id: take.id,
    createdAt: at,
    settings: { ...take.settings, account },
    window: take.window,
    characterPath: take.character,
    clipPath: take.clip,
    characterName: basename(take.character),
    clipName: basename(take.clip),
    host,
    sources,
    partOf: null,
    consent: { amount: take.consent.amount, at },
    estimate,
  })
}
