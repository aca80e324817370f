import { join } from 'node:path'
import { ulid } from 'ulid'
import { templateProblem } from '../../../shared/domain/batch.ts'
import { fail, ok, type Outcome, type Problem } from '../../../shared/outcome.ts'
import type { Queue } from '../../../shared/domain/queue.ts'
import type { Fraction } from '../../../shared/units.ts'
import { writeProblem } from '../../files/problems.ts'
import { createSerialQueue } from '../../system/scheduling.ts'
import type { Clock, Log } from '../../system/ports.ts'
import type { Inputs } from '../types.ts'
import {
  etaOf,
  afterRestart,
  changeItem,
  claimedIn,
  clearItems,
  findItem,
  itemPaths,
  itemView,
  moveItem,
  neededBy,
  nextWaiting,
  retryItem,
  type ItemPaths,
  type QueueState,
  type StoredItem,
} from './state.ts'
import { claimName, nameFor, sourcesOf } from './names.ts'
import { queueFile, type QueueStore } from './queue-file.ts'
import { createRunItem, type ItemMade, type RunItem } from './run-item.ts'
import { alreadyEnded, itemCancelled, notDoneYet, notNextInLine, unexpected } from '../problems.ts'

/** Runs preparations one after the other, offline. Every change is saved before it is announced. */
export type PrepareQueue = {
  readonly read: () => Queue
  /** The source and target paths of each preparation by its id; never for the window. */
  readonly paths: () => ReadonlyMap<string, ItemPaths>
  /** What happened to a queue that could not be read when it was opened. */
  readonly notice: () => Problem | null
  readonly subscribe: (listener: (queue: Queue) => void) => () => void
  /** Starts working; until then the queue is only stored. */
  readonly start: () => void
  /** Each into a folder inside `folder`, named by the template `name`. */
  readonly add: (entries: readonly Inputs[], folder: string, name: string) => Promise<Outcome<Queue>>
  /** The running preparation finishes; then nothing starts. */
  readonly pause: (paused: boolean) => Promise<Outcome<Queue>>
  readonly move: (item: string, before: string | null) => Promise<Outcome<Queue>>
  readonly cancel: (item: string) => Promise<Outcome<Queue>>
  readonly retry: (item: string) => Promise<Outcome<Queue>>
  readonly clear: () => Promise<Outcome<Queue>>
  /** The user’s files that preparations still need. */
  readonly neededSources: () => ReadonlySet<string>
  /** The first file that was prepared. */
  readonly fileOf: (item: string) => Outcome<string>
  /** Stops the running preparation; it restarts from its beginning at the next start. */
  readonly close: () => Promise<void>
}

export type QueueParts = {
  readonly store: QueueStore
  readonly runItem: RunItem
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly newId: () => string
  readonly log: Log
}

type Running = {
  readonly id: string
  readonly since: number
  readonly stop: AbortController
  readonly ended: Promise<void>
  progress: Fraction | null
}

/** Problems that every other preparation would have as well. */
const stopsAll = ({ code }: Problem) =>
  code === 'disk-full' || code === 'folder-unwritable' || code === 'tool-missing'

