import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { Take } from '../../shared/take.ts'

/** The take of this id, or the only one whose id begins so; upper and lower case are the same. */
export function findTake(takes: readonly Take[], given: string): Outcome<Take> {
  const start = given.trim().toUpperCase()
  const fitting = start === '' ? [] : takes.filter((take) => take.id.startsWith(start))
  const [take, another] = fitting
  if (take === undefined)
    return fail('not-found', `There is no take “${given}”.`, {
      advice: 'understudy takes list names them all.',
    })
  if (another !== undefined)
    return fail('usage', `${fitting.length} takes begin with “${given}”.`, { advice: 'Type more of the id.' })
  return ok(take)
}
