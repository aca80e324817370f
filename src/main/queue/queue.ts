import { fail, type Outcome } from '../../shared/outcome.ts'
import type { Queue } from '../../shared/queue.ts'
import type { Inputs } from '../studio-types.ts'

/** Preparations one after the other, offline. Every change is on the disk before it is announced. */
export type PrepareQueue = {
  readonly read: () => Queue
  readonly subscribe: (listener: (queue: Queue) => void) => () => void
  readonly add: (entries: readonly Inputs[], folder: string, name: string) => Promise<Outcome<Queue>>
  readonly pause: (paused: boolean) => Outcome<Queue>
  readonly move: (item: string, before: string | null) => Outcome<Queue>
  readonly cancel: (item: string) => Promise<Outcome<Queue>>
  readonly retry: (item: string) => Outcome<Queue>
  readonly clear: () => Outcome<Queue>
  /** Ends what runs; it starts again from its beginning at the next start. */
  readonly close: () => Promise<void>
}

const later = () => fail('internal', 'This is not built yet.')

export function createPrepareQueue(): PrepareQueue {
  return {
    read: () => ({ paused: false, items: [] }),
    subscribe: () => () => undefined,
    add: () => Promise.resolve(later()),
    pause: later,
    move: later,
    cancel: () => Promise.resolve(later()),
    retry: later,
    clear: later,
    close: () => Promise.resolve(),
  }
}
