import type { Take, TakeState } from '../domain/take.ts'
import type { ProblemCode } from '../outcome.ts'

type TakeTone = 'info' | 'good' | 'warn' | 'bad'

/** Where a take stands, for somebody who knows none of its machinery. */
export type TakeWords = {
  /** What is happening now, in a few words. */
  readonly label: string
  /** What happens next by itself, or that nothing does; whole sentences. */
  readonly next: string
  /** What the user can do; whole sentences, or null where there is nothing to do. */
  readonly can: string | null
  readonly tone: TakeTone
  /** True while something goes on by itself. */
  readonly busy: boolean
}

/** What of a take its words depend on. */
export type Worded = Pick<Take, 'state' | 'host' | 'taskId' | 'resume' | 'problem' | 'resultFolder'>

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
    label: 'Waits to be sent',
    next: 'Nothing was paid for this attempt. It goes on by itself.',
  },
  unknown: {
    label: 'Not sure it arrived',
    next: 'Understudy asks the provider as soon as it can. It is not sent a second time by itself.',
  },
  running: {
    label: 'Waits for an answer',
    next: 'The task goes on at the provider meanwhile, and its result is fetched by itself.',
  },
  'to fetch': {
    label: 'The result waits to be fetched',
    next: 'The provider is done. The download goes on by itself.',
  },
  fetched: {
    label: 'The result waits for its place',
    next: 'The result is here and whole. It goes on by itself.',
  },
}

const noKey = {
  label: 'Waits for the key',
  can: 'Enter its key on the accounts page, or press Check again once it is there.',
}
const noRoom = {
  label: 'Waits for room on the disk',
  can: 'Free some space.',
}
const refusedAccount = {
  label: 'Waits for the account',
  next: 'Nothing was sent and nothing was paid for this attempt. All takes of the account that wait go on as soon as it is put right.',
}

/** What a hold says beyond its standing, by its reason. */
const byReason: Partial<Record<ProblemCode, Partial<Record<Standing, Partial<Words>>>>> = {
  'disk-full': {
    unsent: {
      ...noRoom,
      next: 'Nothing was sent and nothing was paid for this attempt. It goes on by itself when there is room.',
    },
    'to fetch': {
      ...noRoom,
      label: 'The result waits for room',
      next: 'The download goes on by itself when there is room.',
      can: 'Free some space, or have the result put into another folder.',
    },
    fetched: { ...noRoom, next: 'The result is here and whole. It goes on by itself when there is room.' },
  },
  'folder-unwritable': {
    'to fetch': {
      label: 'The result waits for its folder',
      next: 'The download goes on by itself when the folder is there again.',
      can: 'Plug its disk in again or put the folder back, or choose another folder.',
    },
    fetched: {
      label: 'The result’s file is in use',
      next: 'The result is here and whole. It gets its name as soon as the other program lets go of the file.',
      can: 'Close whatever has it open.',
    },
  },
  'provider-silent': {
    unsent: {
      label: 'Waits for the provider',
      next: 'Nothing was started and nothing was paid for this attempt. It goes on by itself as soon as the provider can take it.',
    },
    'to fetch': { label: 'Waits for the provider' },
  },
  'account-key': { unsent: refusedAccount, unknown: noKey, running: noKey, 'to fetch': noKey },
  'account-money': { unsent: refusedAccount },
  'account-rights': { unsent: refusedAccount },
  'tool-missing': {
    'to fetch': {
      label: 'The result cannot be checked yet',
      next: 'It is on this computer and stays there. It is checked by itself when the video tools work again.',
      can: 'Install ffmpeg on this computer.',
    },
  },
  'tool-failed': {
    'to fetch': {
      label: 'The result cannot be checked yet',
      next: 'It is on this computer and stays there. Checking it is tried again by itself.',
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
