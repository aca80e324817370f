import type { HostId } from '../domain/delivery.ts'
import { heldWords, type TakeWords, type Worded } from './on-hold.ts'
import type { TakeState } from '../domain/take.ts'

const going = (label: string, next: string, can: string | null = null): TakeWords => ({
  label,
  next,
  can,
  tone: 'info',
  busy: true,
})

const mayCancel = 'Nothing was sent yet, so cancelling is free.'

const plainWords: Readonly<Record<Exclude<TakeState, 'HELD'>, TakeWords>> = {
  DRAFT: {
    label: 'Not sent',
    next: 'Nothing was sent or charged for this attempt.',
    can: 'Start it again, or give it up.',
    tone: 'warn',
    busy: false,
  },
  PREPARING: going('Preparing the files', 'Next, the clip is made available to the provider.', mayCancel),
  PREPARED: going('Files are ready', 'Next, the clip is made available to the provider.', mayCancel),
  UPLOADING: going('Uploading', 'Next, the take is sent to the provider.', mayCancel),
  UPLOADED: going('Clip is ready for the provider', 'Next, the take is sent to the provider.', mayCancel),
  READY: going(
    'In the queue',
    'It will be sent when a slot is free. Each account runs a limited number of takes at once.',
    mayCancel,
  ),
  INTENT: going('About to be sent', 'Understudy sends it only once.'),
  WIRE: going('Sending', 'The provider answers in a moment.'),
  ACKED: going('Generating', 'The result downloads automatically. You can close Understudy.'),
  REMOTE_DONE: going('Finished at the provider', 'The download starts now.'),
  DOWNLOADING: going('Downloading', 'Next, every frame is checked.'),
  VERIFIED: going('Result checked', 'It is being moved to its folder.'),
  DONE: {
    label: 'Done',
    next: 'Nothing more to do.',
    can: 'Compare it with the clip, or save it.',
    tone: 'good',
    busy: false,
  },
  UNKNOWN: {
    label: 'No confirmation yet',
    next: 'Understudy is asking the provider. It won’t send the take again unless you choose to.',
    can: null,
    tone: 'warn',
    busy: true,
  },
  NEEDS_USER: {
    label: 'Needs your decision',
    next: 'Understudy sends nothing more until you choose.',
    can: 'Look for it on the provider’s website, then choose.',
    tone: 'warn',
    busy: false,
  },
  REJECTED: {
    label: 'Not accepted',
    next: 'The provider did not start this take.',
    can: 'Fix what the provider reported, then submit again.',
    tone: 'bad',
    busy: false,
  },
  REMOTE_FAILED: {
    label: 'Failed at the provider',
    next: 'There is no result.',
    can: 'Change the inputs or the prompt, then generate again.',
    tone: 'bad',
    busy: false,
  },
  EXPIRED: {
    label: 'Result is gone',
    next: 'The provider no longer keeps it, so it can’t be downloaded. None of your files were deleted.',
    can: 'Send the provider the task id and ask if the result still exists, or pay for a new attempt.',
    tone: 'bad',
    busy: false,
  },
  ABANDONED: {
    label: 'Given up',
    next: 'Understudy no longer follows this take.',
    can: null,
    tone: 'info',
    busy: false,
  },
}

/** The way the files take to the provider. */
const handingOver: Readonly<Record<HostId, string>> = {
  s3: 'Uploading to your bucket',
  provider: 'Uploading to the provider’s storage',
  tunnel: 'Opening a tunnel to the files',
  given: 'Checking your link',
  loopback: 'Making the files available',
}

/** The provider knows the task, so a new attempt would surely be a second one. */
const knownTask: Partial<TakeWords> = {
  next: 'Understudy doesn’t pay for another attempt unless you choose to.',
  can: 'Look for its task on the provider’s website, or check again. To pay for a new attempt, give this one up first.',
}

/** Its progress can't be saved any more, so it must not continue here. */
const unnoted: Partial<TakeWords> = {
  label: 'Can’t save progress',
  next: 'Restart Understudy to continue. A task that was sent keeps running at the provider.',
  tone: 'warn',
  busy: false,
}
const noRoomForNotes: Partial<TakeWords> = {
  label: 'Waiting for disk space',
  next: 'Understudy saves its progress and continues as soon as there is space.',
  tone: 'warn',
}
const unanswered: Partial<TakeWords> = {
  label: 'Waiting for an answer',
  next: 'Understudy keeps asking. The result downloads automatically.',
  can: 'Check this computer’s connection and the account’s key and address.',
  tone: 'warn',
}

const notUnderstood: Partial<TakeWords> = {
  label: 'Answer not understood',
  next: 'Understudy keeps asking and downloads the result once it understands the answer.',
  can: 'Look for the task on the provider’s website.',
  tone: 'warn',
}

function byProblem({ state, problem }: Worded): Partial<TakeWords> {
  if (problem === null) return {}
  // At rest, a problem says how it came to that.
  const goesOn = state !== 'HELD' && plainWords[state].busy
  if (problem.code === 'library-damaged') return unnoted
  if (goesOn && problem.code === 'disk-full') return noRoomForNotes
  if (state !== 'ACKED') return {}
  if (problem.code === 'answer-unclear') return notUnderstood
  return problem.code === 'provider-silent' ? unanswered : {}
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const endings: Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> = { one: 'st', two: 'nd', few: 'rd' }

/** 1st, 2nd, 3rd, 4th. */
export const ordinal = (count: number): string => `${String(count)}${endings[ordinals.select(count)] ?? 'th'}`

/** Why a take that could be sent is not sent yet. */
function waiting({ queued }: Worded): Partial<TakeWords> {
  if (queued === null) return {}
  if (queued.paused) return { label: 'Paused', next: 'Nothing new is sent until you resume the queue.' }
  return { label: queued.place === 1 ? 'Next in the queue' : `${ordinal(queued.place)} in the queue` }
}

function special(take: Worded): Partial<TakeWords> {
  const { state, host, taskId, resultFolder } = take
  if (state === 'READY') return waiting(take)
  if (state === 'UPLOADING' && host !== null) return { label: handingOver[host] }
  if (state === 'NEEDS_USER' && taskId !== null) return knownTask
  if (state === 'DONE' && resultFolder !== null) return { next: `The result is in “${resultFolder}”.` }
  return {}
}

/** What a problem advises is about this very take; in these states it would only repeat the ways out that are shown. */
const ownAdvice: ReadonlySet<TakeState> = new Set<TakeState>(['NEEDS_USER', 'EXPIRED'])

/** A take the user gave up needs no advice, unless its task became a separate take. */
const isGivenUp = ({ state, problem }: Worded) =>
  state === 'ABANDONED' && !/^[0-9A-HJKMNP-TV-Z]{26}$/.test(problem?.detail ?? '')

/**
 * The one table from a take to words: the card in the window and the command line say the same. Names of states and
 * codes are never part of it.
 */
export function wordsOf(take: Worded): TakeWords {
  if (take.state === 'HELD') return heldWords(take)
  const plain = plainWords[take.state]
  const advice = ownAdvice.has(take.state) || isGivenUp(take) ? undefined : take.problem?.advice
  return { ...plain, ...(advice !== undefined && { can: advice }), ...special(take), ...byProblem(take) }
}

/** The state of a take, in a few words. */
export const labelOf = (take: Worded): string => wordsOf(take).label
