import type { ModelRules } from '../../../shared/rules/rules.ts'
import type { Problem } from '../../../shared/outcome.ts'
import type { Take, TakeState } from '../../../shared/domain/take.ts'

/** What the user can do with a take besides reading it. */
export type TakeOffer =
  | 'compare'
  | 'save'
  | 'save-marked'
  | 'fetch-marked'
  | 'reveal'
  | 'fetch-again'
  | 'save-elsewhere'
  | 'cancel'
  | 'cancel-remote'
  | 'stop-watching'
  | 'check-again'
  | 'adopt'
  | 'submit-again'
  | 'give-up'

const none: readonly TakeOffer[] = []

/** In order of weight. What may spend money comes after what is free, and asks first. */
const offers: Readonly<Record<TakeState, readonly TakeOffer[]>> = {
  DRAFT: ['submit-again', 'give-up'],
  PREPARING: ['cancel'],
  PREPARED: ['cancel'],
  UPLOADING: ['cancel'],
  UPLOADED: ['cancel'],
  READY: ['cancel'],
  INTENT: none,
  WIRE: none,
  ACKED: ['check-again'],
  REMOTE_DONE: ['check-again'],
  DOWNLOADING: none,
  VERIFIED: none,
  DONE: ['compare', 'save', 'reveal'],
  HELD: ['check-again'],
  UNKNOWN: ['check-again', 'give-up'],
  NEEDS_USER: ['check-again', 'adopt', 'submit-again', 'give-up'],
  REJECTED: ['submit-again'],
  REMOTE_FAILED: ['submit-again'],
  EXPIRED: ['submit-again'],
  ABANDONED: ['submit-again'],
}

const stopOf = (model: ModelRules | undefined) => (model?.cancel ? 'cancel-remote' : 'stop-watching')

/** A hold offers what the state offers that it goes back to. */
function heldOffers({ resume }: Take, model: ModelRules | undefined): readonly TakeOffer[] {
  if (resume === 'UNKNOWN') return ['check-again', 'give-up']
  if (resume === 'ACKED') return ['check-again', stopOf(model)]
  if (resume === 'REMOTE_DONE') return ['check-again', 'save-elsewhere', 'give-up']
  return resume === 'VERIFIED' ? ['check-again'] : ['check-again', 'cancel']
}

/**
 * `model` says what its provider can do with an existing task. `resultProblem` and `markedProblem` say what is wrong
 * with the files of a finished take.
 */
export function offersFor(
  take: Take,
  model: ModelRules | undefined,
  resultProblem?: Problem,
  markedProblem?: Problem,
): readonly TakeOffer[] {
  if (take.state === 'HELD') return heldOffers(take, model)
  if (take.state === 'ACKED') return ['check-again', stopOf(model)]
  // The provider knows the task: a new attempt would surely be paid besides it.
  if (take.state === 'NEEDS_USER' && take.taskId !== null) return ['check-again', 'adopt', 'give-up']
  if (take.state === 'DONE' && resultProblem) return ['compare', 'fetch-again', 'save-elsewhere']
  if (take.state === 'DONE' && markedProblem) return [...offers.DONE, 'fetch-marked']
  if (take.state === 'DONE' && take.watermarked !== null) return ['compare', 'save', 'save-marked', 'reveal']
  if (take.state === 'DONE' && take.markProblem !== null) return [...offers.DONE, 'fetch-marked']
  return offers[take.state]
}
