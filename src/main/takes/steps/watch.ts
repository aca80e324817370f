import type { Problem, ProblemCode } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Provider, TaskStatus } from '../../providers/provider.ts'
import type { TakeRecord } from '../record.ts'
import {
  answerUnreadable,
  linkDead,
  noResult,
  providerSilent,
  resultExpired,
  taskForgotten,
} from './problems.ts'
import { waitFor, type Step, type StepContext, type Patience } from './step.ts'

type Unread = Pick<Extract<TaskStatus, { kind: 'unclear' }>, 'why' | 'advice'>

const missesBeforeAsking = 10
const missingBeforeAsking: Milliseconds = 30 * 60_000

/** After so many new links that failed, with growing gaps, the user is asked. */
const maxFailedLinks = 6
const fetchGap = (failed: number): Milliseconds => (failed === 0 ? 0 : 1000 * 2 ** (failed - 1))

const silencesBeforeNotice = 2
const unclearBeforeNotice = 3

function forgottenFor(patience: Patience, now: Milliseconds): boolean {
  patience.misses += 1
  patience.missingSince ??= now
  return patience.misses >= missesBeforeAsking && now - patience.missingSince >= missingBeforeAsking
}

/** Doubling from 5 s to a minute: asking more often doesn’t speed up the task. */
const backOff = (silences: number): Milliseconds => Math.min(60_000, 5000 * 2 ** (silences - 1))

/** `shown`: the notice that is on screen. */
type Watching = StepContext & { readonly shown: { code: ProblemCode | null } }

/** Shows a notice about a running task, or removes it. */
function notice({ commit, shown: shown }: Watching, problem: Problem | null): void {
  const code = problem?.code ?? null
  if (code === shown.code) return
  shown.code = code
  commit({ type: 'noticed', problem })
}

/** The provider answered, so it isn’t silent, but the answer says nothing about the task. */
function noteUnclear(context: Watching, unread: Unread): void {
  const { parts, patience, record } = context
  patience.silences = 0
  patience.unclear += 1
  if (patience.unclear >= unclearBeforeNotice) notice(context, answerUnreadable(unread.why, unread.advice))
  parts.log(`an answer about the task isn’t understood: ${unread.why}`, { take: record.order.id })
}

const day: Milliseconds = 24 * 60 * 60_000

/**
 * When the provider deletes the result. Its lifetime starts when the task ended, not when we asked. An impossible
 * time from the provider is ignored.
 */
function untilOf(
  { life, changedAt = null }: Pick<Extract<TaskStatus, { kind: 'succeeded' }>, 'life' | 'changedAt'>,
  { attempt: { wiredAt } }: TakeRecord,
  now: Milliseconds,
): Milliseconds | null {
  if (life === undefined) return null
  // Clocks differ, but not by days.
  const isPossible = changedAt !== null && (wiredAt === null || changedAt > Date.parse(wiredAt) - day)
  return (isPossible ? Math.min(changedAt, now) : now) + life
}

async function askOnce(context: Watching, provider: Provider) {
  const { parts, patience, record, signal, onProgress } = context
  const { resultUntil } = record.attempt
  const overdue = resultUntil !== null && parts.clock.now() > resultUntil
  const status = await provider.status(record.attempt.taskId ?? '', signal)
  switch (status.kind) {
    case 'succeeded':
      if (record.attempt.failedFetches >= maxFailedLinks)
        return overdue
          ? ({ type: 'expired', problem: resultExpired(record) } as const)
          : ({ type: 'ask-user', problem: linkDead(record) } as const)
      return {
        type: 'remote-done',
        taskId: status.taskId,
        url: status.url,
        watermarkUrl: (record.order.settings.watermark ? status.watermarkUrl : null) ?? null,
        cost: status.cost,
        until: untilOf(status, record, parts.clock.now()),
      } as const
    case 'failed':
      return { type: 'remote-failed', problem: status.problem, cost: status.cost } as const
    case 'missing':
      if (forgottenFor(patience, parts.clock.monotonic()))
        return { type: 'ask-user', problem: taskForgotten } as const
      // The result existed and its time is over. A single odd answer or a wrong clock isn’t enough.
      return overdue && patience.misses >= missesBeforeAsking
        ? ({ type: 'expired', problem: resultExpired(record) } as const)
        : null
    case 'empty':
      noteUnclear(context, {
        why: noResult.message,
      })
      return forgottenFor(patience, parts.clock.monotonic())
        ? ({ type: 'ask-user', problem: noResult } as const)
        : null
    case 'silent':
      patience.silences += 1
      if (patience.silences === silencesBeforeNotice)
        notice(context, providerSilent(status.why, status.advice))
      parts.log(`no answer about the task: ${status.why}`, { take: record.order.id })
      await parts.clock.sleep(status.retryAfter ?? backOff(patience.silences), signal)
      return null
    case 'unclear':
      noteUnclear(context, status)
      if (status.retryAfter !== null) await parts.clock.sleep(status.retryAfter, signal)
      return null
    case 'running':
      patience.misses = 0
      patience.unclear = 0
      patience.missingSince = null
      patience.silences = 0
      notice(context, null)
      onProgress(status.progress, status.eta)
      return null
  }
}

/** The gap between two questions, cut short when the provider announces news. */
async function sleepUntilNews({ parts, record, signal }: StepContext, provider: Provider, gap: Milliseconds) {
  if (!provider.news) {
    await parts.clock.sleep(gap, signal)
    return
  }
  const enough = new AbortController()
  const either = AbortSignal.any([signal, enough.signal])
  try {
    await Promise.race([parts.clock.sleep(gap, either), provider.news(record.attempt.taskId ?? '', either)])
  } finally {
    enough.abort()
  }
}

/** Follows a task to its end. There is no deadline: a timer never gives up a paid task. */
export const watchStep: Step = async (context) => {
  const { parts, record, signal } = context
  const ackedAt = Date.parse(record.attempt.ackedAt ?? record.attempt.since)
  const watching = { ...context, shown: { code: record.attempt.problem?.code ?? null } }
  const age = () => Math.max(0, parts.clock.now() - ackedAt)
  // The signal may fire during any wait.
  const stopped = () => signal.aborted
  for (let looked = false; !stopped(); looked = true) {
    // Each time, because the key or the address may have been fixed.
    const provider = await parts.providerOf(record.order)
    if (!provider.ok) return waitFor(parts, provider.problem)
    const { first, gap } = provider.value.cadence
    const wait = Math.max(0, first - age(), fetchGap(record.attempt.failedFetches))
    if (looked) await sleepUntilNews(context, provider.value, gap(age()))
    else await parts.clock.sleep(wait, signal)
    if (stopped()) return null
    const event = await askOnce(watching, provider.value)
    if (event) return event
  }
  return null
}

/** No hold is longer. A longer one means that the clock was set back. */
const maxHold: Milliseconds = 60 * 60_000

export const waitStep: Step = async ({ parts, record, signal }) => {
  const { order, attempt } = record
  const enough = new AbortController()
  const either = AbortSignal.any([signal, enough.signal])
  const left = Math.min(maxHold, Math.max(0, (attempt.heldUntil ?? 0) - parts.clock.now()))
  await Promise.race([parts.clock.sleep(left, either), parts.accountSlots.whenReopened(order, either)])
  enough.abort()
  return signal.aborted ? null : { type: 'released' }
}
