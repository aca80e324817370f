import type { Problem } from '../../shared/outcome.ts'
import type { Take, TakeState } from '../../shared/take.ts'

/** What is announced about a take while it is followed, one JSON object a line. */
export type TakeLine =
  | {
      readonly event: 'state'
      readonly take: string
      readonly attempt: number
      readonly state: TakeState
      readonly at: string
      readonly taskId?: string
      readonly problem?: Problem
    }
  | {
      readonly event: 'progress'
      readonly take: string
      readonly attempt: number
      readonly state: TakeState
      readonly fraction: number | null
      /** Seconds, as the provider says. */
      readonly eta?: number
    }

const percent = (take: Take) => (take.progress === null ? null : Math.floor(take.progress * 100))

/** The line that tells how a take changed; nothing where the change is not worth one. */
export function lineFor(before: Take | undefined, take: Take): TakeLine | null {
  const about = { take: take.id, attempt: take.attempt, state: take.state }
  if (before?.state !== take.state || before.attempt !== take.attempt)
    return {
      event: 'state',
      ...about,
      at: take.since,
      ...(take.taskId !== null && { taskId: take.taskId }),
      ...(take.problem !== null && { problem: take.problem }),
    }
  const further = take.progress !== null && percent(take) !== percent(before)
  const nearer = take.eta !== null && take.eta !== before.eta
  if (!further && !nearer) return null
  return { event: 'progress', ...about, fraction: take.progress, ...(take.eta !== null && { eta: take.eta }) }
}

const sentences: Readonly<Record<TakeState, (take: Take) => string>> = {
  DRAFT: () => 'Draft: nothing was sent',
  PREPARING: () => 'Preparing the character and the clip',
  PREPARED: () => 'Prepared',
  UPLOADING: () => 'Putting the clip where the provider can fetch it',
  UPLOADED: () => 'The clip can be fetched',
  READY: () => 'Ready to submit',
  INTENT: () => 'Connecting to the provider',
  WIRE: () => 'Submitting',
  ACKED: (take) => `Submitted as task ${take.taskId ?? 'unknown'}`,
  REMOTE_DONE: () => 'The provider is done',
  DOWNLOADING: () => 'Bringing the result home',
  VERIFIED: () => 'The result is whole',
  DONE: () => 'Done',
  HELD: () => 'Waiting to try again',
  UNKNOWN: () => 'Asking the provider whether the submit arrived',
  NEEDS_USER: () => 'Needs your decision',
  REJECTED: () => 'Refused by the provider',
  REMOTE_FAILED: () => 'Failed at the provider',
  EXPIRED: () => 'The result expired before it could be fetched',
  ABANDONED: () => 'Given up',
}

export const stateSentence = (take: Take) => sentences[take.state](take)

/** The same line for a person; progress in steps of ten so that a log stays readable. */
export function textFor(before: Take | undefined, take: Take): string | null {
  const line = lineFor(before, take)
  if (line === null) return null
  const name = take.id.slice(-6)
  if (line.event === 'state') {
    const why = take.problem === null ? '' : `: ${take.problem.message}`
    return `${name}  ${stateSentence(take)}${why}`
  }
  if (line.fraction === null) return null
  const tens = Math.floor(line.fraction * 10)
  if (tens === Math.floor((before?.progress ?? 0) * 10)) return null
  return `${name}  ${String(tens * 10)} %`
}
