import { ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Queued } from '../../../shared/domain/take.ts'
import type { QueuePlace, TakeQueue } from '../../../shared/domain/take-queue.ts'
import { createSerialQueue } from '../../system/scheduling.ts'
import type { Log } from '../../system/ports.ts'
import type { TakeRecord } from '../record.ts'
import { inOrder, isSameMember, memberOf, moveIn, placesOf, type Member } from './order.ts'
import { noPlaceBefore, notWaiting, pauseNotSaved, takeQueueNotSaved } from './problems.ts'
import type { Arranged, SendQueueStore } from './send-queue-file.ts'

/** In which order takes are sent, and whether any is sent. It never sends anything. */
export type SendQueue = {
  readonly read: () => TakeQueue
  /** Null for a take that doesn’t wait to be sent. */
  readonly queuedOf: (id: string) => Queued | null
  readonly isPaused: () => boolean
  /** For sorting: the take that is sent first comes first. */
  readonly compare: (one: string, other: string) => number
  /** Call this with every take of the library once, and after every change of every take. */
  readonly note: (record: TakeRecord) => void
  /** Call this when every take of the library was noted: ids of other takes are forgotten. */
  readonly allNoted: () => void
  /** From the call on nothing new is sent, even while the pause is being saved, and also if it can’t be saved. */
  readonly pause: (paused: boolean) => Promise<Outcome<TakeQueue>>
  readonly move: (take: TakeRecord, to: QueuePlace) => Promise<Outcome<TakeQueue>>
  readonly subscribe: (listener: (queue: TakeQueue) => void) => () => void
  /** What happened to a queue that couldn’t be read; null once the user resumed it. */
  readonly notice: () => Problem | null
  /** Resolves when everything is saved. A pause that couldn’t be saved is tried once more. */
  readonly saved: () => Promise<void>
}

type SendQueueParts = {
  readonly store: SendQueueStore
  readonly readOnly: () => Problem | null
  readonly log: Log
}

export function createSendQueue({ store, readOnly, log }: SendQueueParts): SendQueue {
  let { arranged, notice } = store.read(readOnly() === null)
  /** Pauses that are not saved yet. */
  let pausing = 0
  /** Why the pause is only in memory; null if there is none, or it is on the disk. */
  let unsaved: Problem | null = null
  const members = new Map<string, Member>()
  const listeners = new Set<(queue: TakeQueue) => void>()
  const inTurn = createSerialQueue()

  const isPaused = () => arranged.paused || pausing > 0

  type Known = {
    readonly order: readonly Member[]
    readonly ranks: ReadonlyMap<string, number>
    readonly waiting: TakeQueue['waiting']
    readonly places: ReadonlyMap<string, number>
  }
  let known: Known | null = null
  const now = (): Known => {
    if (known !== null) return known
    const order = inOrder(members, arranged.order)
    const waiting = placesOf(order)
    known = {
      order,
      ranks: new Map(order.map(({ id }, rank) => [id, rank])),
      waiting,
      places: new Map(waiting.map(({ take, place }) => [take, place])),
    }
    return known
  }

  const read = (): TakeQueue => ({
    paused: isPaused(),
    waiting: now().waiting,
    ...(unsaved !== null && { unsaved }),
  })
  const announce = () => {
    known = null
    if (listeners.size === 0) return
    const queue = read()
    for (const listener of [...listeners]) listener(queue)
  }

  const apply = ({ paused, order }: Arranged, problem: Problem | null = null): Outcome<TakeQueue> => {
    // A take may have left while this was being saved.
    arranged = { paused, order: order.filter((id) => members.has(id)) }
    unsaved = problem
    if (!paused) notice = null
    announce()
    return ok(read())
  }

  /** Makes changes one after the other: saves each, then applies and announces it. */
  const change = (
    next: () => Outcome<Arranged>,
    ifUnwritten: (error: unknown) => Outcome<TakeQueue> = takeQueueNotSaved,
  ): Promise<Outcome<TakeQueue>> =>
    inTurn(async () => {
      const unwritable = readOnly()
      if (unwritable) return { ok: false, problem: unwritable }
      const changed = next()
      if (!changed.ok) return changed
      try {
        await store.write(changed.value)
      } catch (error) {
        log('the queue of takes couldn’t be saved', { error })
        return ifUnwritten(error)
      }
      return apply(changed.value)
    })

  /** Its place is forgotten: started again, it comes after those that wait by then. */
  const forget = (id: string) => {
    if (!arranged.order.includes(id)) return
    arranged = { ...arranged, order: arranged.order.filter((one) => one !== id) }
    // A file that still names it is harmless, so nobody has to wait for this or hear of a failure.
    void change(() => ok(arranged))
  }

  const pauseNow = async () => {
    pausing += 1
    announce()
    // The only brake there is: it holds even where the disk doesn’t take it.
    const paused = await change(
      () => ok({ ...arranged, paused: true }),
      (error) => (arranged.paused ? ok(read()) : apply({ ...arranged, paused: true }, pauseNotSaved(error))),
    )
    pausing -= 1
    if (!paused.ok) announce()
    return paused
  }

  const resumeNow = () =>
    change(
      () => ok({ ...arranged, paused: false }),
      // The disk never had this pause.
      (error) => (unsaved === null ? takeQueueNotSaved(error) : apply({ ...arranged, paused: false })),
    )

  return {
    read,
    queuedOf: (id) => {
      const place = now().places.get(id)
      return place === undefined ? null : { place, paused: isPaused() }
    },
    isPaused,
    compare: (one, other) => {
      const { ranks } = now()
      return (ranks.get(one) ?? ranks.size) - (ranks.get(other) ?? ranks.size)
    },
    note: (record) => {
      const { id } = record.order
      const [before, after] = [members.get(id) ?? null, memberOf(record)]
      if (isSameMember(before, after)) return
      if (after === null) {
        members.delete(id)
        forget(id)
      } else members.set(id, after)
      announce()
    },
    allNoted: () => {
      arranged = { ...arranged, order: arranged.order.filter((id) => members.has(id)) }
    },
    pause: (paused) => (paused ? pauseNow() : resumeNow()),
    move: ({ order: { id, clipName } }, to) =>
      change(() => {
        const { order, places } = now()
        const moved = moveIn(order, id, to)
        if (moved !== null) return ok({ ...arranged, order: moved })
        return places.has(id) ? noPlaceBefore : notWaiting({ clipName })
      }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    notice: () => notice,
    saved: async () => {
      await inTurn(() => Promise.resolve())
      if (unsaved !== null) await change(() => ok(arranged))
    },
  }
}
