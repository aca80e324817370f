import { formatEstimate, type Estimate } from '../../shared/domain/money.ts'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'
import type { Session } from './session.ts'
import { costUnknown, consentNeeded, cancelledUnsent, notAgreed, overLimit } from './problems.ts'

type Asking = {
  readonly estimate: Estimate
  /** The user agreed beforehand. */
  readonly yes: boolean
  /** What is paid for, to follow "Pay for". */
  readonly what: string
  /** What else is to be known about the money; a whole sentence. */
  readonly besides?: string
}

/** The user's consent to the cost shown. What is free needs none; without a terminal, there is no way to ask. */
export async function consentTo(
  { estimate, yes, what, besides = '' }: Asking,
  { ask, signal, printer }: Session,
): Promise<Outcome<{ readonly amount: number | null }>> {
  const agreed = ok({ amount: estimate.amount })
  if (estimate.amount === 0) return agreed
  if (yes) {
    if (besides !== '') printer.note(besides)
    return agreed
  }
  const known = besides === '' ? '' : ` ${besides}`
  const price = formatEstimate(estimate)
  const costs = estimate.amount === null ? costUnknown : `${what} costs ${price}.`
  if (ask === null) return consentNeeded(what, price, known)
  const answer = await ask(`${costs} The provider never refunds it.${known} Continue?`, signal)
  if (signal.aborted) return cancelledUnsent
  return answer ? agreed : notAgreed
}

/** A limit of the user's own asks once more; where there is no terminal to ask at, it stops there. */
export async function askToPass(
  submit: (passGuard: boolean) => Promise<Outcome<Take>>,
  passGuard: boolean,
  { ask, signal }: Pick<Session, 'ask' | 'signal'>,
): Promise<Outcome<Take>> {
  const first = await submit(passGuard)
  if (first.ok || first.problem.code !== 'guard-passed') return first
  if (ask === null) return overLimit(first.problem)
  return (await ask(`${first.problem.message} Continue anyway?`, signal)) ? submit(true) : first
}
