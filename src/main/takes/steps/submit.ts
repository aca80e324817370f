import { fail, type Problem } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { whyUncertified } from '../submit/certified.ts'
import type { TakeRecord } from '../record.ts'
import { holdFor, type DoWork, type Doing } from './step.ts'
import { livesLongEnough } from './upload.ts'

const agreementOf = ({ order, attempt }: TakeRecord) => Date.parse(attempt.agreedAt ?? order.consent.at)

/** No time goes by twice: a clock that was set back does not make a yes, or a signed address, live longer. */
const surelyNow = ({ parts, record, agreedFor }: Doing): Milliseconds =>
  Math.max(parts.clock.now(), agreementOf(record) + agreedFor())

/** An address of one of our own servers dies with its process, a signed one with time; it is made anew before paying. */
async function lostUrls(doing: Doing): Promise<boolean> {
  const { parts, record } = doing
  const { order, attempt } = record
  if (attempt.clipUrl === null || !livesLongEnough(attempt.urlsUntil, surelyNow(doing))) return true
  if (order.clipUrl !== null) return false
  const host = await parts.hostOf(order)
  if (!host.ok) return false
  const urls = [attempt.clipUrl, ...(attempt.characterUrl === null ? [] : [attempt.characterUrl])]
  return !urls.every((url) => host.value.isLive(url))
}

export const workReady: DoWork = async (doing) => ({
  type: (await lostUrls(doing)) ? 'upload-lost' : 'ready',
})

const serviceDown: Problem = {
  code: 'provider-silent',
  message: 'The provider does not answer at the moment, so nothing was sent.',
  advice: 'Understudy looks again by itself and goes on when it does.',
}

const closed = ({ code, message, advice }: Problem): Problem =>
  fail(code, 'Another take of this account was refused, so nothing was sent for this one.', {
    advice: `${advice ?? 'Put the account right.'} Then check again: the takes that wait go on.`,
    detail: message,
  }).problem

const agreedLongAgo: Problem = {
  code: 'consent-needed',
  message: 'More than a day has passed since the cost of this take was agreed to, so nothing was sent.',
  advice: 'Look at the cost and submit it again.',
}

/** Nobody expects a charge for something they agreed to the day before yesterday. */
const consentLife: Milliseconds = 24 * 60 * 60_000
/** A closed account is opened by the user; this is only how often a take that waits looks for itself. */
const closedLook = 60 * 60

function isStale(doing: Doing): boolean {
  const { order, attempt } = doing.record
  const cost = attempt.estimate ?? order.estimate
  return cost.amount !== 0 && surelyNow(doing) - agreementOf(doing.record) > consentLife
}

/** Waits for a place among the takes of this account, then looks once more whether everything still stands. */
export const workIntend: DoWork = async (doing) => {
  const { parts, record, signal } = doing
  const provider = await parts.providerOf(record.order)
  if (!provider.ok) return { type: 'held', problem: provider.problem, until: holdFor(parts, 60) }
  // Nothing is sent into the dark; tasks that run are asked about all the same.
  const outage = provider.value.outage?.() ?? null
  if (outage !== null) return { type: 'held', problem: serviceDown, until: parts.clock.now() + outage }
  const entered = await parts.lanes.enter(record.order, signal)
  if (entered === 'gone') return null
  if (entered !== 'in')
    return { type: 'held', problem: closed(entered.closedBy), until: holdFor(parts, closedLook) }
  if (isStale(doing)) return { type: 'unsendable', problem: agreedLongAgo }
  const uncertified = await whyUncertified(record)
  if (uncertified) return { type: 'unsendable', problem: uncertified }
  if (await lostUrls(doing)) return { type: 'upload-lost' }
  if (signal.aborted) return null
  return { type: 'intent', paidWith: provider.value.paidWith ?? null }
}
