import type { Problem } from '../../../shared/outcome.ts'
import type { TakeState } from '../../../shared/take.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import type { Clock } from '../../ports.ts'
import { standingOf } from '../attempt.ts'
import type { TakeRecord } from '../journal/journal.ts'
import type { Order } from '../order.ts'

/** States in which the provider may be counting the task against the account. */
const counted: ReadonlySet<TakeState> = new Set<TakeState>(['INTENT', 'WIRE', 'ACKED', 'UNKNOWN'])

/** Keeps the number of tasks that run at once for one account within the width the user set. */
export type Lanes = {
  /** Resolves with `in` when this take may be sent, in the order of asking; `gone` when the signal fired first. */
  readonly enter: (order: Order, signal: AbortSignal) => Promise<'in' | 'gone' | Closed>
  /** To be told of every change of every take. */
  readonly note: (record: TakeRecord) => void
  /**
   * The provider has put a take off because the account is busy: nobody of it is sent for a while that grows from one
   * refusal to the next, and then one take tries for all. Answers with that while.
   */
  readonly putOff: (order: Order, wait: Milliseconds) => Milliseconds
  /** The account itself was refused: none of its takes is sent until `lift`. */
  readonly close: (order: Order, problem: Problem) => void
  /** Somebody may have put the account right: one take tries for all. Without an order, every account. */
  readonly lift: (order?: Order) => void
  /** Resolves when an account that is closed is lifted, or when the signal fires; never for one that is open. */
  readonly whenLifted: (order: Order, signal: AbortSignal) => Promise<void>
  /** To be told when a width may have changed. */
  readonly widened: () => void
}

/** Why nothing is sent for an account. */
export type Closed = { readonly closedBy: Problem }

const laneOf = ({ settings }: Pick<Order, 'settings'>) => `${settings.provider} ${settings.account ?? ''}`
const longest: Milliseconds = 5 * 60_000

type Waiting = { readonly order: Order; readonly go: (answer: 'in' | 'gone' | Closed) => void }
type Pause = { readonly until: Milliseconds; readonly refusals: number }

export function createLanes(widthOf: (order: Order) => number, clock: Clock): Lanes {
  /** Which lane each take occupies: those that are counted, and those that were let in a moment ago. */
  const inside = new Map<string, string>()
  /** Let in, or on their way to the provider, without an answer yet. */
  const trying = new Map<string, string>()
  /** Committed to being sent: stopping the work does not take that back. */
  const onItsWay = new Set<string>()
  const pauses = new Map<string, Pause>()
  const closures = new Map<string, Problem>()
  const lifted = new Set<(lane: string) => void>()
  let queue: readonly Waiting[] = []

  const isFree = (order: Order) => {
    const lane = laneOf(order)
    const taken = [...inside.values()].filter((one) => one === lane).length
    if (taken >= widthOf(order)) return false
    const pause = pauses.get(lane)
    if (pause === undefined) return true
    return clock.monotonic() >= pause.until && ![...trying.values()].includes(lane)
  }
  const letIn = () => {
    for (const one of queue) {
      if (!isFree(one.order)) continue
      queue = queue.filter((other) => other !== one)
      inside.set(one.order.id, laneOf(one.order))
      trying.set(one.order.id, laneOf(one.order))
      one.go('in')
    }
  }
  const leave = (id: string) => {
    trying.delete(id)
    if (inside.delete(id)) letIn()
  }

  return {
    enter: (order, signal) =>
      new Promise((resolve) => {
        const one: Waiting = { order, go: resolve }
        if (signal.aborted) {
          resolve('gone')
          return
        }
        const closedBy = closures.get(laneOf(order))
        if (closedBy !== undefined) {
          resolve({ closedBy })
          return
        }
        signal.addEventListener(
          'abort',
          () => {
            queue = queue.filter((other) => other !== one)
            // Stopped between being let in and being sent: the place is free for the next one.
            if (trying.has(order.id) && !onItsWay.has(order.id)) leave(order.id)
            resolve('gone')
          },
          { once: true },
        )
        queue = [...queue, one]
        letIn()
      }),
    note: ({ order, attempt }) => {
      const { id } = order
      if (attempt.state === 'INTENT' || attempt.state === 'WIRE') onItsWay.add(id)
      else {
        onItsWay.delete(id)
        trying.delete(id)
      }
      if (attempt.state === 'ACKED' && pauses.delete(laneOf(order))) letIn()
      if (counted.has(standingOf(attempt))) inside.set(id, laneOf(order))
      else leave(id)
    },
    putOff: (order, wait) => {
      const lane = laneOf(order)
      const refusals = (pauses.get(lane)?.refusals ?? 0) + 1
      const grown = Math.min(longest, wait * 2 ** (refusals - 1))
      pauses.set(lane, { until: clock.monotonic() + grown, refusals })
      void clock.sleep(grown).then(letIn)
      return grown
    },
    close: (order, problem) => {
      const lane = laneOf(order)
      closures.set(lane, problem)
      const turnedAway = queue.filter((one) => laneOf(one.order) === lane)
      queue = queue.filter((one) => laneOf(one.order) !== lane)
      for (const one of turnedAway) one.go({ closedBy: problem })
    },
    lift: (order) => {
      const lanes = order === undefined ? [...closures.keys()] : [laneOf(order)]
      for (const lane of lanes.filter((one) => closures.delete(one))) {
        pauses.set(lane, { until: clock.monotonic(), refusals: 0 })
        for (const hear of [...lifted]) hear(lane)
      }
    },
    whenLifted: (order, signal) =>
      new Promise((resolve) => {
        if (!closures.has(laneOf(order))) return
        const end = () => {
          lifted.delete(hear)
          resolve()
        }
        const hear = (lane: string) => {
          if (lane === laneOf(order)) end()
        }
        lifted.add(hear)
        signal.addEventListener('abort', end, { once: true })
      }),
    widened: letIn,
  }
}
