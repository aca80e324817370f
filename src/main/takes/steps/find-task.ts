import type { Milliseconds } from '../../../shared/units.ts'
import type { Provider, Sought } from '../../providers/provider.ts'
import type { TakeRecord } from '../record.ts'
import type { StepParts } from './step.ts'

type Find = NonNullable<Provider['find']>

/** What the provider says about an attempt whose answer was lost. */
export type LookUp =
  /** `others`: more tasks that it made from the same request. */
  | { readonly kind: 'found'; readonly taskId: string; readonly others: readonly string[] }
  /** Tasks that fit, but none that is certainly this one. */
  | { readonly kind: 'unclear'; readonly taskIds: readonly string[] }
  | { readonly kind: 'absent' }
  /** Not found, and this service may not be able to find it. */
  | { readonly kind: 'unable' }
  | { readonly kind: 'silent' }

function soughtOf({ journal }: Pick<StepParts, 'journal'>, { order, attempt }: TakeRecord): Sought {
  return {
    ownId: attempt.ownId,
    clipUrl: attempt.clipUrl ?? '',
    characterUrl: attempt.characterUrl,
    sentAt: attempt.triedAt ?? attempt.wiredAt ?? attempt.since,
    settings: order.settings,
    known: journal.tasksOfOthers(attempt),
  }
}

/** Asks once for the task of an attempt. It never submits, and never gives one task to two takes. */
export async function findTask(
  parts: Pick<StepParts, 'journal'>,
  record: TakeRecord,
  find: Find,
  signal: AbortSignal,
): Promise<LookUp> {
  const found = await find.look(soughtOf(parts, record), signal)
  if (found.kind !== 'found' && found.kind !== 'several') return { kind: found.kind }
  const taskIds = found.kind === 'found' ? [found.taskId] : found.taskIds
  // Two takes that asked at the same time may have found the same task.
  const taken = new Set(parts.journal.tasksOfOthers(record.attempt))
  const [oldest, ...others] = taskIds
  // A link made by Understudy is in one request only; the user’s own link may be in several.
  const isCertain = others.length === 0 || record.order.clipUrl === null
  if (oldest === undefined || !isCertain || taskIds.some((id) => taken.has(id)))
    return { kind: 'unclear', taskIds }
  return { kind: 'found', taskId: oldest, others }
}

const firstGap: Milliseconds = 5 * 60_000
const laterGap: Milliseconds = 60 * 60_000
const maxSearchTime: Milliseconds = 24 * 60 * 60_000

/**
 * Keeps asking after the user was asked, because a provider may be late: after five minutes, then every hour for a
 * day. Null when the day is over, the signal fires, or the provider can’t be asked.
 */
export async function pollForTask(
  parts: Pick<StepParts, 'journal' | 'providerOf' | 'clock'>,
  record: TakeRecord,
  signal: AbortSignal,
): Promise<Extract<LookUp, { kind: 'found' }> | null> {
  const { attempt, order } = record
  const asked = Date.parse(attempt.since)
  const end = Date.parse(attempt.wiredAt ?? attempt.since) + maxSearchTime
  let next = Math.max(parts.clock.now(), asked + firstGap)
  // The signal may fire during any wait.
  const stopped = () => signal.aborted
  for (; next <= end; next = parts.clock.now() + laterGap) {
    // Never longer than one gap, even if the clock is set back.
    await parts.clock.sleep(Math.min(laterGap, Math.max(0, next - parts.clock.now())), signal)
    if (stopped()) return null
    const provider = await parts.providerOf(order)
    if (!provider.ok) continue
    if (!provider.value.find) return null
    const found = await findTask(parts, record, provider.value.find, signal)
    if (stopped()) return null
    if (found.kind === 'found') return found
  }
  return null
}
