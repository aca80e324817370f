import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ProblemCode } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { certificateProblem } from '../submit/certified.ts'
import type { Provider } from '../../providers/provider.ts'
import type { TakeRecord } from '../record.ts'
import type { TakeEvent } from '../take-event.ts'
import {
  accountRefused,
  agreedLongAgo,
  characterChanged,
  characterGone,
  keyJustChanged,
  notSavedBeforeSending,
  offline,
  pausedBeforeSending,
  requestNotBuilt,
  serviceDown,
  submitUnconfirmed,
} from './problems.ts'
import { holdFor, type Step, type StepContext } from './step.ts'
import { livesLongEnough } from './upload.ts'
import { alreadySent } from './already-sent.ts'

const agreementOf = ({ order, attempt }: TakeRecord) => Date.parse(attempt.agreedAt ?? order.consent.at)

/** Setting the clock back doesn’t extend consent or a signed link. */
const surelyNow = ({ parts, record, agreedFor }: StepContext): Milliseconds =>
  Math.max(parts.clock.now(), agreementOf(record) + agreedFor())

/** A link to our own server ends with its process, a signed one with time. Both are renewed before paying. */
async function lostUrls(context: StepContext): Promise<boolean> {
  const { parts, record } = context
  const { order, attempt } = record
  if (attempt.clipUrl === null || !livesLongEnough(attempt.urlsUntil, surelyNow(context))) return true
  if (order.clipUrl !== null) return false
  const host = await parts.hostOf(order)
  if (!host.ok) return false
  const urls = [attempt.clipUrl, ...(attempt.characterUrl === null ? [] : [attempt.characterUrl])]
  return !urls.every((url) => host.value.isLive(url))
}

export const readyStep: Step = async (context) => ({
  type: (await lostUrls(context)) ? 'upload-lost' : 'ready',
})

/** Nobody expects to be charged for something they agreed to the day before yesterday. */
const maxConsentAge: Milliseconds = 24 * 60 * 60_000
/** The user reopens a refused account. This is only how often a waiting take retries. */
const closedRetrySeconds = 60 * 60

function isStale(context: StepContext): boolean {
  const { order, attempt } = context.record
  const cost = attempt.estimate ?? order.estimate
  return cost.amount !== 0 && surelyNow(context) - agreementOf(context.record) > maxConsentAge
}

type Held = Extract<TakeEvent, { readonly type: 'held' }>

/** The provider, if it can be sent to now. Running tasks are asked about even during an outage. */
async function sendable({
  parts,
  record,
}: StepContext): Promise<{ readonly provider: Provider } | { readonly held: Held }> {
  const provider = await parts.providerOf(record.order)
  if (!provider.ok) return { held: { type: 'held', problem: provider.problem, until: holdFor(parts, 60) } }
  const outage = provider.value.outage?.() ?? null
  if (outage === null) return { provider: provider.value }
  return { held: { type: 'held', problem: serviceDown, until: parts.clock.now() + outage } }
}

/**
 * Waits for a slot of this account, then checks again that nothing has changed. Between the last check and INTENT
 * nothing else runs, so a pause before it makes the take wait again. `sendStep` sees one that comes later.
 */
export const intendStep: Step = async (context) => {
  const { parts, record, signal } = context
  const early = await sendable(context)
  if ('held' in early) return early.held
  const entered = await parts.accountSlots.enter(record.order, signal)
  if (entered === 'gone') return null
  if (entered !== 'in')
    return {
      type: 'held',
      problem: accountRefused(entered.closedBy),
      until: holdFor(parts, closedRetrySeconds),
    }
  if (isStale(context)) return { type: 'unsendable', problem: agreedLongAgo }
  const uncertified = await certificateProblem(record)
  if (uncertified) return { type: 'unsendable', problem: uncertified }
  if (await lostUrls(context)) return { type: 'upload-lost' }
  // It may have waited for hours: the key may be another one by now, or the provider down.
  const late = await sendable(context)
  if (signal.aborted) return null
  if ('held' in late) return late.held
  if (!parts.accountSlots.isStillIn(record.order)) return intendStep(context)
  return { type: 'intent', paidWith: late.provider.paidWith ?? null }
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

type Unknown = { readonly why: string; readonly advice?: string; readonly requestId?: string }

/** Refusals that every take of this account would get. */
const aboutTheAccount: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'account-key',
  'account-money',
  'account-rights',
])

