import type { Provider } from '../../providers/provider.ts'
import type { TakeEvent } from '../take-event.ts'
import { findTask, type LookUp } from './find-task.ts'
import { followedByOtherTake, maybeSentBefore, maybeSentByCopy } from './problems.ts'
import { holdFor, type StepContext } from './step.ts'

/** What to do with a request that was put off, after looking it up; null if it may be sent again. */
function putOff({ parts, patience }: StepContext, found: LookUp, settle: number): 'wait' | 'unknown' | null {
  if (found.kind === 'absent' || found.kind === 'unable') return null
  if (found.kind !== 'silent') return 'unknown'
  // The time since it was sent doesn’t matter: it may be an hour old when the connection fails for a moment.
  patience.silentSince ??= parts.clock.monotonic()
  return parts.clock.monotonic() - patience.silentSince < settle ? 'wait' : 'unknown'
}

/**
 * Asks the provider, just before sending, whether a request arrived already; null if it may be sent. This concerns
 * requests that were put off, because a proxy may have answered for the provider. It also concerns requests of an
 * earlier process, because a copy of the library or a restored computer may have sent them with the same own id.
 */
export async function alreadySent(context: StepContext, { find }: Provider): Promise<TakeEvent | null> {
  const { parts, patience, record, signal, commit } = context
  const { attempt } = record
  const wasPutOff = attempt.triedAt !== null
  const isElsewhere = find?.byOwnId === true && parts.begunBefore(attempt)
  if (!find || !(wasPutOff || isElsewhere)) return null
  const found = await findTask(parts, record, find, signal)
  if (found.kind === 'found') {
    // From here on it counts as sent and paid for.
    commit({ type: 'wire' })
    parts.onMoreTasks(record, found.others)
    return { type: 'accepted', taskId: found.taskId }
  }
  // The stop interrupted the look-up, so its answer means nothing.
  if (signal.aborted) return null
  if (found.kind !== 'silent') patience.silentSince = null
  if (!wasPutOff) {
    if (found.kind === 'unclear') return { type: 'unsendable', problem: followedByOtherTake(found.taskIds) }
    // Unless there may be a copy, a provider that doesn’t answer does not stop the take from being sent.
    return found.kind === 'silent' && attempt.displacedAt !== null
      ? { type: 'held', problem: maybeSentByCopy, until: holdFor(parts, 60) }
      : null
  }
  const next = putOff(context, found, find.settle)
  if (next === 'wait') return { type: 'held', problem: maybeSentBefore, until: holdFor(parts, 30) }
  if (next === null) return null
  commit({ type: 'wire' })
  return { type: 'unknown', problem: maybeSentBefore }
}
