import { fail, type Failure } from '../../../shared/outcome.ts'
import type { Obstacle } from './may-trash.ts'

const reasons: Readonly<Record<Obstacle, { readonly why: string; readonly advice: string }>> = {
  running: { why: 'it is still running', advice: 'Wait until it ends, or cancel it.' },
  waiting: { why: 'it waits to continue', advice: 'Cancel it, or give it up.' },
  question: { why: 'it has a question for you', advice: 'Answer the question, or give the take up.' },
  uploads: {
    why: 'files that were uploaded for it are still online',
    advice:
      'Understudy deletes them as soon as it reaches their host. Check that the host’s keys are still there.',
  },
  watermark: {
    why: 'its watermarked version is still being downloaded',
    advice: 'Wait until it is downloaded.',
  },
  'late-task': {
    why: 'the provider may still start a task of it',
    advice: 'Understudy looks for that task for a day. Try again tomorrow.',
  },
}

export type Blocked = {
  readonly id: string
  readonly clipName: string
  readonly obstacle: Obstacle
}

/** Names each take that can’t be put into the trash. None of the others was moved either. */
export function notTrashed(blocked: readonly Blocked[], asked: number): Failure {
  const [first] = blocked
  if (first === undefined) throw new Error('a take keeps others out of the trash')
  const { why, advice } = reasons[first.obstacle]
  if (asked === 1)
    return fail('usage', `The take of ${first.clipName} can’t be trashed now: ${why}.`, { advice })
  const lines = blocked.map(({ id, clipName, obstacle }) => `${id} (${clipName}): ${reasons[obstacle].why}`)
  const few = blocked.length === 1 ? 'One take' : `${String(blocked.length)} takes`
  return fail('usage', `${few} can’t be trashed now, so none was moved.`, {
    advice: 'Leave these out, or wait until they end.',
    detail: lines.join('\n'),
  })
}

export const inTrash = (id: string): Failure =>
  fail('not-found', `Take ${id} is in the trash.`, {
    advice: 'Restore it first: `understudy takes restore ID`.',
  })

export const notInTrash = (id: string): Failure =>
  fail('not-found', `There is no take ${id} in the trash.`, {
    advice: '`understudy takes list --trash` shows what is in it.',
  })

export const inSystemBin = (id: string): Failure =>
  fail('file-missing', `The folder of take ${id} is in the bin of your system.`, {
    advice: 'Put it back from there, then restore the take.',
  })

/** Both folders stay as they are. */
export const twoFolders = (id: string, where: string): Failure =>
  fail('file-exists', `There are two folders of take ${id}, one in the library and one in its trash.`, {
    advice: 'Move one of them elsewhere, then try again. Neither was changed.',
    detail: where,
  })

export const folderNotMoved = (detail: string): Failure =>
  fail('folder-unwritable', 'The folder of this take can’t be moved into the trash yet.', {
    advice: 'Close the program that has one of its files open.',
    detail,
  })

export const noBin = (detail: string): Failure =>
  fail('folder-unwritable', 'The bin of your system can’t be reached, so the takes stay in the trash.', {
    advice: 'Nothing was deleted. Try again, or move the folders out of the library’s trash folder.',
    detail,
  })
