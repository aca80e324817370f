import type { TakeState } from '../../shared/domain/take.ts'
import { interruptedSubmit } from './problems.ts'
import { acceptedAs, fetchedTo, mayMoveResult, unsentStates, type Attempt } from './attempt.ts'
import type { TakeEvent, TakeEventType } from './take-event.ts'

/** The states in which each event counts. In all others it changes nothing. */
const heardIn: Readonly<Record<TakeEventType, readonly TakeState[]>> = {
  'prepare-started': ['DRAFT'],
  prepared: ['PREPARING'],
  'prepare-failed': ['PREPARING'],
  'upload-started': ['PREPARED'],
  uploaded: ['UPLOADING'],
  unsendable: ['UPLOADING', 'READY', 'INTENT'],
  'upload-lost': ['UPLOADED', 'READY'],
  ready: ['UPLOADED'],
  intent: ['READY'],
  wire: ['INTENT'],
  accepted: ['WIRE', 'UNKNOWN', 'NEEDS_USER', 'ABANDONED'],
  refused: ['WIRE'],
  unknown: ['WIRE'],
  'ask-user': ['UNKNOWN', 'ACKED'],
  'check-again': ['NEEDS_USER'],
  noticed: ['ACKED'],
  'remote-done': ['ACKED'],
  'remote-failed': ['ACKED'],
  'download-started': ['REMOTE_DONE'],
  'link-lost': ['REMOTE_DONE', 'DOWNLOADING'],
  verified: ['DOWNLOADING'],
  'result-lost': ['VERIFIED'],
  done: ['VERIFIED'],
  'mark-found': ['DONE'],
  'mark-verified': ['DONE'],
  marked: ['DONE'],
  'mark-missed': ['DONE'],
  'fetch-to': ['ACKED', 'REMOTE_DONE', 'DOWNLOADING', 'HELD', 'DONE'],
  expired: ['ACKED', 'REMOTE_DONE', 'DOWNLOADING'],
  held: [
    'PREPARING',
    'UPLOADING',
    'READY',
    'INTENT',
    'WIRE',
    'ACKED',
    'UNKNOWN',
    'REMOTE_DONE',
    'DOWNLOADING',
    'VERIFIED',
  ],
  released: ['HELD'],
  // In INTENT nothing was sent. The step is stopped first, and its own event is applied before this one.
  cancelled: ['PREPARING', 'PREPARED', 'UPLOADING', 'UPLOADED', 'READY', 'INTENT', 'HELD'],
  'given-up': ['DRAFT', 'HELD', 'UNKNOWN', 'NEEDS_USER', 'ACKED', 'REMOTE_DONE'],
  parted: ['NEEDS_USER', 'ABANDONED'],
  displaced: ['PREPARING', 'PREPARED', 'UPLOADING', 'UPLOADED', 'READY', 'INTENT', 'HELD'],
  restarted: ['UPLOADING', 'INTENT', 'WIRE', 'DOWNLOADING', 'HELD', 'NEEDS_USER'],
}

/**
 * Where a take resumes after a hold or a restart. An interrupted step starts over; an interrupted submit starts at
 * READY.
 */
const resumePoint: Partial<Record<TakeState, TakeState>> = {
  UPLOADING: 'PREPARED',
  INTENT: 'READY',
  WIRE: 'READY',
  DOWNLOADING: 'REMOTE_DONE',
}
const resumeAt = (state: TakeState): TakeState => resumePoint[state] ?? state

type Change = Partial<Attempt> & Pick<Attempt, 'state'>

const noUrls = { clipUrl: null, characterUrl: null, urlsUntil: null }

/** The provider is asked by the task id if there is one, otherwise by our own id. */
const askingState = (attempt: Attempt) => (attempt.taskId === null ? 'UNKNOWN' : 'ACKED')

/** After each start a question is asked of the provider again, because it may know the answer by now. */
function restarted(attempt: Attempt): Change {
  if (attempt.state === 'NEEDS_USER') return { state: askingState(attempt) }
  if (attempt.state === 'WIRE') return { state: 'UNKNOWN', problem: interruptedSubmit }
  if (attempt.state === 'HELD') return { state: attempt.resume ?? 'DRAFT', problem: null }
  return { state: resumeAt(attempt.state), problem: null }
}

/** For events that keep the state. */
const beside = ({ state, since }: Attempt) => ({ state, since })

