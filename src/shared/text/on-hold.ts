import type { Take, TakeState } from '../domain/take.ts'
import type { ProblemCode } from '../outcome.ts'

type TakeTone = 'info' | 'good' | 'warn' | 'bad'

/** The state of a take, for someone who knows none of its machinery. */
export type TakeWords = {
  /** What is happening now, in a few words. */
  readonly label: string
  /** What happens next automatically, or that nothing does; whole sentences. */
  readonly next: string
  /** What the user can do; whole sentences, or null where there is nothing to do. */
  readonly can: string | null
  readonly tone: TakeTone
  /** True while something continues automatically. */
  readonly busy: boolean
}

/** What of a take its words depend on. */
export type Worded = Pick<
  Take,
  'state' | 'queued' | 'host' | 'taskId' | 'resume' | 'problem' | 'resultFolder'
>

/** How far a take that is held had come: what is at stake differs, and so does what it waits for. */
type Standing =
  /** Nothing has left this computer that could be charged. */
  | 'unsent'
  /** It may have been sent; the provider is still to be asked. */
  | 'unknown'
  /** The provider works on it. */
  | 'running'
  /** The provider is done, and the result is still to be fetched. */
  | 'to fetch'
  /** The result is on this computer. */
  | 'fetched'

const standings: Partial<Record<TakeState, Standing>> = {
  UNKNOWN: 'unknown',
  ACKED: 'running',
  REMOTE_DONE: 'to fetch',
  VERIFIED: 'fetched',
}

const standingOf = ({ resume }: Pick<Worded, 'resume'>): Standing =>
  (resume !== null && standings[resume]) || 'unsent'

type Words = Pick<TakeWords, 'label' | 'next' | 'can'>

const plain: Readonly<Record<Standing, Omit<Words, 'can'>>> = {
  unsent: {
    label: 'Waiting to be sent',
    next: 'Nothing was charged for this attempt. It continues automatically.',
  },
  unknown: {
    label: 'No confirmation yet',
    next: 'Understudy asks the provider as soon as it can. It won’t send the take again unless you choose to.',
  },
  running: {
    label: 'Waiting for an answer',
    next: 'The task keeps running at the provider. The result downloads automatically.',
  },
  'to fetch': {
    label: 'Waiting to download',
    next: 'The provider is done. The download resumes automatically.',
  },
  fetched: {
    label: 'Waiting to save the result',
    next: 'The download is complete. Understudy finishes up automatically.',
  },
}

const noKey = {
  label: 'Waiting for the key',
  can: 'Enter the key on the accounts page. If it is already there, press Check again.',
}
const noRoom = {
  label: 'Waiting for disk space',
  can: 'Free some space.',
}
const refusedAccount = {
  label: 'Waiting for the account',
  next: 'Nothing was sent or charged for this attempt. All waiting takes of this account continue once the account is fixed.',
}

/** What a hold says beyond its standing, by its reason. */
const byReason: Partial<Record<ProblemCode, Partial<Record<Standing, Partial<Words>>>>> = {
  'disk-full': {
    unsent: {
      ...noRoom,
      next: 'Nothing was sent or charged for this attempt. It continues automatically when there is space.',
    },
    'to fetch': {
      ...noRoom,
      label: 'The download needs disk space',
      next: 'The download resumes automatically when there is space.',
      can: 'Free some space, or save the result to another folder.',
    },
    fetched: { ...noRoom, next: 'The download is complete. Understudy finishes up when there is space.' },
  },
  'folder-unwritable': {
    'to fetch': {
      label: 'Waiting for the result folder',
      next: 'The download resumes automatically when the folder is available again.',
      can: 'Reconnect its disk, restore the folder, or choose another folder.',
    },
    fetched: {
      label: 'The result file is in use',
      next: 'The download is complete. Understudy finishes up when the other program closes the file.',
      can: 'Close the program that has it open.',
    },
  },
  'provider-silent': {
    unsent: {
      label: 'Waiting for the provider',
      next: 'Nothing was started or charged for this attempt. It continues automatically when the provider can take it.',
    },
    'to fetch': { label: 'Waiting for the provider' },
  },
  'account-key': { unsent: refusedAccount, unknown: noKey, running: noKey, 'to fetch': noKey },
  'account-money': { unsent: refusedAccount },
  'account-rights': { unsent: refusedAccount },
  'tool-missing': {
    'to fetch': {
      label: 'The result can’t be checked yet',
      next: 'It stays on this computer. It is checked automatically when the video tools work again.',
      can: 'Install ffmpeg on this computer.',
    },
  },
  'tool-failed': {
    'to fetch': {
      label: 'The result can’t be checked yet',
      next: 'It stays on this computer. The check is retried automatically.',
    },
  },
}

/** The words for a take that waits: by how far it had come, and by what it waits for. */
export function heldWords(take: Worded): TakeWords {
  const standing = standingOf(take)
  const reason = take.problem === null ? undefined : byReason[take.problem.code]?.[standing]
  const can = take.problem?.advice ?? null
  return { ...plain[standing], can, ...reason, tone: 'warn', busy: true }
}
