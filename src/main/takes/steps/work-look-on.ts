import type { Milliseconds } from '../../../shared/units.ts'
import type { TaskStatus } from '../../providers/provider.ts'
import { lookOn } from './find-task.ts'
import type { TakeEvent } from '../take-event.ts'
import type { Doing, DoWork } from './step.ts'

/** A question about a task that is known: the longer it has stood, the rarer a look. */
const shortestWait: Milliseconds = 5 * 60_000
const longestWait: Milliseconds = 24 * 60 * 60_000
/** No provider keeps anything for longer. */
const nothingLeft: Milliseconds = 30 * 24 * 60 * 60_000

/** The task is known after all, or its result can be tried once more. */
const hasNews: ReadonlySet<TaskStatus['kind']> = new Set(['running', 'succeeded', 'failed'])

async function watchOn({ parts, record, signal }: Doing): Promise<TakeEvent | null> {
  const { attempt, order } = record
  const ackedAt = Date.parse(attempt.ackedAt ?? attempt.since)
  const stoodFor = Date.parse(attempt.since) - ackedAt
  let wait = Math.min(longestWait, Math.max(shortestWait, stoodFor))
  let next = Math.max(parts.clock.now(), Date.parse(attempt.since) + wait)
  // The signal may fire during any wait.
  const stopped = () => signal.aborted
  while (next - ackedAt < nothingLeft) {
    await parts.clock.sleep(Math.min(wait, Math.max(0, next - parts.clock.now())), signal)
    if (stopped()) return null
    const provider = await parts.providerOf(order)
    const status = provider.ok ? await provider.value.status(attempt.taskId ?? '', signal) : null
    if (stopped()) return null
    if (status !== null && hasNews.has(status.kind)) return { type: 'check-again' }
    wait = Math.min(longestWait, wait * 2)
    next = parts.clock.now() + wait
  }
  return null
}

/** While the question stands, the answer may still come by itself. */
export const workLookOn: DoWork = async (doing) => {
  const { parts, record, signal } = doing
  if (record.attempt.taskId !== null) return watchOn(doing)
  const found = await lookOn(parts, record, signal)
  if (found === null) return null
  parts.onMoreTasks(record, found.others)
  return { type: 'accepted', taskId: found.taskId }
}
