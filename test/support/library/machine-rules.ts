import type { Attempt } from '../../../src/main/takes/attempt.ts'
import type { TakeEvent, TakeEventType } from '../../../src/main/takes/take-event.ts'
import type { TakeState } from '../../../src/shared/domain/take.ts'
import { fullAttempt } from './an-attempt.ts'

export const later = '2026-11-20T13:00:00.000Z'
export const problem = { code: 'provider-failed', message: 'what happened' } as const
const cost = { units: '11', unitName: 'credits' }
const { preparedClip, preparedCharacter, estimate, result } = fullAttempt()
if (!preparedClip || !preparedCharacter || !estimate || !result)
  throw new Error('a full attempt has them all')
const clip = { ...preparedClip, bytes: 1000 }
const character = { ...preparedCharacter, bytes: 2000 }
const noUrls = { clipUrl: null, characterUrl: null, urlsUntil: null }

type Row<Type extends TakeEventType> = {
  readonly event: Extract<TakeEvent, { type: Type }>
  /** Where it leads from each state in which it is heard; in every other state it changes nothing. */
  readonly leads: Partial<Record<TakeState, TakeState>>
  /** What it changes besides the state. */
  readonly changes?: Partial<Attempt>
}

/** The rules of docs/decisions/0004-once-only-submits.md, spelled out once more and independently of the machine. */
export const rules: { readonly [Type in TakeEventType]: Row<Type> } = {
  'prepare-started': {
    event: { type: 'prepare-started', estimate: { ...estimate, amount: 5 } },
    leads: { DRAFT: 'PREPARING' },
    changes: { estimate: { ...estimate, amount: 5 }, agreedAt: later, problem: null },
  },
  prepared: {
    event: { type: 'prepared', clip, character, commands: ['ffmpeg -new'] },
    leads: { PREPARING: 'PREPARED' },
    changes: { preparedClip: clip, preparedCharacter: character, commands: ['ffmpeg -new'], problem: null },
  },
  'prepare-failed': {
    event: { type: 'prepare-failed', problem },
    leads: { PREPARING: 'DRAFT' },
    changes: { problem },
  },
  'upload-started': { event: { type: 'upload-started' }, leads: { PREPARED: 'UPLOADING' }, changes: noUrls },
  uploaded: {
    event: { type: 'uploaded', clipUrl: 'https://x/clip', characterUrl: 'https://x/character', until: 41 },
    leads: { UPLOADING: 'UPLOADED' },
    changes: { clipUrl: 'https://x/clip', characterUrl: 'https://x/character', urlsUntil: 41 },
  },
  unsendable: {
    event: { type: 'unsendable', problem },
    leads: { UPLOADING: 'DRAFT', READY: 'DRAFT', INTENT: 'DRAFT' },
    changes: { problem },
  },
  'upload-lost': {
    event: { type: 'upload-lost' },
    leads: { UPLOADED: 'PREPARED', READY: 'PREPARED' },
    changes: noUrls,
  },
  ready: { event: { type: 'ready' }, leads: { UPLOADED: 'READY' }, changes: { problem: null } },
  intent: {
    event: { type: 'intent', paidWith: 'other key' },
    leads: { READY: 'INTENT' },
    changes: { paidWith: 'other key' },
  },
  wire: { event: { type: 'wire' }, leads: { INTENT: 'WIRE' }, changes: { wiredAt: later } },
  accepted: {
    event: { type: 'accepted', taskId: 'task-9' },
    leads: { WIRE: 'ACKED', UNKNOWN: 'ACKED', NEEDS_USER: 'ACKED', ABANDONED: 'ACKED' },
    changes: { taskId: 'task-9', ackedAt: later, problem: null },
  },
  refused: { event: { type: 'refused', problem }, leads: { WIRE: 'REJECTED' }, changes: { problem } },
  unknown: {
    event: { type: 'unknown', problem, requestId: 'request-9', advice: 'Wait.' },
    leads: { WIRE: 'UNKNOWN' },
    changes: { problem, answered: null, answerAdvice: 'Wait.', requestId: 'request-9' },
  },
  'ask-user': {
    event: { type: 'ask-user', problem },
    leads: { UNKNOWN: 'NEEDS_USER', ACKED: 'NEEDS_USER' },
    changes: { problem },
  },
  'check-again': {
    event: { type: 'check-again' },
    leads: { NEEDS_USER: 'ACKED' },
    changes: { failedFetches: 0 },
  },
  noticed: {
    event: { type: 'noticed', problem },
    leads: { ACKED: 'ACKED' },
    changes: { since: fullAttempt().since, problem },
  },
  'remote-done': {
    event: {
      type: 'remote-done',
      taskId: 'task-9',
      url: 'https://x/9.mp4',
      watermarkUrl: 'https://x/9-marked.mp4',
      cost,
      until: 43,
    },
    leads: { ACKED: 'REMOTE_DONE' },
    changes: {
      taskId: 'task-9',
      resultUrl: 'https://x/9.mp4',
      watermarkUrl: 'https://x/9-marked.mp4',
      markProblem: null,
      resultUntil: 43,
      cost,
      problem: null,
    },
  },
  'remote-failed': {
    event: { type: 'remote-failed', problem, cost },
    leads: { ACKED: 'REMOTE_FAILED' },
    changes: { problem, cost },
  },
  'download-started': { event: { type: 'download-started' }, leads: { REMOTE_DONE: 'DOWNLOADING' } },
  'link-lost': {
    event: { type: 'link-lost', problem },
    leads: { REMOTE_DONE: 'ACKED', DOWNLOADING: 'ACKED' },
    changes: { resultUrl: null, failedFetches: 4, problem },
  },
  verified: {
    event: { type: 'verified', result: { ...result, bytes: 100 } },
    leads: { DOWNLOADING: 'VERIFIED' },
    changes: { result: { ...result, bytes: 100 } },
  },
  'result-lost': {
    event: { type: 'result-lost' },
    leads: { VERIFIED: 'REMOTE_DONE' },
    changes: { result: null },
  },
  done: {
    event: { type: 'done', resultTime: 47 },
    leads: { VERIFIED: 'DONE' },
    changes: { resultTime: 47, problem: null },
  },
  'mark-found': {
    event: { type: 'mark-found', url: 'https://x/marked.mp4' },
    leads: { DONE: 'DONE' },
    changes: {
      since: fullAttempt().since,
      watermarkUrl: 'https://x/marked.mp4',
      watermarked: null,
      markProblem: null,
    },
  },
  'mark-verified': {
    event: { type: 'mark-verified', result: { ...result, bytes: 101 } },
    leads: { DONE: 'DONE' },
    changes: { since: fullAttempt().since, watermarked: { ...result, bytes: 101 } },
  },
  marked: {
    event: { type: 'marked' },
    leads: { DONE: 'DONE' },
    changes: { since: fullAttempt().since, watermarkUrl: null, markProblem: null },
  },
  'mark-missed': {
    event: { type: 'mark-missed', problem },
    leads: { DONE: 'DONE' },
    changes: { since: fullAttempt().since, watermarkUrl: null, watermarked: null, markProblem: problem },
  },
  'fetch-to': {
    event: { type: 'fetch-to', folder: '/other' },
    leads: { ACKED: 'ACKED', REMOTE_DONE: 'REMOTE_DONE', DOWNLOADING: 'REMOTE_DONE' },
    changes: { result: null, watermarked: null, markProblem: null, resultFolder: '/other', problem: null },
  },
  expired: {
    event: { type: 'expired', problem },
    leads: { ACKED: 'EXPIRED', REMOTE_DONE: 'EXPIRED', DOWNLOADING: 'EXPIRED' },
    changes: { problem },
  },
  held: { event: { type: 'held', problem, until: 53 }, leads: {} },
  released: { event: { type: 'released' }, leads: { HELD: 'UPLOADING' }, changes: { problem: null } },
  cancelled: {
    event: { type: 'cancelled' },
    leads: {
      PREPARING: 'DRAFT',
      PREPARED: 'DRAFT',
      UPLOADING: 'DRAFT',
      UPLOADED: 'DRAFT',
      READY: 'DRAFT',
      INTENT: 'DRAFT',
      HELD: 'DRAFT',
    },
    changes: { ...noUrls, problem: null },
  },
  'given-up': {
    event: { type: 'given-up' },
    leads: {
      DRAFT: 'ABANDONED',
      HELD: 'ABANDONED',
      UNKNOWN: 'ABANDONED',
      NEEDS_USER: 'ABANDONED',
      ACKED: 'ABANDONED',
      REMOTE_DONE: 'ABANDONED',
    },
  },
  parted: {
    event: { type: 'parted', problem },
    leads: { NEEDS_USER: 'ABANDONED', ABANDONED: 'ABANDONED' },
    changes: { wiredAt: null, problem },
  },
  displaced: {
    event: { type: 'displaced', problem },
    leads: {
      PREPARING: 'DRAFT',
      PREPARED: 'DRAFT',
      UPLOADING: 'DRAFT',
      UPLOADED: 'DRAFT',
      READY: 'DRAFT',
      INTENT: 'DRAFT',
      HELD: 'DRAFT',
    },
    changes: { ...noUrls, displacedAt: later, problem },
  },
  restarted: { event: { type: 'restarted' }, leads: {} },
}
