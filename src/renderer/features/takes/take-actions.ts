import type { ModelRules } from '../../../shared/rules/rules.ts'
import type { Take, TakeState } from '../../../shared/take.ts'

/** What the user can do with a take besides reading it. */
export type TakeOffer =
  | 'compare'
  | 'save'
  | 'reveal'
  | 'cancel'
  | 'cancel-remote'
  | 'stop-watching'
  | 'check-again'
  | 'adopt'
  | 'submit-again'
  | 'give-up'

const none: readonly TakeOffer[] = []

/** In order of weight. What may spend money stands after what is free, and asks before it does anything. */
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

/** `model` says what its provider can do with a task that is already there. */
export function offersFor(take: Take, model: ModelRules | undefined): readonly TakeOffer[] {
  // A hold before the submit still runs on this machine only.
  if (take.state === 'HELD')
    return take.taskId === null ? ['check-again', 'cancel'] : ['check-again', 'stop-watching']
  if (take.state === 'ACKED') return ['check-again', model?.cancel ? 'cancel-remote' : 'stop-watching']
  return offers[take.state]
}
