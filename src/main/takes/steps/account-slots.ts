import type { Problem } from '../../../shared/outcome.ts'
import type { TakeState } from '../../../shared/domain/take.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Clock } from '../../system/ports.ts'
import { accountOf, stateBehindHold, type Order } from '../attempt.ts'
import type { SendQueue } from '../queue/send-queue.ts'
import type { TakeRecord } from '../record.ts'

/** States in which the provider may be counting the task for the account. */
const counted: ReadonlySet<TakeState> = new Set<TakeState>(['INTENT', 'WIRE', 'ACKED', 'UNKNOWN'])

/** Limits how many tasks of one account run at once, to the number the user set. */
export type AccountSlots = {
  /**
   * Resolves with `in` when this take may be sent, or with `gone` when the signal fires first. Of the takes that wait
   * here, the first in the queue gets the next free slot of its account.
   */
  readonly enter: (order: Order, signal: AbortSignal) => Promise<'in' | 'gone' | Closed>
  /** Ask this right before the take is to be sent: false if it has to enter again, because the queue was paused. */
  readonly isStillIn: (order: Order) => boolean
  /** Whether nothing new may be sent for any account. */
  readonly isPaused: () => boolean
  /** Call this after every change of every take. */
  readonly note: (record: TakeRecord) => void
  /**
   * Call this when the provider can’t be reached. Returns how long to wait: longer each time, and the same for all
   * takes of the account.
   */
  readonly unreached: (order: Order) => Milliseconds
  /**
   * Call this when the provider refuses a take because the account is busy. None of its takes is sent for a while,
   * which grows with each refusal; then one take tries for all. Returns that while.
   */
  readonly backOff: (order: Order, wait: Milliseconds) => Milliseconds
  /**
   * Call this when the account itself is refused. None of its takes is sent until `reopen`. Has no effect if the
   * account was reopened since this take was let in, because the user may have fixed it.
   */
  readonly close: (order: Order, problem: Problem) => void
  /**
   * Call this when the user may have fixed the account: one take tries for all. Without an order, for every
   * account.
   */
  readonly reopen: (order?: Order) => void
  /** Resolves when the account of this order is reopened, or when the signal fires. */
  readonly whenReopened: (order: Order, signal: AbortSignal) => Promise<void>
  /** Call this when the number of slots may have changed, or the queue isn’t paused any more. */
  readonly widened: () => void
}

/** Why nothing is sent for an account. */
export type Closed = { readonly closedBy: Problem }

const minWait: Milliseconds = 5000
const maxWait: Milliseconds = 5 * 60_000

type Waiting = { readonly order: Order; readonly go: (answer: 'in' | 'gone' | Closed) => void }
type Pause = { readonly until: Milliseconds; readonly refusals: number }

