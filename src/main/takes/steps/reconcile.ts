import type { Problem } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Provider, TaskStatus } from '../../providers/provider.ts'
import type { TakeEvent } from '../take-event.ts'
import { findTask, type LookUp, pollForTask } from './find-task.ts'
import {
  clipWasFetched,
  noAnswer,
  noLookUp,
  probablyUnsent,
  sentWithOtherKey,
  severalTasks,
} from './problems.ts'
import { waitFor, type StepContext, type Step } from './step.ts'

/** Gaps between look-ups of a task whose submit got no answer: short at first, then long. */
const lookGaps: readonly Milliseconds[] = [0, 2000, 3000, 5000, 10_000, 20_000, 20_000]
const laterLook: Milliseconds = 120_000

/** What an answer means once a task would have appeared. */
function conclusion(found: LookUp, sameKey: boolean, tired: boolean): Problem | null {
  if (found.kind === 'unable') return tired ? noLookUp : null
  if (found.kind === 'absent') return sameKey ? probablyUnsent : sentWithOtherKey
  return tired ? noAnswer : null
}

async function signOfStart({ parts, record }: StepContext): Promise<string | null> {
  const { attempt, order } = record
  const host = order.clipUrl === null ? await parts.hostOf(order) : null
  const at = host?.ok && attempt.clipUrl !== null ? host.value.lastFetch?.(attempt.clipUrl) : null
  if (at === null || at === undefined || attempt.wiredAt === null || at <= Date.parse(attempt.wiredAt))
    return null
  return clipWasFetched(at)
}

/** The provider’s answer to the submit, one line each, for the user’s decision. */
const saidThen = ({ problem }: StepContext['record']['attempt']): readonly string[] =>
  problem?.detail === undefined || problem.message === severalTasks([]).message
    ? []
    : problem.detail.split('\n')

async function ask(context: StepContext, problem: Problem): Promise<TakeEvent> {
  if (problem.detail !== undefined) return { type: 'ask-user', problem }
  const sign = await signOfStart(context)
  // A question that is asked again has these lines already.
  const lines = [...new Set([...saidThen(context.record.attempt), ...(sign === null ? [] : [sign])])]
  return {
    type: 'ask-user',
    problem: lines.length === 0 ? problem : { ...problem, detail: lines.join('\n') },
  }
}

/** Asks for the task of an attempt whose answer was lost. It never submits. */
export const reconcileStep: Step = async (context) => {
  const { parts, patience, record, signal } = context
  const { attempt } = record
  const { clock } = parts
  // Across two starts only the wall clock counts; within one process it may be changed at any time.
  const sentAt = Date.parse(attempt.wiredAt ?? attempt.since)
  const before = patience.inherited ? Math.max(0, clock.now() - sentAt) : 0
  patience.lookingSince ??= clock.monotonic() - before
  const { lookingSince } = patience
  for (let look = 0; ; look += 1) {
    await clock.sleep(lookGaps[look] ?? laterLook, signal)
    if (signal.aborted) return null
    // Each time, because the key may have been replaced.
    const provider = await parts.providerOf(record.order)
    if (!provider.ok) return waitFor(parts, provider.problem)
    const { find } = provider.value
    if (!find) return ask(context, noLookUp)
    const found = await findTask(parts, record, find, signal)
    if (found.kind === 'found') {
      parts.onMoreTasks(record, found.others)
      return { type: 'accepted', taskId: found.taskId }
    }
    if (found.kind === 'unclear') return ask(context, severalTasks(found.taskIds))
    // If this service may not be able to find it, a long search only keeps the user waiting.
    if (found.kind !== 'unable' && clock.monotonic() - lookingSince < find.settle) continue
    const problem = conclusion(found, paidWithThis(attempt, provider.value), look + 1 >= lookGaps.length)
    if (problem) return ask(context, problem)
  }
}

/** Another account’s key can’t see this task. Takes of older versions don’t record their key. */
const paidWithThis = ({ paidWith }: StepContext['record']['attempt'], provider: Provider) =>
  paidWith === null || provider.paidWith === undefined || provider.paidWith === paidWith

/** A known task that the user was asked about is checked less and less often. */
const minRecheckWait: Milliseconds = 5 * 60_000
const maxRecheckWait: Milliseconds = 24 * 60 * 60_000
/** No provider keeps anything longer. */
const maxRecheckTime: Milliseconds = 30 * 24 * 60 * 60_000

/** The task is known after all, or its result may be tried again. */
const hasNews: ReadonlySet<TaskStatus['kind']> = new Set(['running', 'succeeded', 'failed'])

async function recheckTask({ parts, record, signal }: StepContext): Promise<TakeEvent | null> {
  const { attempt, order } = record
  const ackedAt = Date.parse(attempt.ackedAt ?? attempt.since)
  const openFor = Date.parse(attempt.since) - ackedAt
  let wait = Math.min(maxRecheckWait, Math.max(minRecheckWait, openFor))
  let next = Math.max(parts.clock.now(), Date.parse(attempt.since) + wait)
  // The signal may fire during any wait.
  const stopped = () => signal.aborted
  while (next - ackedAt < maxRecheckTime) {
    await parts.clock.sleep(Math.min(wait, Math.max(0, next - parts.clock.now())), signal)
    if (stopped()) return null
    const provider = await parts.providerOf(order)
    const status = provider.ok ? await provider.value.status(attempt.taskId ?? '', signal) : null
    if (stopped()) return null
    if (status !== null && hasNews.has(status.kind)) return { type: 'check-again' }
    wait = Math.min(maxRecheckWait, wait * 2)
    next = parts.clock.now() + wait
  }
  return null
}

/** While the user is asked, the provider may still answer. */
export const recheckStep: Step = async (context) => {
  const { parts, record, signal } = context
  if (record.attempt.taskId !== null) return recheckTask(context)
  const found = await pollForTask(parts, record, signal)
  if (found === null) return null
  parts.onMoreTasks(record, found.others)
  return { type: 'accepted', taskId: found.taskId }
}
