import type { Problem } from '../../../shared/outcome.ts'
import type { Take, TakeState } from '../../../shared/domain/take.ts'
import { wordsOf } from '../../../shared/text/take-status.ts'

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
  const isNewProblem =
    take.state === 'ACKED' && take.problem !== null && take.problem.code !== before?.problem?.code
  if (before?.state !== take.state || before.attempt !== take.attempt || isNewProblem)
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

/** The state of a take, in the words of the window. */
export const stateSentence = (take: Take) => {
  const { label } = wordsOf(take)
  return take.state === 'ACKED' && take.taskId !== null ? `${label} (task ${take.taskId})` : label
}

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
  return `${name}  ${String(tens * 10)}%`
}
