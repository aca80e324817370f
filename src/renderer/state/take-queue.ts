import { emptyTakeQueue, type QueuePlace, type TakeQueue } from '../../shared/domain/take-queue.ts'
import type { Outcome, Problem } from '../../shared/outcome.ts'
import { desktop } from '../lib/desktop.ts'
import type { AppState, Slice } from './store.ts'

export type TakeQueueSlice = {
  /** A mirror: the core owns it. */
  readonly takeQueue: TakeQueue
  /** Why the last change was not made. */
  readonly takeQueueProblem: Problem | null
  readonly readTakeQueue: () => Promise<void>
  readonly setTakeQueue: (queue: TakeQueue) => void
  readonly pauseTakes: (paused: boolean) => Promise<void>
  readonly moveTake: (take: string, to: QueuePlace) => Promise<void>
}

type Takes = AppState['takes']

/** The takes with their places in this queue. One move changes many places and announces the queue only. */
function placedIn(takes: Takes, { paused, waiting }: TakeQueue): Takes {
  const places = new Map(waiting.map(({ take, place }) => [take, place]))
  const changed = Object.values(takes).flatMap((take) => {
    const place = places.get(take.id)
    if (take.queued?.place === place && (place === undefined || take.queued?.paused === paused)) return []
    return [{ ...take, queued: place === undefined ? null : { place, paused } }]
  })
  return changed.length === 0
    ? takes
    : { ...takes, ...Object.fromEntries(changed.map((take) => [take.id, take])) }
}

export const createTakeQueueSlice: Slice<TakeQueueSlice> = (set, get) => {
  const heard = (answer: Outcome<TakeQueue>) => {
    set({ takeQueueProblem: answer.ok ? null : answer.problem })
    if (answer.ok) get().setTakeQueue(answer.value)
  }
  return {
    takeQueue: emptyTakeQueue,
    takeQueueProblem: null,
    readTakeQueue: async () => {
      heard(await desktop().ask['take-queue:read']({}))
    },
    setTakeQueue: (takeQueue) => {
      set({ takeQueue, takes: placedIn(get().takes, takeQueue) })
    },
    pauseTakes: async (paused) => {
      heard(await desktop().ask['take-queue:pause']({ paused }))
      // A notice of a damaged queue is over once it is resumed.
      if (!paused) await get().readAbout()
    },
    moveTake: async (take, to) => {
      heard(await desktop().ask['take-queue:move']({ take, to }))
    },
  }
}
