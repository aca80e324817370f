import { basename } from 'node:path'
import type { Queued, Take } from '../../shared/domain/take.ts'
import type { Fraction, Milliseconds, Seconds, Timestamp } from '../../shared/units.ts'
import type { TakeRecord } from './record.ts'

function withoutPath<T extends { readonly path: string }>(file: T | null): Omit<T, 'path'> | null {
  if (file === null) return null
  const { path: _path, ...rest } = file
  return rest
}

const isoTime = (at: Milliseconds | null): Timestamp | null =>
  at === null ? null : new Date(at).toISOString()

/** How far the current step has come, where that is known. */
export type Progress = { readonly fraction: Fraction | null; readonly eta: Seconds | null }
export const noProgress: Progress = { fraction: null, eta: null }

/** The take as every face shows it, without paths and without links of the provider. */
export function takeOf(
  { order, attempt }: TakeRecord,
  { fraction, eta }: Progress,
  queued: Queued | null,
): Take {
  return {
    id: order.id,
    state: attempt.state,
    attempt: attempt.number,
    createdAt: order.createdAt,
    partOf: order.partOf,
    since: attempt.since,
    sentAt: attempt.wiredAt,
    resume: attempt.resume,
    heldUntil: isoTime(attempt.heldUntil),
    settings: order.settings,
    characterName: order.characterName,
    clipName: order.clipName,
    estimate: attempt.estimate ?? order.estimate,
    taskId: attempt.taskId,
    requestId: attempt.requestId,
    answered: attempt.answered,
    answerAdvice: attempt.answerAdvice,
    host: order.host,
    progress: fraction,
    eta,
    queued,
    preparedClip: withoutPath(attempt.preparedClip),
    preparedCharacter: withoutPath(attempt.preparedCharacter),
    result: attempt.result,
    watermarked: attempt.watermarkUrl === null ? attempt.watermarked : null,
    markComing: attempt.state === 'DONE' && attempt.watermarkUrl !== null,
    markProblem: attempt.markProblem,
    resultUntil: isoTime(attempt.resultUntil),
    resultFolder: attempt.resultFolder === null ? null : basename(attempt.resultFolder),
    cost: attempt.cost,
    problem: attempt.problem,
  }
}
