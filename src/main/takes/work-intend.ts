import type { Problem } from '../../shared/outcome.ts'
import { holdFor, type DoWork, type Doing } from './work.ts'
import { livesLongEnough } from './work-upload.ts'

/** An address of one of our own servers dies with its process, a signed one with time; it is made anew before paying. */
async function lostUrls({ parts, record }: Doing): Promise<boolean> {
  const { order, attempt } = record
  if (attempt.clipUrl === null || !livesLongEnough(attempt.urlsUntil, parts.clock.now())) return true
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

/** Waits for a place among the takes of this account, then looks once more whether everything still stands. */
export const workIntend: DoWork = async (doing) => {
  const { parts, record, signal } = doing
  const provider = await parts.providerOf(record.order)
  if (!provider.ok) return { type: 'held', problem: provider.problem, until: holdFor(parts, 60) }
  // Nothing is sent into the dark; tasks that run are asked about all the same.
  const outage = provider.value.outage?.() ?? null
  if (outage !== null) return { type: 'held', problem: serviceDown, until: parts.clock.now() + outage }
  if (!(await parts.lanes.enter(record.order, signal))) return null
  if (await lostUrls(doing)) return { type: 'upload-lost' }
  return { type: 'intent', paidWith: provider.value.paidWith ?? null }
}
