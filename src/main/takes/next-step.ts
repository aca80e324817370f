import type { TakeState } from '../../shared/domain/take.ts'
import type { Attempt } from './attempt.ts'

/** What is to be done next; it follows from the state alone, so a restart needs no memory of its own. */
export type StepName =
  | 'prepare'
  | 'upload'
  | 'ready'
  | 'intend'
  | 'send'
  | 'reconcile'
  | 'recheck'
  | 'watch'
  | 'open-download'
  | 'download'
  | 'finish'
  | 'fetch-marked'
  | 'wait'

const steps: Readonly<Record<TakeState, StepName | null>> = {
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
  NEEDS_USER: 'recheck',
  REJECTED: null,
  REMOTE_FAILED: null,
  EXPIRED: null,
  ABANDONED: null,
}

export const nextStep = (state: TakeState): StepName | null => steps[state]

/** The same for a whole attempt: of one that is done, the marked version may still have to be fetched. */
export const nextStepOf = ({
  state,
  watermarkUrl,
}: Pick<Attempt, 'state' | 'watermarkUrl'>): StepName | null =>
  state === 'DONE' && watermarkUrl !== null ? 'fetch-marked' : nextStep(state)
