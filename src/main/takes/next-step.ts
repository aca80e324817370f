import type { TakeState } from '../../shared/domain/take.ts'
import type { Attempt } from './attempt.ts'

/** The step that a state leads to. It follows from the state alone, so a restart needs no memory. */
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

/** The next step of an attempt: one that is done may still have its watermarked version to download. */
export const nextStepOf = ({
  state,
  watermarkUrl,
}: Pick<Attempt, 'state' | 'watermarkUrl'>): StepName | null =>
  state === 'DONE' && watermarkUrl !== null ? 'fetch-marked' : nextStep(state)
