import { join } from 'node:path'
import { terminalStates, type Take, type TakeState } from '../../shared/domain/take.ts'
import type { Milliseconds, Timestamp } from '../../shared/units.ts'
import { ok, type Failure, type Outcome, type Problem } from '../../shared/outcome.ts'
import { createSerialQueue, createPrioritySemaphore } from '../system/scheduling.ts'
import {
  createLateTasks,
  type LateTasks,
  mayStartElsewhere,
  mayStillStart,
  splitOffTake,
} from './late-tasks.ts'
import { withPathsIn, isToBeSent, type Order } from './attempt.ts'
import { attemptKey } from './journal/event-rows.ts'
import type { TakeRecord } from './record.ts'
import { createAccountSlots, type AccountSlots } from './steps/account-slots.ts'
import { startedAfterAll, unknownTake, unreadableTake } from './problems.ts'
import { step } from './state-machine.ts'
import type { TakeEvent } from './take-event.ts'
import { createRunner, type Runner } from './runner.ts'
import { writeTakeJson } from './take-json.ts'
import { noProgress, takeOf, type Progress } from './view.ts'
import type { StepParts } from './steps/step.ts'
import { unlessUnwritten } from './journal/writes.ts'

export type TakeRegistryParts = Omit<
  StepParts,
  'accountSlots' | 'downloads' | 'onMoreTasks' | 'stillNeeded' | 'begunBefore'
> & {
  /** How many tasks of the account of this order may run at once. */
  readonly widthOf: (order: Order) => number
  readonly newTakeId: () => string
}

/** The takes of a library with the runner of each; whatever is done to one of them goes through here. */
export type TakeRegistry = {
  readonly accountSlots: AccountSlots
  readonly lateTasks: LateTasks
  /** The ids of takes that cannot be read, and were not brought back since. */
  readonly unreadable: () => readonly string[]
  readonly all: () => readonly Runner[]
  readonly find: (id: string) => Runner | undefined
  /** Why there is no runner of this take. */
  readonly noTake: (id: string) => Failure
  readonly record: (id: string) => Outcome<TakeRecord>
  readonly viewOf: (runner: Runner) => Take
  /** A take that has come to be; it is announced, and does not run yet. */
  readonly add: (record: TakeRecord) => Runner
  /** The same for one that is set going at once. */
  readonly begin: (record: TakeRecord) => Runner
  /** What the user wants of one take is done one after the other: two wishes must never meet half-way. */
  readonly withRunner: (id: string, run: (runner: Runner) => Promise<Outcome<Take>>) => Promise<Outcome<Take>>
  /** Goes on with every take that another process left, or with some of them. */
  readonly resume: (which?: (take: Take) => boolean) => void
  /** Answers may be waiting: every task is asked about once, and never in a burst of such wishes. */
  readonly lookAtAll: () => Promise<void>
  readonly subscribe: (listener: (take: Take) => void) => () => void
  /** Why nothing may be written; it may become so at any moment, with a disk that fails. */
  readonly readOnly: () => Problem | null
  readonly stop: () => Promise<void>
}

/** Between two looks at everything. */
const minLookGap: Milliseconds = 5000

/** More would only make each of them slower, and each link live shorter. */
const downloadsAtOnce = 3

/** States in which the provider may have an answer. */
const askedAbout: ReadonlySet<TakeState> = new Set<TakeState>(['ACKED', 'UNKNOWN', 'NEEDS_USER'])

