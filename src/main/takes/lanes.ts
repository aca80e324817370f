import type { TakeState } from '../../shared/take.ts'
import type { TakeRecord } from './journal.ts'
import type { Order } from './order.ts'

/** States in which the provider may be counting the task against the account. */
const counted: ReadonlySet<TakeState> = new Set<TakeState>(['INTENT', 'WIRE', 'ACKED', 'UNKNOWN'])

/** Keeps the number of tasks that run at once for one account within the width the user set. */
export type Lanes = {
  /** Resolves true when this take may be sent, in the order of asking; false when the signal fired first. */
  readonly enter: (order: Order, signal: AbortSignal) => Promise<boolean>
  /** To be told of every change of every take. */
  readonly note: (record: TakeRecord) => void
}

const laneOf = ({ settings }: Pick<Order, 'settings'>) => `${settings.provider} ${settings.account ?? ''}`

type Waiting = { readonly order: Order; readonly go: (granted: boolean) => void }

export function createLanes(widthOf: (order: Order) => number): Lanes {
  /** Which lane each take occupies: those that are counted, and those that were let in a moment ago. */
  const inside = new Map<string, string>()
  /** Let in and not counted yet. */
  const granted = new Set<string>()
  let queue: readonly Waiting[] = []

  const isFree = (order: Order) => {
    const lane = laneOf(order)
    const taken = [...inside.values()].filter((one) => one === lane).length
    return taken < widthOf(order)
  }
  const letIn = () => {
    for (const one of queue) {
      if (!isFree(one.order)) continue
      queue = queue.filter((other) => other !== one)
      inside.set(one.order.id, laneOf(one.order))
      granted.add(one.order.id)
      one.go(true)
    }
  }

  return {
    enter: (order, signal) =>
      new Promise((resolve) => {
        const one: Waiting = { order, go: resolve }
        if (signal.aborted) {
          resolve(false)
          return
        }
        signal.addEventListener(
          'abort',
          () => {
            queue = queue.filter((other) => other !== one)
            // Stopped between being let in and being sent: the place is free for the next one.
            if (granted.delete(order.id) && inside.delete(order.id)) letIn()
            resolve(false)
          },
          { once: true },
        )
        queue = [...queue, one]
        letIn()
      }),
    note: ({ order, attempt }) => {
      granted.delete(order.id)
      const counts =
        counted.has(attempt.state) || (attempt.state === 'HELD' && counted.has(attempt.resume ?? 'DRAFT'))
      if (counts) inside.set(order.id, laneOf(order))
      else if (inside.delete(order.id)) letIn()
    },
  }
}