export function createAccountSlots(
  widthOf: (order: Order) => number,
  clock: Clock,
  sending: Pick<SendQueue, 'isPaused' | 'compare'>,
): AccountSlots {
  /** The account of each take that has a slot: takes that are counted, and takes let in a moment ago. */
  const inside = new Map<string, string>()
  /** Takes that were let in and have no answer yet. */
  const trying = new Map<string, string>()
  const pauses = new Map<string, Pause>()
  const closures = new Map<string, Problem>()
  const listeners = new Set<(account: string | null) => void>()
  /** How often each account was reopened, now and when each take was let in. */
  const reopenings = new Map<string, number>()
  const reopeningsAtEntry = new Map<string, number>()
  const outages = new Map<string, { readonly until: Milliseconds; readonly wait: Milliseconds }>()
  /** Remove the abort listeners of takes that were let in. */
  const unsubscribers = new Map<string, () => void>()
  let queue: readonly Waiting[] = []

  const isFree = (order: Order) => {
    const account = accountOf(order)
    const taken = [...inside.values()].filter((one) => one === account).length
    if (taken >= widthOf(order)) return false
    const pause = pauses.get(account)
    if (pause === undefined) return true
    return clock.monotonic() >= pause.until && ![...trying.values()].includes(account)
  }
  const letIn = () => {
    if (sending.isPaused()) return
    for (const one of queue.toSorted((a, b) => sending.compare(a.order.id, b.order.id))) {
      if (!isFree(one.order)) continue
      queue = queue.filter((other) => other !== one)
      const account = accountOf(one.order)
      inside.set(one.order.id, account)
      trying.set(one.order.id, account)
      reopeningsAtEntry.set(one.order.id, reopenings.get(account) ?? 0)
      one.go('in')
    }
  }
  const leave = (id: string) => {
    const wasTrying = trying.delete(id)
    if (inside.delete(id) || wasTrying) letIn()
  }
  const unsubscribe = (id: string) => {
    unsubscribers.get(id)?.()
    unsubscribers.delete(id)
  }
  /** Timers may fire slightly early. */
  async function letInAfterPause(account: string): Promise<void> {
    for (;;) {
      const left = (pauses.get(account)?.until ?? 0) - clock.monotonic()
      if (left <= 0) break
      await clock.sleep(left)
    }
    letIn()
  }

  return {
    enter: (order, signal) =>
      new Promise((resolve) => {
        const { id } = order
        const one: Waiting = { order, go: resolve }
        // A take that asks again was let in before and failed on its way, so it has no slot any more.
        trying.delete(id)
        inside.delete(id)
        unsubscribe(id)
        if (signal.aborted) {
          resolve('gone')
          return
        }
        const closedBy = closures.get(accountOf(order))
        if (closedBy !== undefined) {
          resolve({ closedBy })
          return
        }
        const stop = () => {
          queue = queue.filter((other) => other !== one)
          // Stopped after being let in and before being sent: its slot is free for the next take.
          if (trying.has(id)) leave(id)
          resolve('gone')
        }
        signal.addEventListener('abort', stop, { once: true })
        unsubscribers.set(id, () => {
          signal.removeEventListener('abort', stop)
        })
        queue = [...queue, one]
        letIn()
      }),
    isStillIn: ({ id }) => trying.has(id) && !sending.isPaused(),
    isPaused: sending.isPaused,
    note: ({ order, attempt }) => {
      const { id } = order
      // From INTENT on, stopping the step undoes nothing.
      if (attempt.state !== 'READY') unsubscribe(id)
      if (attempt.state === 'WIRE') outages.delete(accountOf(order))
      if (attempt.state === 'INTENT' || attempt.state === 'WIRE') {
        inside.set(id, accountOf(order))
        return
      }
      const wasTrying = trying.delete(id)
      const isFirstAgain = attempt.state === 'ACKED' && pauses.delete(accountOf(order))
      if (counted.has(stateBehindHold(attempt))) inside.set(id, accountOf(order))
      else leave(id)
      if (wasTrying || isFirstAgain) letIn()
    },
    backOff: (order, wait) => {
      const account = accountOf(order)
      const refusals = (pauses.get(account)?.refusals ?? 0) + 1
      const grown = Math.min(maxWait, wait * 2 ** (refusals - 1))
      pauses.set(account, { until: clock.monotonic() + grown, refusals })
      void letInAfterPause(account)
      return grown
    },
    unreached: (order) => {
      const account = accountOf(order)
      const now = clock.monotonic()
      const known = outages.get(account)
      // Takes that find the same outage wait until the same moment.
      if (known !== undefined && now < known.until) return known.until - now
      const wait = known === undefined ? minWait : Math.min(maxWait, known.wait * 2)
      outages.set(account, { until: now + wait, wait })
      return wait
    },
    close: (order, problem) => {
      const account = accountOf(order)
      if ((reopeningsAtEntry.get(order.id) ?? 0) < (reopenings.get(account) ?? 0)) return
      closures.set(account, problem)
      const turnedAway = queue.filter((one) => accountOf(one.order) === account)
      queue = queue.filter((one) => accountOf(one.order) !== account)
      for (const one of turnedAway) one.go({ closedBy: problem })
    },
    reopen: (order) => {
      const account = order === undefined ? null : accountOf(order)
      for (const one of account === null
        ? [...new Set([...closures.keys(), ...inside.values()])]
        : [account]) {
        reopenings.set(one, (reopenings.get(one) ?? 0) + 1)
        outages.delete(one)
        if (closures.delete(one)) pauses.set(one, { until: clock.monotonic(), refusals: 0 })
      }
      for (const listener of [...listeners]) listener(account)
    },
    whenReopened: (order, signal) =>
      new Promise((resolve) => {
        const end = () => {
          listeners.delete(listener)
          signal.removeEventListener('abort', end)
          resolve()
        }
        const listener = (account: string | null) => {
          if (account === null || account === accountOf(order)) end()
        }
        listeners.add(listener)
        signal.addEventListener('abort', end, { once: true })
      }),
    widened: letIn,
  }
}