export function createTakeRegistry(parts: TakeRegistryParts): TakeRegistry {
  const { journal, clock, log } = parts
  const runners = new Map<string, Runner>()
  const listeners = new Set<(take: Take) => void>()
  /** Takes that were set going in this process; resuming is for those that another process left. */
  const started = new Set<string>()
  const turns = new Map<string, ReturnType<typeof createSerialQueue>>()
  const downloads = createPrioritySemaphore(downloadsAtOnce)
  const accountSlots = createAccountSlots(parts.widthOf, clock)
  const now = () => new Date(clock.now()).toISOString()
  const readOnly = () => journal.readOnly
  let closing = false

  const saveTakeJson = (record: TakeRecord) => {
    try {
      writeTakeJson(parts, record)
    } catch (error) {
      log('take.json couldn’t be written; the journal has everything', { take: record.order.id, error })
    }
  }

  const isAtRest = (runner: Runner) => terminalStates.has(runner.record().attempt.state)
  /** Of an attempt whose task may still begin, or whose task has become a take that is not at rest yet. */
  const stillNeeded: StepParts['stillNeeded'] = ({ take, attempt }) => {
    const partOf = (runner: Runner) => runner.record().order.partOf === take && !isAtRest(runner)
    if ([...runners.values()].some(partOf)) return true
    const its = journal.attempts(take).find(({ number }) => number === attempt)
    if (its === undefined) return false
    const isNewest = runners.get(take)?.record().attempt.number === attempt
    return mayStartElsewhere(its, clock.now()) || (!isNewest && mayStillStart(its, clock.now()))
  }

  const onChanged = (record: TakeRecord, progress: Progress, committed: boolean) => {
    accountSlots.note(record)
    const take = takeOf(record, progress)
    if (committed) saveTakeJson(record)
    for (const listener of listeners) listener(take)
    // What was kept up for this task can go, if the take that put it up is at rest as well.
    const origin = record.order.partOf === null ? undefined : runners.get(record.order.partOf)
    if (origin && started.has(record.order.partOf ?? '') && terminalStates.has(record.attempt.state))
      origin.start()
  }

  /** Attempts that this process found in the library, and did not begin. */
  const found = new Set<string>()
  const begunBefore: StepParts['begunBefore'] = (attempt) => found.has(attemptKey(attempt))

  const adopt = (record: TakeRecord, isLoaded = false, notedUntil: Timestamp | null = null) => {
    // What was about to be sent when another process ended was not sent, and takes no place until it goes on.
    if (!isLoaded || record.attempt.state !== 'INTENT') accountSlots.note(record)
    const runner = createRunner(
      {
        ...parts,
        accountSlots,
        downloads,
        onChanged,
        onMoreTasks,
        stillNeeded,
        begunBefore,
        closing: () => closing,
      },
      record,
      notedUntil,
    )
    runners.set(record.order.id, runner)
    return runner
  }
  const announce = (record: TakeRecord) => {
    const runner = adopt(record)
    onChanged(record, noProgress, true)
    return runner
  }
  const add = (record: TakeRecord) => {
    found.add(attemptKey(record.attempt))
    return announce(record)
  }
  const begin = (record: TakeRecord) => {
    started.add(record.order.id)
    const runner = announce(record)
    runner.start()
    return runner
  }

  /** A paid task that no take follows becomes a take: its result is brought home like any other. */
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
  const noted = toBeSent.length === 0 ? new Map<string, Timestamp>() : journal.latestSince(toBeSent)
  for (const record of records) {
    const key = attemptKey(record.attempt)
    found.add(key)
    const attempt = withPathsIn(record.attempt, join(parts.library, record.order.id))
    adopt({ ...record, attempt }, true, noted.get(key) ?? null)
  }

  const unreadable = () => unread.filter((id) => !runners.has(id))
  const noTake = (id: string) => (unreadable().includes(id) ? unreadableTake(id) : unknownTake(id))

  const viewOf = (runner: Runner) => takeOf(runner.record(), runner.progress())

  const withRunner: TakeRegistry['withRunner'] = (id, run) => {
    const runner = runners.get(id)
    if (!runner) return Promise.resolve(noTake(id))
    const unwritable = readOnly()
    if (unwritable) return Promise.resolve({ ok: false, problem: unwritable })
    started.add(id)
    const inTurn = turns.get(id) ?? createSerialQueue()
    turns.set(id, inTurn)
    return inTurn(() => unlessUnwritten(() => run(runner)))
  }

  const isWaiting = ([id, runner]: readonly [string, Runner]) =>
    started.has(id) && (askedAbout.has(runner.record().attempt.state) || isOutOfReach(runner.record()))
  /** The network may be back: what waits for the provider waits no longer. */
  const isOutOfReach = ({ attempt }: TakeRecord) =>
    attempt.state === 'HELD' && attempt.problem?.code === 'provider-silent'
  const pokeOne = async (runner: Runner) => {
    if (isOutOfReach(runner.record())) await runner.tell({ type: 'released' })
    else await runner.poke()
    return ok(viewOf(runner))
  }
  let lastLook = -Infinity

  return {
    accountSlots,
    lateTasks: lateTasks,
    unreadable,
    all: () => [...runners.values()],
    find: (id) => runners.get(id),
    record: (id) => {
      const runner = runners.get(id)
      return runner ? ok(runner.record()) : noTake(id)
    },
    noTake,
    viewOf,
    add,
    begin,
    withRunner,
    resume: (which = () => true) => {
      if (readOnly() !== null) return
      for (const [id, runner] of runners) {
        if (started.has(id) || !which(viewOf(runner))) continue
        started.add(id)
        runner.start({ type: 'restarted' })
      }
      for (const record of journal.replacedAttempts()) lateTasks.follow(record)
    },
    lookAtAll: async () => {
      const moment = clock.monotonic()
      if (readOnly() !== null || moment - lastLook < minLookGap) return
      lastLook = moment
      await Promise.all([...runners].filter(isWaiting).map(([id]) => withRunner(id, pokeOne)))
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readOnly,
    stop: async () => {
      closing = true
      await lateTasks.stop()
      await Promise.all([...runners.values()].map((runner) => runner.stop()))
    },
  }
}
