import type { TakeState } from '../../shared/domain/take.ts'
import type { Attempt } from './attempt.ts'

/** What is to be done next; it follows from the state alone, so a restart needs no memory of its own. */
export type Work =
  | 'prepare'
  | 'upload'
  | 'ready'
  | 'intend'
  | 'send'
  | 'reconcile'
  | 'look-on'
  | 'watch'
  | 'open-download'
  | 'download'
  | 'finish'
  | 'fetch-marked'
  | 'wait'

const works: Readonly<Record<TakeState, Work | null>> = {
  DRAFT: null,
  PREPARING: 'prepare',
  PREPARED: 'upload',
  UPLOADING: 'upload',
  UPLOADED: 'ready',
  READY: 'intend',
  INTENT: 'send',
  // Only the running request may end WIRE; after a crash `restarted` has already turned it into UNKNOWN.
  WIRE: null,
  ACKED: 'watch',
  REMOTE_DONE: 'open-download',
  DOWNLOADING: 'download',
  VERIFIED: 'finish',
  DONE: null,
  HELD: 'wait',
  UNKNOWN: 'reconcile',
  NEEDS_USER: 'look-on',
  REJECTED: null,
  REMOTE_FAILED: null,
  EXPIRED: null,
  ABANDONED: null,
}

export const nextStep = (state: TakeState): Work | null => works[state]

/** The same for a whole attempt: of one that is done, the marked version may still have to be fetched. */
export const workOf = ({ state, watermarkUrl }: Pick<Attempt, 'state' | 'watermarkUrl'>): Work | null =>
  state === 'DONE' && watermarkUrl !== null ? 'fetch-marked' : nextStep(state)
