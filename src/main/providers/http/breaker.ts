import type { Milliseconds } from '../../../shared/units.ts'
import type { Clock } from '../../system/ports.ts'

/** Spares a service that is down, and the takes that would be sent into the dark. Only free questions decide about it. */
export type Breaker = {
  /** Whether a question may go now; while it is open, one may go as a probe each time a wait is over. */
  readonly allows: () => boolean
  /** How a question ended that was allowed to go; null when we cut it short ourselves, which says nothing. */
  readonly heard: (answered: boolean | null) => void
  /** How long nothing goes; null while everything does. */
  readonly wait: () => Milliseconds | null
}

const failuresToOpen = 5
const within: Milliseconds = 60_000
const firstWait: Milliseconds = 30_000
/** A task that was paid for is never left alone for longer than this. */
const longestWait: Milliseconds = 5 * 60_000

type Open = { readonly until: Milliseconds; readonly wait: Milliseconds; readonly probing: boolean }

export function createBreaker({ monotonic }: Pick<Clock, 'monotonic'>): Breaker {
  let failures: readonly Milliseconds[] = []
  let open: Open | null = null

  const openFor = (wait: Milliseconds) => {
    open = { until: monotonic() + wait, wait, probing: false }
  }
  const fail = () => {
    if (open) {
      // A question that went before it opened says nothing about the probe.
      if (open.probing) openFor(Math.min(longestWait, open.wait * 2))
      return
    }
    failures = [...failures, monotonic()].slice(-failuresToOpen)
    const [first] = failures
    if (failures.length === failuresToOpen && first !== undefined && monotonic() - first <= within)
      openFor(firstWait)
  }

  return {
    allows: () => {
      if (!open) return true
      if (open.probing || monotonic() < open.until) return false
      open = { ...open, probing: true }
      return true
    },
    heard: (answered) => {
      if (answered === null) {
        if (open) open = { ...open, probing: false }
        return
      }
      if (!answered) {
        fail()
        return
      }
      failures = []
      open = null
    },
    wait: () => (open ? Math.max(1000, open.until - monotonic()) : null),
  }
}
