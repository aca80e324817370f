import type { Problem } from '../../../shared/outcome.ts'
import type { TakeState } from '../../../shared/domain/take.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Clock } from '../../system/ports.ts'
import { stateBehindHold, type Order } from '../attempt.ts'
import type { TakeRecord } from '../record.ts'

/** States in which the provider may be counting the task against the account. */
const counted: ReadonlySet<TakeState> = new Set<TakeState>(['INTENT', 'WIRE', 'ACKED', 'UNKNOWN'])

/** Keeps the number of tasks that run at once for one account within the width the user set. */
export type AccountSlots = {
  /** Resolves with `in` when this take may be sent, in the order of asking; `gone` when the signal fired first. */
  readonly enter: (order: Order, signal: AbortSignal) => Promise<'in' | 'gone' | Closed>
  /** To be told of every change of every take. */
  readonly note: (record: TakeRecord) => void
  /**
   * The provider could not be reached: how long to wait, longer each time, and alike for all takes of the account.
   */
  readonly unreached: (order: Order) => Milliseconds
  /**
   * The provider has put a take off because the account is busy: nobody of it is sent for a while that grows from one
   * refusal to the next, and then one take tries for all. Answers with that while.
   */
  readonly backOff: (order: Order, wait: Milliseconds) => Milliseconds
  /**
   * The account itself was refused: none of its takes is sent until `reopen`. Not where it was reopened since this take was
   * let in: the refusal is about what has been put right.
   */
  readonly close: (order: Order, problem: Problem) => void
  /** Somebody may have put the account right: one take tries for all. Without an order, every account. */
  readonly reopen: (order?: Order) => void
  /** Resolves when the account of this order is reopened, or when the signal fires. */
  readonly whenReopened: (order: Order, signal: AbortSignal) => Promise<void>
  /** To be told when a width may have changed. */
  readonly widened: () => void
}

/** Why nothing is sent for an account. */
export type Closed = { readonly closedBy: Problem }

const accountOf = ({ settings }: Pick<Order, 'settings'>) => `${settings.provider} ${settings.account ?? ''}`
const minWait: Milliseconds = 5000
const maxWait: Milliseconds = 5 * 60_000

type Waiting = { readonly order: Order; readonly go: (answer: 'in' | 'gone' | Closed) => void }
type Pause = { readonly until: Milliseconds; readonly refusals: number }

export function createAccountSlots(widthOf: (order: Order) => number, clock: Clock): AccountSlots {
  /** The account each take occupies: those that are counted, and those that were let in a moment ago. */
  const inside = new Map<string, string>()
  /** Let in, or on their way to the provider, without an answer yet. */
  const trying = new Map<string, string>()
  const pauses = new Map<string, Pause>()
  const closures = new Map<string, Problem>()
  const listeners = new Set<(account: string | null) => void>()
  /** How often each account was reopened, and how often that was when a take was let in. */
  const reopenings = new Map<string, number>()
  const reopeningsAtEntry = new Map<string, number>()
  const outages = new Map<string, { readonly until: Milliseconds; readonly wait: Milliseconds }>()
  /** Take back the ear of those who were let in. */
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
    for (const one of queue) {
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
  /** A timer may fire a moment before its time. */
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
        // Whoever asks has no place: it was let in before, and something went wrong on its way.
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
          // Stopped between being let in and being sent: the place is free for the next one.
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
    note: ({ order, attempt }) => {
      const { id } = order
      // From INTENT on, stopping the work takes nothing back.
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
      // Those who find the same outage wait for the same moment.
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