function change(attempt: Attempt, event: TakeEvent, now: string): Change {
  switch (event.type) {
    case 'prepare-started':
      return { state: 'PREPARING', estimate: event.estimate, agreedAt: now, problem: null }
    case 'prepared':
      return {
        state: 'PREPARED',
        preparedClip: event.clip,
        preparedCharacter: event.character,
        commands: [...event.commands],
        problem: null,
      }
    case 'prepare-failed':
      return { state: 'DRAFT', problem: event.problem }
    case 'upload-started':
      return { state: 'UPLOADING', ...noUrls }
    case 'uploaded':
      return {
        state: 'UPLOADED',
        clipUrl: event.clipUrl,
        characterUrl: event.characterUrl,
        urlsUntil: event.until,
      }
    case 'unsendable':
      return { state: 'DRAFT', problem: event.problem }
    case 'upload-lost':
      return { state: 'PREPARED', ...noUrls }
    case 'ready':
      return { state: 'READY', problem: null }
    case 'intent':
      return { state: 'INTENT', paidWith: event.paidWith }
    case 'wire':
      return { state: 'WIRE', wiredAt: now }
    case 'accepted':
      return acceptedAs(event.taskId, attempt, now)
    case 'refused':
      return { state: 'REJECTED', problem: event.problem }
    case 'unknown':
      return {
        state: 'UNKNOWN',
        problem: event.problem,
        answered: event.problem.detail ?? null,
        answerAdvice: event.advice ?? null,
      }
    case 'ask-user':
      return { state: 'NEEDS_USER', problem: event.problem }
    case 'check-again':
      return { state: askingState(attempt), failedFetches: 0 }
    case 'noticed':
      return { ...beside(attempt), problem: event.problem }
    case 'remote-done':
      return {
        state: 'REMOTE_DONE',
        taskId: event.taskId,
        resultUrl: event.url,
        resultUntil: event.until ?? attempt.resultUntil,
        watermarkUrl: event.watermarkUrl,
        markProblem: null,
        cost: event.cost,
        problem: null,
      }
    case 'remote-failed':
      return { state: 'REMOTE_FAILED', problem: event.problem, cost: event.cost }
    case 'download-started':
      return { state: 'DOWNLOADING' }
    case 'link-lost':
      return {
        state: 'ACKED',
        resultUrl: null,
        failedFetches: attempt.failedFetches + 1,
        problem: event.problem,
      }
    case 'verified':
      return { state: 'VERIFIED', result: event.result }
    case 'result-lost':
      return { state: 'REMOTE_DONE', result: null }
    case 'done':
      return { state: 'DONE', resultTime: event.resultTime ?? null, problem: null }
    case 'mark-found':
      return { ...beside(attempt), watermarkUrl: event.url, watermarked: null, markProblem: null }
    case 'mark-verified':
      return { ...beside(attempt), watermarked: event.result }
    case 'marked':
      return { ...beside(attempt), watermarkUrl: null, markProblem: null }
    case 'mark-missed':
      return { ...beside(attempt), watermarkUrl: null, watermarked: null, markProblem: event.problem }
    case 'fetch-to':
      return { ...fetchedTo(attempt, event.folder), problem: null }
    case 'expired':
      return { state: 'EXPIRED', problem: event.problem }
    case 'held':
      return {
        state: 'HELD',
        resume: resumeAt(attempt.state),
        heldUntil: event.until,
        problem: event.problem,
        // The provider said that it started nothing.
        ...(attempt.state === 'WIRE' && { wiredAt: null, triedAt: attempt.triedAt ?? attempt.wiredAt }),
      }
    case 'released':
      return { state: attempt.resume ?? 'DRAFT', problem: null }
    case 'cancelled':
      return { state: 'DRAFT', ...noUrls, problem: null }
    case 'given-up':
      return { state: 'ABANDONED' }
    case 'parted':
      // The ledger counts the task with the take that follows it now.
      return { state: 'ABANDONED', wiredAt: null, problem: event.problem }
    case 'displaced':
      return { state: 'DRAFT', ...noUrls, displacedAt: now, problem: event.problem }
    case 'restarted':
      return restarted(attempt)
  }
}

/** A hold after the submit never becomes a draft: the task may be running. */
const mayCancel = (attempt: Attempt) =>
  attempt.state !== 'HELD' || (attempt.resume !== null && unsentStates.has(attempt.resume))

export function hears(attempt: Attempt, type: TakeEventType): boolean {
  if ((type === 'cancelled' || type === 'displaced') && !mayCancel(attempt)) return false
  if (type === 'fetch-to' && !mayMoveResult(attempt)) return false
  return heardIn[type].includes(attempt.state)
}

const identified = (event: TakeEvent) =>
  'requestId' in event && event.requestId !== undefined ? { requestId: event.requestId } : {}

/**
 * The attempt after an event, or the same attempt if the event does not count in its state. Pure; the next step is
 * `nextStepOf(next)`. The rules are in docs/decisions/0004-once-only-submits.md.
 */
export function step(attempt: Attempt, event: TakeEvent, now: string): Attempt {
  if (!hears(attempt, event.type)) return attempt
  return {
    ...attempt,
    resume: null,
    heldUntil: null,
    since: now,
    ...identified(event),
    ...change(attempt, event, now),
  }
}
