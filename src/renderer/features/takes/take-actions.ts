import type { Take, TakeState } from '../../../shared/take.ts'

/** What the user can do with a take besides reading it. */
export type TakeOffer =
  'compare' | 'save' | 'reveal' | 'cancel' | 'check-again' | 'adopt' | 'submit-again' | 'give-up'

const none: readonly TakeOffer[] = []

/** In order of weight; nothing that spends money ever comes first. */
const offers: Readonly<Record<TakeState, readonly TakeOffer[]>> = {
  DRAFT: ['give-up'],
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
  REJECTED: none,
  REMOTE_FAILED: none,
  EXPIRED: none,
  ABANDONED: none,
}

export function offersFor(take: Take): readonly TakeOffer[] {
  // A hold before the submit still runs on this machine only.
  if (take.state === 'HELD' && take.taskId === null && take.attempt === 0) return ['check-again', 'cancel']
  return offers[take.state]
}
