import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { Take } from '../../shared/domain/take.ts'

/** The take of this id, or the only one whose id begins or ends so; upper and lower case are the same. */
export function findTake(takes: readonly Take[], given: string): Outcome<Take> {
  const part = given.trim().toUpperCase()
  const fitting = part === '' ? [] : takes.filter(({ id }) => id.startsWith(part) || id.endsWith(part))
  const [take, another] = fitting
  if (take === undefined)
    return fail('not-found', `There is no take “${given}”.`, {
      advice: 'understudy takes list names them all.',
    })
  if (another !== undefined)
    return fail('usage', `${fitting.length} takes begin or end with “${given}”.`, {
      advice: 'Type more of the id.',
    })
  return ok(take)
}
