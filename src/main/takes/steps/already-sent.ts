import type { Provider } from '../../providers/provider.ts'
import type { TakeEvent } from '../take-event.ts'
import { findTask, type LookUp } from './find-task.ts'
import { followedByOtherTake, maybeSentBefore, maybeSentByCopy } from './problems.ts'
import { holdFor, type StepContext } from './step.ts'

/** What the look-up leaves of a request that was put off; null where it may be sent again. */
function putOff({ parts, patience }: StepContext, found: LookUp, settle: number): 'wait' | 'unknown' | null {
  if (found.kind === 'absent' || found.kind === 'unable') return null
  if (found.kind !== 'silent') return 'unknown'
  // How long ago it was sent says nothing: it may have been put off for an hour when the line fails for a moment.
  patience.silentSince ??= parts.clock.monotonic()
  return parts.clock.monotonic() - patience.silentSince < settle ? 'wait' : 'unknown'
}

/**
 * What became of a request that may have arrived already, looked for just before it is sent; null where it may be. Two
 * kinds are looked for. One was put off: the provider said that it was not accepted, but what stands between it and us
 * may have answered in its place. The other was begun by an earlier process: a copy of the library, or a state of this
 * computer that was put back as a whole, may have sent it, and the provider knows by our own id.
 */
export async function alreadySent(context: StepContext, { find }: Provider): Promise<TakeEvent | null> {
  const { parts, patience, record, signal, commit } = context
  const { attempt } = record
  const wasPutOff = attempt.triedAt !== null
  const isElsewhere = find?.byOwnId === true && parts.begunBefore(attempt)
  if (!find || !(wasPutOff || isElsewhere)) return null
  const found = await findTask(parts, record, find, signal)
  if (found.kind === 'found') {
    // From here on it counts as sent, and is paid for like anything that was.
    commit({ type: 'wire' })
    parts.onMoreTasks(record, found.others)
    return { type: 'accepted', taskId: found.taskId }
  }
  // Stopping the work cuts the answer off, which says nothing about the provider.
  if (signal.aborted) return null
  if (found.kind !== 'silent') patience.silentSince = null
  if (!wasPutOff) {
    if (found.kind === 'unclear') return { type: 'unsendable', problem: followedByOtherTake(found.taskIds) }
    // Without a sign of a copy, a provider that does not answer keeps nothing from being sent.
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
