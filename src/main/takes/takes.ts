import { fail, ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import { terminalStates, type Take, type TakeState } from '../../shared/take.ts'
import type { Milliseconds, Timestamp } from '../../shared/units.ts'
import type { NewTake, Takes } from '../studio-types.ts'
import { admit, agreed, type AdmitParts, type Consent } from './admit.ts'
import { newAttempt } from './attempt.ts'
import type { TakeRecord } from './journal.ts'
import { createFormer } from './former.ts'
import { step, type TakeEvent } from './machine.ts'
import { partedProblem, partedTake } from './part.ts'
import type { Order } from './order.ts'
import { costNow, mayStartOver, preparedBefore, unpreparedSources, unsentAmount } from './start-over.ts'
import { createTurns } from '../in-turn.ts'
import { rebuildMissing } from './rebuild-missing.ts'
import { createRunner, type Runner } from './runner.ts'
import { createGate } from './gate.ts'
import { notNow, unknownTake, unreadableProblem } from './library-problems.ts'
import { unlessUnwritten } from './writes.ts'
import { createLanes } from './lanes.ts'
import { createResults } from './results.ts'
import { tellTake } from './take-folder.ts'
import { noProgress, takeOf, type Progress } from './view.ts'
import type { WorkParts } from './work.ts'

export type TakesParts = Omit<WorkParts, 'lanes' | 'downloads' | 'onMoreTasks'> &
  Pick<AdmitParts, 'reach'> & {
    /** How many tasks of the account of this order may run at once. */
    readonly widthOf: (order: Order) => number
    readonly newOwnId: () => string
    readonly newTakeId: () => string
  }

/** Those of `Takes` that belong to the library itself; pictures and comparisons stand beside it. */
export type Library = Omit<Takes, 'pictures' | 'compare'> & {
  readonly record: (id: string) => Outcome<TakeRecord>
  /** The result of a take that is done, found to be the file that was verified. */
  readonly wholeResult: (id: string) => Promise<Outcome<string>>
  /** What is wrong with this library as a whole; null when nothing is. */
  readonly problem: Problem | null
  /** To be told when the width of an account may have changed. */
  readonly widened: () => void
  /** To be told when an account may have been put right. */
  readonly accountsChanged: () => void
  /** US dollars spent since then, and agreed to without being sent yet. */
  readonly committedSince: (from: Timestamp) => number
  /** How many takes of an account are not at rest. */
  readonly openTakesOf: (provider: string, account: string) => number
  readonly stop: () => Promise<void>
}

/** Between two looks at everything. */
const leastGap: Milliseconds = 5000

/** More would only make each of them slower, and each link live shorter. */
const downloadsAtOnce = 3

/** States in which the provider may have an answer. */
const askedAbout: ReadonlySet<TakeState> = new Set<TakeState>(['ACKED', 'UNKNOWN', 'NEEDS_USER'])

/** What a task id may hold; anything else could lead the question somewhere else. */
const taskIdPattern = /^[A-Za-z0-9_-]{1,200}$/

export function createLibrary(parts: TakesParts): Library {
  const runners = new Map<string, Runner>()
  const arriving = new Map<string, Promise<Outcome<Take>>>()
  const listeners = new Set<(take: Take) => void>()
  const now = () => new Date(parts.clock.now()).toISOString()

  const onChanged = (record: TakeRecord, progress: Progress, committed: boolean) => {
    lanes.note(record)
    const take = takeOf(record, progress)
    if (committed) keepInPlainWords(record)
    for (const listener of listeners) listener(take)
  }

  const keepInPlainWords = (record: TakeRecord) => {
    try {
      tellTake(parts, record)
    } catch (error) {
      parts.log('take.json could not be written; the journal has everything', {
        take: record.order.id,
        error,
      })
    }
  }

  const downloads = createGate(downloadsAtOnce)
  const lanes = createLanes(parts.widthOf, parts.clock)
  let closing = false
  const adoptRecord = (record: TakeRecord) => {
    lanes.note(record)
    const runner = createRunner(
      { ...parts, lanes, downloads, onChanged, onMoreTasks, closing: () => closing },
      record,
    )
    runners.set(record.order.id, runner)
    return runner
  }

  /** A paid task that no take follows becomes a take: its result is brought home like any other. */
  const followAsOwn = (from: TakeRecord, taskId: string) => {
    const parted = partedTake(from, parts.newTakeId(), now())
    const { order, attempt } = parted
    const accepted: TakeEvent = { type: 'accepted', taskId }
    parts.journal.add(order, attempt)
    const record = { order, attempt: step(attempt, accepted, now()) }
    parts.journal.record(record.attempt, accepted)
    const runner = adoptRecord(record)
    awake.add(order.id)
    onChanged(record, noProgress, true)
    runner.start()
    return order.id
  }
  const onMoreTasks = (record: TakeRecord, taskIds: readonly string[]) => {
    for (const taskId of taskIds) followAsOwn(record, taskId)
  }

  const former = createFormer({
    ...parts,
    onFound: (record, { taskId, others }) => {
      const takeId = followAsOwn(record, taskId)
      onMoreTasks(record, others)
      const event: TakeEvent = { type: 'parted', problem: partedProblem(record.order.clipName, takeId) }
      parts.journal.record(step(record.attempt, event, now()), event)
    },
  })

  const { records, unreadable } = parts.journal.load()
  /** It may become so at any moment, with a disk that fails. */
  const readOnly = () => parts.journal.readOnly
  for (const record of records) adoptRecord(record)

  const viewOf = (runner: Runner) => takeOf(runner.record(), runner.progress())
  /** Takes that were set going in this process; resuming is for those that another process left. */
  const awake = new Set<string>()
  const turns = new Map<string, ReturnType<typeof createTurns>>()
  /** What the user wants of one take is done one after the other: two wishes must never meet half-way. */
  const withRunner = (
    id: string,
    run: (runner: Runner) => Promise<Outcome<Take>>,
  ): Promise<Outcome<Take>> => {
    const runner = runners.get(id)
    if (!runner) return Promise.resolve(unknownTake(id))
    const unwritable = readOnly()
    if (unwritable) return Promise.resolve({ ok: false, problem: unwritable })
    awake.add(id)
    const inTurn = turns.get(id) ?? createTurns()
    turns.set(id, inTurn)
    return inTurn(() => unlessUnwritten(() => run(runner)))
  }
  const tell = (id: string, event: TakeEvent, what: string) =>
    withRunner(id, async (runner) =>
      (await runner.tell(event)) ? ok(viewOf(runner)) : notNow(viewOf(runner), what),
    )

  /** Spent since then, and what was agreed to and is not sent yet. */
  const committedSince = (from: Timestamp) =>
    parts.journal.spentSince(from) +
    [...runners.values()].reduce((sum, runner) => sum + unsentAmount(runner.record()), 0)

  async function accept(take: NewTake): Promise<Outcome<Take>> {
    const admitted = await admit(parts, take)
    if (!admitted.ok) return admitted
    const order = admitted.value
    // Nothing may come between this and the note: two takes at once would each see only the other's absence.
    const consented = agreed(parts, committedSince, take.consent, order.estimate)
    if (!consented.ok) return consented
    const record = { order, attempt: newAttempt(order.id, 1, parts.newOwnId(), now()) }
    parts.journal.add(order, record.attempt)
    // Whoever pays on purpose means to try the account again.
    lanes.lift(order)
    const runner = adoptRecord(record)
    awake.add(order.id)
    onChanged(record, noProgress, true)
    runner.start()
    return ok(viewOf(runner))
  }

  async function startOver(runner: Runner, consent: Consent): Promise<Outcome<Take>> {
    const { order, attempt } = runner.record()
    lanes.lift(order)
    const cost = costNow(order, parts.limits().prices)
    const consented = agreed(parts, committedSince, consent, cost)
    if (!consented.ok) return consented
    if (attempt.state === 'DRAFT') {
      await runner.tell({ type: 'prepare-started', estimate: cost })
      return ok(viewOf(runner))
    }
    const mayBeRunning = attempt.state === 'NEEDS_USER' && attempt.taskId !== null
    if (mayBeRunning || !mayStartOver.has(attempt.state)) return notNow(viewOf(runner), 'submitted again')
    const fresh = {
      ...newAttempt(order.id, attempt.number + 1, parts.newOwnId(), now()),
      estimate: cost,
    }
    const prepared = preparedBefore(attempt)
    const next = prepared ? { ...fresh, ...prepared, state: 'PREPARED' as const } : fresh
    parts.journal.addAttempt(next)
    former.follow({ order, attempt })
    await runner.replace({ order, attempt: next })
    return ok(viewOf(runner))
  }

  /** Ends a wait early; a take that is being followed is simply asked about at once. */
  async function lookAgain(runner: Runner): Promise<Outcome<Take>> {
    if (runner.record().attempt.state === 'DONE') return fetchAgain(runner)
    lanes.lift(runner.record().order)
    const heard = (await runner.tell({ type: 'released' })) || (await runner.tell({ type: 'check-again' }))
    if (!heard && runner.record().attempt.state === 'ACKED') await runner.poke()
    return ok(viewOf(runner))
  }

  /** Before the submit it ends here; after it, only the provider can stop a task, and its status says whether it did. */
  async function cancel(runner: Runner): Promise<Outcome<Take>> {
    if (await runner.tell({ type: 'cancelled' })) return ok(viewOf(runner))
    const { order, attempt } = runner.record()
    const isFollowed = attempt.state === 'ACKED' || attempt.resume === 'ACKED'
    if (attempt.taskId === null || !isFollowed) return notNow(viewOf(runner), 'cancelled')
    const provider = await parts.providerOf(order)
    if (!provider.ok) return provider
    if (!provider.value.cancel) {
      return fail('usage', `A task cannot be cancelled at this provider.`, {
        advice: 'Give the take up to stop following it; the provider goes on and charges for it.',
      })
    }
    const asked = await provider.value.cancel(attempt.taskId)
    if (!asked.ok) return asked
    await lookAgain(runner)
    return ok(viewOf(runner))
  }

  let lastLook = -Infinity
  /** Answers may be waiting: every task is asked about once, and never in a burst of such wishes. */
  async function lookAtAll(): Promise<void> {
    const moment = parts.clock.monotonic()
    if (readOnly() !== null || moment - lastLook < leastGap) return
    lastLook = moment
    const waiting = [...runners].filter(([id, runner]) => {
      const { state } = runner.record().attempt
      return awake.has(id) && askedAbout.has(state)
    })
    await Promise.all(
      waiting.map(([id]) =>
        withRunner(id, async (runner) => {
          await runner.poke()
          return ok(viewOf(runner))
        }),
      ),
    )
  }

  const wake = (id: string, runner: Runner) => {
    awake.add(id)
    runner.start({ type: 'restarted' })
  }

  async function rebuild() {
    const unwritable = readOnly()
    if (unwritable) return { ok: false, problem: unwritable } as const
    const { takes, lost } = await rebuildMissing(parts, new Set([...runners.keys(), ...unreadable]))
    const found = takes.map((record) => {
      const runner = adoptRecord(record)
      onChanged(record, noProgress, true)
      return viewOf(runner)
    })
    return ok({ takes: found, lost })
  }

  const openTakesOf = (provider: string, account: string) =>
    [...runners.values()].filter((runner) => {
      const { order, attempt } = runner.record()
      if (terminalStates.has(attempt.state) || attempt.state === 'DRAFT') return false
      return order.settings.provider === provider && order.settings.account === account
    }).length

  const record = (id: string): Outcome<TakeRecord> => {
    const runner = runners.get(id)
    return runner ? ok(runner.record()) : unknownTake(id)
  }

  const { fetchAgain, ...results } = createResults({
    library: parts.library,
    now: parts.clock.now,
    record,
    viewOf,
    withRunner,
  })

  return {
    submit: (take) => {
      const known = runners.get(take.id)
      if (known) return Promise.resolve(ok(viewOf(known)))
      const unwritable = readOnly()
      if (unwritable) return Promise.resolve({ ok: false, problem: unwritable })
      const accepting = () => unlessUnwritten(() => accept(take))
      const pending = arriving.get(take.id) ?? accepting().finally(() => arriving.delete(take.id))
      arriving.set(take.id, pending)
      return pending
    },
    list: () => [...runners.values()].map(viewOf).sort((a, b) => (a.id < b.id ? 1 : -1)),
    show: (id) => {
      const runner = runners.get(id)
      return runner ? ok(viewOf(runner)) : unknownTake(id)
    },
    neededSources: () =>
      new Set([...runners.values()].flatMap((runner) => unpreparedSources(runner.record()))),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    resume: () => {
      if (readOnly() !== null) return
      for (const [id, runner] of runners) if (!awake.has(id)) wake(id, runner)
      for (const record of parts.journal.former()) former.follow(record)
    },
    checkAgain: (id) => withRunner(id, lookAgain),
    lookAtAll,
    costAgain: (id) => {
      const found = record(id)
      return found.ok ? ok(costNow(found.value.order, parts.limits().prices)) : found
    },
    submitAgain: (id, consent) => withRunner(id, (runner) => startOver(runner, consent)),
    adopt: (id, taskId) =>
      taskIdPattern.test(taskId)
        ? tell(id, { type: 'accepted', taskId }, 'given a task id')
        : Promise.resolve(
            fail('usage', 'A task id has only letters, digits, - and _.', {
              advice: 'Copy it from the provider.',
            }),
          ),
    giveUp: (id) => tell(id, { type: 'given-up' }, 'given up'),
    takeBack: (id) => tell(id, { type: 'cancelled' }, 'cancelled'),
    cancel: (id) => withRunner(id, cancel),
    rebuild: () => unlessUnwritten(rebuild),
    get problem() {
      return readOnly() ?? unreadableProblem(unreadable)
    },
    openTakesOf,
    widened: lanes.widened,
    accountsChanged: lanes.lift,
    committedSince,
    record,
    ...results,
    stop: async () => {
      closing = true
      await former.stop()
      await Promise.all([...runners.values()].map((runner) => runner.stop()))
    },
  }
}
