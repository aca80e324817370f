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

/** So many fresh links in vain, with growing gaps, and the user is asked. */
const maxFailedLinks = 6
const fetchGap = (failed: number): Milliseconds => (failed === 0 ? 0 : 1000 * 2 ** (failed - 1))

const silencesBeforeNotice = 2
const unclearBeforeNotice = 3

function forgottenFor(patience: Patience, now: Milliseconds): boolean {
  patience.misses += 1
  patience.missingSince ??= now
  return patience.misses >= missesBeforeAsking && now - patience.missingSince >= missingBeforeAsking
}

/** Doubling from 5 s to a minute: the task does not hurry because we ask. */
const backOff = (silences: number): Milliseconds => Math.min(60_000, 5000 * 2 ** (silences - 1))

/** `told`: what was said about the task and still holds. */
type Watching = StepContext & { readonly shown: { code: ProblemCode | null } }

/** Says something about a task that goes on, or takes it back. */
function notice({ commit, shown: shown }: Watching, problem: Problem | null): void {
  const code = problem?.code ?? null
  if (code === shown.code) return
  shown.code = code
  commit({ type: 'noticed', problem })
}

/** An answer came, so the provider is not silent; but it helps nobody. */
function noteUnclear(context: Watching, unread: Unread): void {
  const { parts, patience, record } = context
  patience.silences = 0
  patience.unclear += 1
  if (patience.unclear >= unclearBeforeNotice) notice(context, answerUnreadable(unread.why, unread.advice))
  parts.log(`an answer about the task isn’t understood: ${unread.why}`, { take: record.order.id })
}

const day: Milliseconds = 24 * 60 * 60_000

/**
 * Until when the result is kept. The life of a result begins when its task ended, and not when somebody asked; a time
 * of the provider that cannot be is left aside.
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
      // It was there once, its time is over, and no single odd answer or clock says so alone.
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

/** A gap between two questions, cut short where the provider announces news of the task. */
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

/** Follows a task to its end. There is no overall deadline: a paid task is never given up on by a timer. */
export const watchStep: Step = async (context) => {
  const { parts, record, signal } = context
  const ackedAt = Date.parse(record.attempt.ackedAt ?? record.attempt.since)
  const watching = { ...context, shown: { code: record.attempt.problem?.code ?? null } }
  const age = () => Math.max(0, parts.clock.now() - ackedAt)
  // The signal may fire during any wait.
  const stopped = () => signal.aborted
  for (let looked = false; !stopped(); looked = true) {
    // Anew each time: the key or the address may have been put right meanwhile.
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

/** Nothing holds for longer; more can only mean that the clock was set back. */
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
