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

const mayCancel = 'Nothing was sent yet, so cancelling it costs nothing.'

const plainWords: Readonly<Record<Exclude<TakeState, 'HELD'>, TakeWords>> = {
  DRAFT: {
    label: 'Not sent',
    next: 'Nothing was sent and nothing was paid for this attempt.',
    can: 'Start it again, or give it up.',
    tone: 'warn',
    busy: false,
  },
  PREPARING: going(
    'Preparing the files',
    'Next, the clip is put where the provider can fetch it.',
    mayCancel,
  ),
  PREPARED: going('Files are ready', 'Next, the clip is put where the provider can fetch it.', mayCancel),
  UPLOADING: going('Handing over the clip', 'Next, the take is sent to the provider.', mayCancel),
  UPLOADED: going('Clip is in place', 'Next, the take is sent to the provider.', mayCancel),
  READY: going(
    'Waits for its turn',
    'It is sent by itself as soon as it is its turn: an account runs only so many takes at once.',
    mayCancel,
  ),
  INTENT: going('About to be sent', 'It is sent once and never a second time by itself.'),
  WIRE: going('Sending', 'The provider answers in a moment.'),
  ACKED: going(
    'The provider is at work',
    'The result is fetched by itself. You may close Understudy meanwhile.',
  ),
  REMOTE_DONE: going('Finished at the provider', 'The result is fetched now.'),
  DOWNLOADING: going('Fetching the result', 'Next, the result is checked to the last frame.'),
  VERIFIED: going('Result is checked', 'It is put into its folder now.'),
  DONE: {
    label: 'Done',
    next: 'Nothing more is needed.',
    can: 'Compare it with the clip, or save it.',
    tone: 'good',
    busy: false,
  },
  UNKNOWN: {
    label: 'Not sure it arrived',
    next: 'Understudy is asking the provider. It is not sent a second time by itself.',
    can: null,
    tone: 'warn',
    busy: true,
  },
  NEEDS_USER: {
    label: 'Needs your decision',
    next: 'Nothing is sent and nothing is paid until you choose.',
    can: 'Look for it at the provider, then choose.',
    tone: 'warn',
    busy: false,
  },
  REJECTED: {
    label: 'Not accepted',
    next: 'The provider made nothing of it.',
    can: 'Mend what it names, then submit it again.',
    tone: 'bad',
    busy: false,
  },
  REMOTE_FAILED: {
    label: 'Failed at the provider',
    next: 'There is no result, and none will come.',
    can: 'Change the inputs or the prompt, then generate again.',
    tone: 'bad',
    busy: false,
  },
  EXPIRED: {
    label: 'Result is gone',
    next: 'The provider no longer keeps it, so it cannot be fetched any more. Nothing of yours was deleted.',
    can: 'Ask the provider with the task id whether it can still be had, or pay for a new attempt.',
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
  s3: 'Putting the files into your bucket',
  provider: 'Putting the files into the provider’s storage',
  tunnel: 'Putting the files behind a tunnel',
  given: 'Checking the address you gave',
  loopback: plainWords.UPLOADING.label,
}

/** The provider knows the task, so a new attempt would surely be a second one. */
const knownTask: Partial<TakeWords> = {
  next: 'Nothing is paid again by itself.',
  can: 'Look for its task at the provider, or check again. To pay for a new attempt, give this one up first.',
}

/** Nothing about it reaches the disk any more, so nothing of it may go on here. */
const unnoted: Partial<TakeWords> = {
  label: 'Cannot be noted down',
  next: 'Nothing goes on here until Understudy is started again. A task that was sent goes on at the provider.',
  tone: 'warn',
  busy: false,
}
const noRoomForNotes: Partial<TakeWords> = {
  label: 'Waits for room on the disk',
  next: 'It is noted down, and goes on by itself, as soon as there is room.',
  tone: 'warn',
}
const unanswered: Partial<TakeWords> = {
  label: 'Waits for an answer',
  next: 'Understudy keeps asking, and the result is fetched by itself.',
  can: 'Check the connection of this computer, and the key and the address of the account.',
  tone: 'warn',
}

const notUnderstood: Partial<TakeWords> = {
  label: 'Answer not understood',
  next: 'Understudy keeps asking, and the result is fetched as soon as it can be read.',
  can: 'Look for the task in the provider’s own console.',
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

function special({ state, host, taskId, resultFolder }: Worded): Partial<TakeWords> {
  if (state === 'UPLOADING' && host !== null) return { label: handingOver[host] }
  if (state === 'NEEDS_USER' && taskId !== null) return knownTask
  if (state === 'DONE' && resultFolder !== null) return { next: `The result lies in “${resultFolder}”.` }
  return {}
}

/** What a problem advises is about this very take; in these states it would only repeat the ways out that are shown. */
const ownAdvice: ReadonlySet<TakeState> = new Set<TakeState>(['NEEDS_USER', 'EXPIRED'])

/** Whoever gave a take up has decided; only where its task went to a take of its own is there something to know. */
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

/** Where a take stands, in a few words. */
export const labelOf = (take: Worded): string => wordsOf(take).label
