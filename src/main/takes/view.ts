import type { Take } from '../../shared/take.ts'
import type { Fraction } from '../../shared/units.ts'
import type { TakeRecord } from './journal.ts'

function withoutPath<T extends { readonly path: string }>(file: T | null): Omit<T, 'path'> | null {
  if (file === null) return null
  const { path: _path, ...rest } = file
  return rest
}

/** The take as every face shows it: no path and no link of the provider is part of it. */
export function takeOf({ order, attempt }: TakeRecord, progress: Fraction | null): Take {
  return {
    id: order.id,
    state: attempt.state,
    attempt: attempt.number,
    createdAt: order.createdAt,
    since: attempt.since,
    settings: order.settings,
    characterName: order.characterName,
    clipName: order.clipName,
    estimate: order.estimate,
    taskId: attempt.taskId,
    host: order.host,
    progress,
    preparedClip: withoutPath(attempt.preparedClip),
    preparedCharacter: withoutPath(attempt.preparedCharacter),
    result: attempt.result,
    cost: attempt.cost,
    problem: attempt.problem,
  }
}
