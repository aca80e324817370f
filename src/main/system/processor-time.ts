import type { Milliseconds } from '../../shared/units.ts'
import type { Clock } from './ports.ts'

export type ProcessorTime = {
  readonly clock: Pick<Clock, 'sleep'>
  /** What this process has had of the processor so far, all of its threads together. */
  readonly used: () => Milliseconds
}

export const processorUsed = (): Milliseconds => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const maxPart: Milliseconds = 1000
/** So much counts in any case: what hangs without working ends as well. */
const least = 0.1

/**
 * Resolves once a thread of this process can have worked for `limit`, or is aborted. On a machine that is busy with other
 * programs that takes longer: time in which this process got nothing of the processor says nothing about its work.
 */
export async function afterWork(
  limit: Milliseconds,
  { clock, used }: ProcessorTime,
  signal: AbortSignal,
): Promise<void> {
  const parts = Math.ceil(limit / maxPart)
  const part = limit / parts
  for (let worked = 0; worked < parts - 1e-6 && !signal.aborted;) {
    const before = used()
    await clock.sleep(part, signal)
    worked += Math.min(1, Math.max(least, (used() - before) / part))
  }
}