export function createPrepareQueue({ store, runItem, clock, newId, log }: QueueParts): PrepareQueue {
  const opened = store.read()
  let state = opened.queue
  let running: Running | null = null
  let started = false
  let closed = false
  const inTurn = createSerialQueue()
  const listeners = new Set<(queue: Queue) => void>()

  const read = (): Queue => ({
    paused: state.paused,
    pausedBy: state.pausedBy,
    items: state.items.map((item) => {
      if (item.id !== running?.id) return itemView(item)
      const { progress, since } = running
      return itemView(item, { progress, eta: etaOf(progress, clock.monotonic() - since) })
    }),
  })
  const announce = () => {
    const queue = read()
    for (const listener of listeners) listener(queue)
  }

  /** Makes changes one after the other: saves each, applies it, then announces it. */
  const change = (next: (queue: QueueState) => Outcome<QueueState>): Promise<Outcome<Queue>> =>
    inTurn(async () => {
      const changed = next(state)
      if (!changed.ok) return changed
      try {
        await store.write(changed.value)
      } catch (error) {
        log('the prepare queue couldn’t be saved', { error })
        return writeProblem(error, 'prepare-queue.json')
      }
      state = changed.value
      announce()
      return ok(read())
    })

  /** Pauses and shows why. A change that cannot be saved is not continued. */
  const pauseBy = (problem: Problem) => {
    state = { ...afterRestart(state), paused: true, pausedBy: problem }
    announce()
  }

  async function finish(item: StoredItem, signal: AbortSignal): Promise<void> {
    const isClaimed = (name: string) => claimedIn(state, item.out, item.id).has(name)
    // Cancelled between saving that it starts and starting it.
    if (signal.aborted) return saveEnd(item, itemCancelled(), signal)
    const made = await runItem(item, isClaimed, {
      signal,
      onProgress: (fraction) => {
        if (running?.id !== item.id || fraction === null) return
        const before = running.progress ?? 0
        running.progress = Math.min(1, Math.max(before, fraction))
        if (Math.floor(before * 100) !== Math.floor(running.progress * 100)) announce()
      },
    })
    await saveEnd(item, made, signal)
  }

  async function saveEnd(item: StoredItem, made: Outcome<ItemMade>, signal: AbortSignal): Promise<void> {
    if (closed) return
    const after: Partial<StoredItem> = made.ok
      ? { state: 'done', name: made.value.name, files: made.value.files, problem: null }
      : signal.aborted
        ? { state: 'cancelled', problem: null }
        : { state: 'failed', problem: made.problem }
    const saved = await change((queue) => ok(changeItem(queue, item.id, after)))
    if (!saved.ok) pauseBy(saved.problem)
    else if (!made.ok && !signal.aborted && stopsAll(made.problem)) pauseBy(made.problem)
  }

  async function work(item: StoredItem, stop: AbortController): Promise<void> {
    try {
      const begun = await change((queue) => {
        const found = findItem(queue, item.id)
        return found.ok && found.value.state === 'waiting' && !queue.paused
          ? ok(changeItem(queue, item.id, { state: 'running' }))
          : notNextInLine()
      })
      if (begun.ok) await finish(item, stop.signal)
      else if (begun.problem.code !== 'cancelled') pauseBy(begun.problem)
    } catch (error) {
      log('a preparation in the queue failed unexpectedly', { error })
      const problem = unexpected(error)
      const saved = await change((queue) => ok(changeItem(queue, item.id, { state: 'failed', problem })))
      if (!saved.ok) pauseBy(saved.problem)
    }
  }

  function startNext(): void {
    if (!started || closed || running) return
    const item = nextWaiting(state)
    if (!item) return
    const stop = new AbortController()
    const ended = Promise.resolve()
      .then(() => work(item, stop))
      .finally(() => {
        running = null
        if (!closed) announce()
        startNext()
      })
    running = { id: item.id, since: clock.monotonic(), stop, ended, progress: null }
  }

  const thenStartNext = async (changing: Promise<Outcome<Queue>>) => {
    const changed = await changing
    startNext()
    return changed
  }

  async function add(entries: readonly Inputs[], folder: string, name: string) {
    const problem = templateProblem(name)
    if (problem !== null) return fail('usage', problem)
    const now = clock.now()
    const addedAt = new Date(now).toISOString()
    const sources = await Promise.all(entries.map(sourcesOf))
    return change((queue) => {
      const claimed = claimedIn(queue, folder)
      const added = entries.map((inputs, index): StoredItem => ({
        id: newId(),
        state: 'waiting',
        addedAt,
        sources: sources[index] ?? { character: null, clip: null },
        window: inputs.window,
        settings: inputs.settings,
        out: folder,
        name: claimName(nameFor(name, inputs, { n: index + 1, now }), claimed),
        template: name,
        files: [],
        problem: null,
      }))
      return ok({ ...queue, items: [...queue.items, ...added] })
    })
  }

  async function cancel(id: string): Promise<Outcome<Queue>> {
    const changed = await change((queue) => {
      const found = findItem(queue, id)
      if (!found.ok) return found
      if (found.value.state === 'waiting') return ok(changeItem(queue, id, { state: 'cancelled' }))
      return found.value.state === 'running' ? ok(queue) : alreadyEnded()
    })
    if (!changed.ok || running?.id !== id) return changed
    running.stop.abort()
    await running.ended
    return ok(read())
  }

  async function retry(id: string): Promise<Outcome<Queue>> {
    const found = findItem(state, id)
    if (!found.ok) return found
    const { character, clip } = found.value.sources
    const sources = await sourcesOf({ character: character?.path ?? null, clip: clip?.path ?? null })
    return change((queue) => retryItem(queue, id, { sources }))
  }

  return {
    read,
    paths: () => new Map(state.items.map((item) => [item.id, itemPaths(item)])),
    notice: () => opened.notice,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start: () => {
      started = true
      startNext()
    },
    add: (entries, folder, name) => thenStartNext(add(entries, folder, name)),
    pause: (paused) => thenStartNext(change((queue) => ok({ ...queue, paused, pausedBy: null }))),
    move: (id, before) => change((queue) => moveItem(queue, id, before)),
    cancel: (id) => thenStartNext(cancel(id)),
    retry: (id) => thenStartNext(retry(id)),
    clear: () => change((queue) => ok(clearItems(queue))),
    neededSources: () => neededBy(state),
    fileOf: (id) => {
      const found = findItem(state, id)
      if (!found.ok) return found
      const { out, name, files } = found.value
      const [first] = files
      return first === undefined ? notDoneYet() : ok(join(out, name, first))
    },
    close: async () => {
      closed = true
      running?.stop.abort()
      await running?.ended
      await inTurn(() => Promise.resolve())
    },
  }
}

type OpenParts = Parameters<typeof createRunItem>[0] & {
  readonly home: string
  readonly clock: Clock
  readonly log: Log
}

/** Opens the queue of a library. */
export function openPrepareQueue({ home, clock, log, ...running }: OpenParts): PrepareQueue {
  return createPrepareQueue({
    store: queueFile(join(home, 'prepare-queue.json'), clock.now),
    runItem: createRunItem(running),
    clock,
    newId: () => ulid(clock.now()),
    log,
  })
}