/** The one paid request of an attempt. WIRE is on disk before its first byte is sent. */
export const sendStep: Step = async (context) => {
  const { parts, record, signal, commit } = context
  const { order, attempt } = record
  const provider = await parts.providerOf(order)
  if (!provider.ok) return { type: 'held', problem: provider.problem, until: holdFor(parts, 60) }
  // Only the key that pays can see the task, so it has to be the one that is saved.
  if ((provider.value.paidWith ?? null) !== attempt.paidWith)
    return { type: 'held', problem: keyJustChanged, until: parts.clock.now() }
  if (!attempt.preparedCharacter || attempt.clipUrl === null)
    throw new Error('a submit needs both prepared files')
  const character = await readFile(attempt.preparedCharacter.path).catch(() => null)
  if (character === null) return { type: 'unsendable', problem: characterGone }
  if (sha256(character) !== attempt.preparedCharacter.sha256)
    return { type: 'unsendable', problem: characterChanged }
  const earlier = await alreadySent(context, provider.value)
  if (earlier || signal.aborted) return earlier
  const request = {
    settings: order.settings,
    character,
    characterUrl: attempt.characterUrl,
    clipUrl: attempt.clipUrl,
    ownId: attempt.ownId,
  }
  let reached: 'before' | 'paused' | 'at' | 'after' = 'before'
  const onWire = () => {
    // Looking it up and waiting for its turn took time, and this is the last moment before it costs something.
    if (parts.accountSlots.isPaused()) {
      reached = 'paused'
      throw new Error('the queue was paused')
    }
    reached = 'at'
    commit({ type: 'wire' })
    reached = 'after'
  }
  const answer = await provider.value.submit(request, onWire, signal).catch((error: unknown) => {
    if (reached === 'paused') return { kind: 'paused' as const }
    parts.log('the submit failed unexpectedly', { take: order.id, error })
    const why = error instanceof Error ? error.message : String(error)
    const kind = ({ before: 'unbuilt', at: 'unwritten', after: 'unknown' } as const)[reached]
    const failed: Unknown & { readonly kind: typeof kind } = { kind, why }
    return failed
  })
  switch (answer.kind) {
    case 'accepted':
      return { type: 'accepted', taskId: answer.taskId, requestId: answer.requestId }
    case 'refused':
      if (aboutTheAccount.has(answer.problem.code)) parts.accountSlots.close(order, answer.problem)
      return { type: 'refused', problem: answer.problem, requestId: answer.requestId }
    case 'held': {
      const wait = answer.alone === true ? answer.wait : parts.accountSlots.backOff(order, answer.wait)
      return { type: 'held', problem: answer.problem, until: parts.clock.now() + wait }
    }
    case 'unsent':
      return {
        type: 'held',
        problem: offline(answer.why),
        until: parts.clock.now() + parts.accountSlots.unreached(order),
      }
    case 'paused':
      return { type: 'held', problem: pausedBeforeSending, until: parts.clock.now() }
    case 'unbuilt':
      return { type: 'held', problem: requestNotBuilt(answer.why), until: holdFor(parts, 60) }
    case 'unwritten':
      return { type: 'held', problem: notSavedBeforeSending(answer.why), until: holdFor(parts, 30) }
    case 'unknown':
      return {
        type: 'unknown',
        problem: submitUnconfirmed(answer.why, answer.advice),
        advice: answer.advice,
        requestId: answer.requestId,
      }
  }
}
