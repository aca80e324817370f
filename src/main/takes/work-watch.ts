import { fail, type Problem } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { Provider } from '../providers/provider.ts'
import { holdFor, type DoWork, type Doing, type WorkParts } from './work.ts'

/** When to look for a task whose submit was not answered, after the look before: quickly, then patiently. */
const looks: readonly Milliseconds[] = [0, 2000, 3000, 5000, 10_000, 20_000, 20_000]
const laterLook: Milliseconds = 120_000

const question = (message: string, advice: string): Problem =>
  fail('outcome-unknown', message, { advice }).problem

const probablyUnsent = question(
  'The provider has no task for this take, so it very likely never started.',
  'Check again, paste a task id you found at the provider, submit again, or give up.',
)
const noLookUp = question(
  'It is not known whether this take started, and this provider offers no way to ask.',
  'Look in the provider’s own console, then paste the task id, submit again, or give up.',
)
const noAnswer = question(
  'It is not known whether this take started, and the provider has given no clear answer since.',
  'Check again later, look in the provider’s own console, paste a task id you find there, or give up.',
)
const deadLink = fail(
  'result-expired',
  'The provider has finished this take, but the result cannot be fetched.',
  {
    advice: 'Check again later; the task id leads to it in the provider’s own console.',
  },
).problem
const forgotten = question(
  'The provider says that it does not know this task any more.',
  'Check again, or look in the provider’s own console.',
)

/** A missing key or a provider out of reach changes nothing about a task that may be running. */
const waitFor = (parts: WorkParts, problem: Problem) =>
  ({ type: 'held', problem, until: holdFor(parts, 60) }) as const

/** Asks for the task of an attempt whose answer was lost. It never submits. */
export const workReconcile: DoWork = async ({ parts, record, signal }) => {
  const provider = await parts.providerOf(record.order)
  if (!provider.ok) return waitFor(parts, provider.problem)
  const { find } = provider.value
  if (!find) return { type: 'ask-user', problem: noLookUp }
  const { since } = record.attempt
  const wiredAt = Date.parse(record.attempt.wiredAt ?? since)
  for (let look = 0; ; look += 1) {
    await parts.clock.sleep(looks[look] ?? laterLook, signal)
    if (signal.aborted) return null
    const { ownId, clipUrl } = record.attempt
    const found = await find.look(
      { ownId, clipUrl: clipUrl ?? '', sentAt: record.attempt.wiredAt ?? since },
      signal,
    )
    if (found.kind === 'found') return { type: 'accepted', taskId: found.taskId }
    const settled = parts.clock.now() - wiredAt >= find.settle
    if (found.kind === 'absent' && settled) return { type: 'ask-user', problem: probablyUnsent }
    if (settled && look + 1 >= looks.length) return { type: 'ask-user', problem: noAnswer }
  }
}

const missesBeforeAsking = 10
const missingBeforeAsking: Milliseconds = 30 * 60_000

/** So many fresh links in vain, with growing gaps, and the user is asked. */
const mostFetches = 6
const fetchGap = (failed: number): Milliseconds => (failed === 0 ? 0 : 1000 * 2 ** (failed - 1))

type Patience = { misses: number; since: Milliseconds | null; silences: number }

function forgottenFor(patience: Patience, now: Milliseconds): boolean {
  patience.misses += 1
  patience.since ??= now
  return patience.misses >= missesBeforeAsking && now - patience.since >= missingBeforeAsking
}

/** Doubling from 5 s to a minute: the task does not hurry because we ask. */
const backOff = (silences: number): Milliseconds => Math.min(60_000, 5000 * 2 ** (silences - 1))

async function look({ parts, record, signal, onProgress }: Doing, provider: Provider, patience: Patience) {
  const status = await provider.status(record.attempt.taskId ?? '', signal)
  switch (status.kind) {
    case 'succeeded':
      if (record.attempt.failedFetches >= mostFetches) return { type: 'ask-user', problem: deadLink } as const
      return { type: 'remote-done', taskId: status.taskId, url: status.url, cost: status.cost } as const
    case 'failed':
      return { type: 'remote-failed', problem: status.problem, cost: status.cost } as const
    case 'missing':
      if (forgottenFor(patience, parts.clock.monotonic()))
        return { type: 'ask-user', problem: forgotten } as const
      return null
    case 'silent':
      patience.silences += 1
      parts.log(`no answer about the task: ${status.why}`, { take: record.order.id })
      await parts.clock.sleep(status.retryAfter ?? backOff(patience.silences), signal)
      return null
    case 'running':
      patience.misses = 0
      patience.since = null
      patience.silences = 0
      onProgress(status.progress, status.eta)
      return null
  }
}

/** A gap between two questions, cut short where the provider announces news of the task. */
async function sleepUntilNews({ parts, record, signal }: Doing, provider: Provider, gap: Milliseconds) {
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
export const workWatch: DoWork = async (doing) => {
  const { parts, record, signal } = doing
  const provider = await parts.providerOf(record.order)
  if (!provider.ok) return waitFor(parts, provider.problem)
  const { first, gap } = provider.value.cadence
  const ackedAt = Date.parse(record.attempt.ackedAt ?? record.attempt.since)
  const patience: Patience = { misses: 0, since: null, silences: 0 }
  const age = () => Math.max(0, parts.clock.now() - ackedAt)
  const wait = Math.max(first - age(), fetchGap(record.attempt.failedFetches))
  await parts.clock.sleep(Math.max(0, wait), signal)
  while (!signal.aborted) {
    const event = await look(doing, provider.value, patience)
    if (event) return event
    await sleepUntilNews(doing, provider.value, gap(age()))
  }
  return null
}

export const workWait: DoWork = async ({ parts, record, signal }) => {
  await parts.clock.sleep(
    Math.max(0, (record.attempt.heldUntil ?? holdFor(parts, 0)) - parts.clock.now()),
    signal,
  )
  return signal.aborted ? null : { type: 'released' }
}
