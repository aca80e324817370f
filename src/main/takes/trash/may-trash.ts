import type { Milliseconds } from '../../../shared/units.ts'
import { terminalStates } from '../../../shared/domain/take.ts'
import type { Attempt } from '../attempt.ts'
import { mayStartElsewhere, mayStillStart } from '../late-tasks.ts'

/** What keeps a take out of the trash. */
export type Obstacle = 'running' | 'waiting' | 'question' | 'uploads' | 'watermark' | 'late-task'

type Known = {
  /** Oldest first; the last one is the take’s newest. */
  readonly attempts: readonly Attempt[]
  /** Whether a file of it may still be online. */
  readonly isUp: boolean
  readonly now: Milliseconds
}

/** Why a take can’t be put into the trash; null if it can. Nobody looks after a take that is in there. */
export function obstacleTo({ attempts, isUp, now }: Known): Obstacle | null {
  const newest = attempts.at(-1)
  if (newest === undefined) return 'running'
  if (newest.state === 'NEEDS_USER') return 'question'
  if (newest.state === 'HELD') return 'waiting'
  if (newest.state !== 'DRAFT' && !terminalStates.has(newest.state)) return 'running'
  if (newest.watermarkUrl !== null) return 'watermark'
  if (attempts.some((one) => mayStillStart(one, now) || mayStartElsewhere(one, now))) return 'late-task'
  return isUp ? 'uploads' : null
}
