import { join } from 'node:path'
import { terminalStates, type Take } from '../../shared/domain/take.ts'
import type { Timestamp } from '../../shared/units.ts'
import { ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import { createKeyedQueue, createPrioritySemaphore } from '../system/scheduling.ts'
import { createLateTasks, isStillNeeded, type LateTasks, splitOffTake } from './late-tasks.ts'
import { withPathsIn, isToBeSent, type Order } from './attempt.ts'
import { attemptKey } from './journal/event-rows.ts'
import type { TakeRecord } from './record.ts'
import { inTrash } from './trash/problems.ts'
import { createSendQueue, type SendQueue } from './queue/send-queue.ts'
import type { SendQueueStore } from './queue/send-queue-file.ts'
import { createAccountSlots, type AccountSlots } from './steps/account-slots.ts'
import { startedAfterAll, unknownTake, unreadableTake } from './problems.ts'
import { step } from './state-machine.ts'
import type { TakeEvent } from './take-event.ts'
import { createRunner, type Runner } from './runner.ts'
import { createKeptFiles } from './kept-files.ts'
import { createRoster, isAtRest } from './roster.ts'
import { noProgress, takeOf, type Progress } from './view.ts'
import { createLookAtAll } from './look-at-all.ts'
import type { StepParts } from './steps/step.ts'
import { unlessUnwritten } from './journal/writes.ts'

export type TakeRegistryParts = Omit<
  StepParts,
  'accountSlots' | 'downloads' | 'onMoreTasks' | 'stillNeeded' | 'begunBefore'
> & {
  /** How many tasks of this order’s account may run at once. */
  readonly widthOf: (order: Order) => number
  readonly newTakeId: () => string
  readonly queueStore: SendQueueStore
}

/** The takes of a library, each with its runner. Everything done to a take goes through here. */
export type TakeRegistry = {
  readonly accountSlots: AccountSlots
  readonly sending: SendQueue
  readonly lateTasks: LateTasks
  /** The ids of takes that can’t be read and were not restored since. */
  readonly unreadable: () => readonly string[]
  readonly records: () => readonly TakeRecord[]
  readonly views: () => readonly Take[]
  /** The runner of a take. Only for what is done to it: looking at a take needs none. */
  readonly find: (id: string) => Runner | undefined
  readonly view: (id: string) => Outcome<Take>
  readonly record: (id: string) => Outcome<TakeRecord>
  /** Adds and announces a take without starting it. Not announced: one that is in the trash. */
  readonly add: (record: TakeRecord) => Take | undefined
  /** Adds, announces and starts a take. */
  readonly begin: (record: TakeRecord) => Runner
  /** Runs one request of the user per take at a time. */
  readonly withRunner: (id: string, run: (runner: Runner) => Promise<Outcome<Take>>) => Promise<Outcome<Take>>
  /** Runs this alone: no other change of these takes begins before it ends, and what cleans up after one is stopped. */
  readonly whileStill: <T>(ids: readonly string[], run: () => Promise<T>) => Promise<T>
  /** Takes these out of the list. They keep their rows in the journal. */
  readonly setAside: (ids: readonly string[]) => void
  /** Lists takes again that were set aside, and announces them. */
  readonly bringBack: (ids: readonly string[]) => readonly Take[]
  /** Those that were set aside. */
  readonly aside: () => ReadonlyMap<string, TakeRecord>
  /** Resumes every take that another process left open, or some of them. */
  readonly resume: (which?: (take: Take) => boolean) => void
  /** Asks once about every task that runs. Calls in quick succession count as one. */
  readonly lookAtAll: () => Promise<void>
  readonly subscribe: (listener: (take: Take) => void) => () => void
  /** Why nothing may be written. A failing disk can set this at any moment. */
  readonly readOnly: () => Problem | null
  readonly stop: () => Promise<void>
}

/** More downloads would slow each other down, and links would expire while they wait. */
const downloadsAtOnce = 3

export function createTakeRegistry(parts: TakeRegistryParts): TakeRegistry {
  const { journal, clock } = parts
  const listeners = new Set<(take: Take) => void>()
  /** Takes that run in this process. `resume` is for the others. */
  const started = new Set<string>()
  const inTurn = createKeyedQueue()
  const downloads = createPrioritySemaphore(downloadsAtOnce)
  const now = () => new Date(clock.now()).toISOString()
  const readOnly = () => journal.readOnly
  const sending = createSendQueue({ store: parts.queueStore, readOnly, log: parts.log })
  const accountSlots = createAccountSlots(parts.widthOf, clock, sending)
  let closing = false

  const files = createKeptFiles({ ...parts, has: (id) => roster.has(id) })

  const stillNeeded: StepParts['stillNeeded'] = (upload) => isStillNeeded({ journal, clock, roster }, upload)

  const onChanged = (record: TakeRecord, progress: Progress, committed: boolean) => {
    sending.note(record)
    accountSlots.note(record)
    const take = takeOf(record, progress, sending.queuedOf(record.order.id))
    if (committed) files.save(record)
    for (const listener of listeners) listener(take)
    // The take that uploaded the files may delete them now, if it is over too.
    const { partOf } = record.order
    if (partOf !== null && started.has(partOf) && terminalStates.has(record.attempt.state))
      roster.runner(partOf)?.start()
  }

  /** Attempts that this process found in the library and did not start. */
  const found = new Set<string>()
  const begunBefore: StepParts['begunBefore'] = (attempt) => found.has(attemptKey(attempt))

  /** By attempt: the newest change that an earlier process saved since the user agreed to it. */
  let noted: ReadonlyMap<string, Timestamp> = new Map()
  const roster = createRoster((record) =>
    createRunner(
      {
        ...parts,
        accountSlots,
        downloads,
        onChanged,
        onKept: ({ order }) => {
          files.isKept(order.id)
        },
        onMoreTasks,
        stillNeeded,
        begunBefore,
        closing: () => closing,
        queuedOf: sending.queuedOf,
      },
      record,
      noted.get(attemptKey(record.attempt)) ?? null,
    ),
  )
  const put = (record: TakeRecord) => {
    if (isAtRest(record)) roster.putAtRest(record)
    else roster.put(record)
  }
  const load = (record: TakeRecord) => {
    // An INTENT that another process left was not sent. It waits in the queue, and takes a slot only when it resumes.
    const isUnsent = record.attempt.state === 'INTENT'
    if (!isUnsent) accountSlots.note(record)
    sending.note(isUnsent ? { ...record, attempt: { ...record.attempt, state: 'READY' } } : record)
    put(record)
  }
  const add = (record: TakeRecord) => {
    found.add(attemptKey(record.attempt))
    if (journal.trashedAt(record.order.id) !== null) {
      roster.setAside(record)
      return undefined
    }
    put(record)
    onChanged(record, noProgress, true)
    return takeOf(record, noProgress, sending.queuedOf(record.order.id))
  }
  const begin = (record: TakeRecord) => {
    started.add(record.order.id)
    const runner = roster.put(record)
    onChanged(record, noProgress, true)
    runner.start()
    return runner
  }

  const bringBack = (id: string): Take | undefined => {
    const record = roster.aside().get(id)
    if (!record) return undefined
    load(record)
    const take = takeOf(record, noProgress, sending.queuedOf(id))
    for (const listener of listeners) listener(take)
    started.add(id)
    if (!isAtRest(record)) roster.runner(id)?.start({ type: 'restarted' })
    return take
  }

  /** Makes a take for a paid task that no take follows, so that its result is downloaded like any other. */
  const followAsOwn = (from: TakeRecord, taskId: string, leaves: boolean) => {
    const id = parts.newTakeId()
    const splitOff = splitOffTake(from, { id, taskId }, now())
    const event: TakeEvent = { type: 'parted', problem: startedAfterAll(from.order.clipName, id) }
    const left = leaves ? { attempt: step(from.attempt, event, now()), event } : undefined
    journal.addSplitOff(splitOff, { type: 'accepted', taskId }, left)
    begin(splitOff)
  }
  const onMoreTasks = (record: TakeRecord, taskIds: readonly string[]) => {
    for (const taskId of taskIds) followAsOwn(record, taskId, false)
  }
  const lateTasks = createLateTasks({
    ...parts,
    onFound: (record, { taskId, others }) => {
      onMoreTasks(record, others)
      followAsOwn(record, taskId, true)
    },
  })

  const { records, unreadable: unread } = journal.load()
  const toBeSent = records.map(({ attempt }) => attempt).filter(isToBeSent)
  if (toBeSent.length > 0) noted = journal.latestSince(toBeSent)
  const trashed = new Set(journal.trash().map(({ take }) => take))
  for (const record of records) {
    found.add(attemptKey(record.attempt))
    const attempt = withPathsIn(record.attempt, join(parts.library, record.order.id))
    if (trashed.has(record.order.id)) roster.setAside({ ...record, attempt })
    else load({ ...record, attempt })
  }
  sending.allNoted()
  sending.subscribe(accountSlots.widened)

  const unreadable = () => unread.filter((id) => !roster.has(id))
  const noTake = (id: string) => {
    if (roster.aside().has(id)) return inTrash(id)
    return unreadable().includes(id) ? unreadableTake(id) : unknownTake(id)
  }

  const withRunner: TakeRegistry['withRunner'] = (id, run) => {
    if (!roster.has(id)) return Promise.resolve(noTake(id))
    const unwritable = readOnly()
    if (unwritable) return Promise.resolve({ ok: false, problem: unwritable })
    const runner = roster.runner(id)
    if (!runner) return Promise.resolve(noTake(id))
    started.add(id)
    // It may have been put into the trash while this waited for its turn.
    const runIt = () => (roster.has(id) ? run(runner) : Promise.resolve(noTake(id)))
    return inTurn([id], () => unlessUnwritten(runIt))
  }

  const whileStill: TakeRegistry['whileStill'] = (ids, run) =>
    inTurn(ids, async () => {
      const running = roster.runners().filter((runner) => ids.includes(runner.record().order.id))
      const atRest = running.filter((runner) => isAtRest(runner.record()))
      await Promise.all(atRest.map((runner) => runner.stop()))
      const answer = await run()
      // What was stopped may have been deleting its uploads.
      for (const runner of atRest) if (roster.has(runner.record().order.id)) runner.start()
      return answer
    })

  return {
    accountSlots,
    sending,
    lateTasks,
    unreadable,
    records: roster.records,
    views: roster.views,
    find: roster.runner,
    view: (id) => {
      const view = roster.view(id)
      return view ? ok(view) : noTake(id)
    },
    record: (id) => {
      const record = roster.record(id)
      return record ? ok(record) : noTake(id)
    },
    add,
    begin,
    withRunner,
    whileStill,
    setAside: (ids) => {
      for (const id of ids) {
        const record = roster.record(id)
        if (record) roster.setAside(record)
        started.delete(id)
      }
    },
    bringBack: (ids) => ids.flatMap((id) => bringBack(id) ?? []),
    aside: roster.aside,
    resume: (which = () => true) => {
      if (readOnly() !== null) return
      const uploading = journal.takesWithUploads()
      for (const view of roster.views()) {
        const { id } = view
        if (started.has(id) || !which(view)) continue
        started.add(id)
        const record = roster.record(id)
        const isBehind = files.isBehind(id)
        // One that moves writes it with its next change, which may be hours away.
        if (record && isBehind && !isAtRest(record)) files.save(record)
        // Of a take at rest, only a file may be left online, or its `take.json` be a step behind.
        const hasWork = record && (!isAtRest(record) || uploading.has(id) || isBehind)
        if (hasWork) roster.runner(id)?.start({ type: 'restarted' })
      }
      for (const record of journal.replacedAttempts()) lateTasks.follow(record)
    },
    lookAtAll: createLookAtAll({
      records: roster.records,
      isFollowed: (id) => started.has(id),
      withRunner,
      readOnly,
      clock,
    }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readOnly,
    stop: async () => {
      closing = true
      await lateTasks.stop()
      await Promise.all(roster.runners().map((runner) => runner.stop()))
      await sending.saved()
      files.close()
    },
  }
}
