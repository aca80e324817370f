import { ok, type Outcome, type Problem } from '../../shared/outcome.ts'
import { terminalStates, type Take } from '../../shared/domain/take.ts'
import type { Timestamp } from '../../shared/units.ts'
import type { NewTake, Takes } from './types.ts'
import { createSerialQueue } from '../system/scheduling.ts'
import { admit, checkConsent, type AdmitParts, type Consent } from './submit/admit.ts'
import { isToBeSent, newAttempt, isTaskId } from './attempt.ts'
import {
  sameOrders,
  costNow,
  mayStartOver,
  preparedBefore,
  unpreparedSources,
  unsentAmount,
} from './submit/resubmit.ts'
import type { TakeRecord } from './record.ts'
import { cannotCancel, noSuchTask, notATaskId, notNow, taskHasTake, unreadableProblem } from './problems.ts'
import type { TakeEvent } from './take-event.ts'
import { createPaidTasks } from './paid-tasks.ts'
import { rebuildMissing } from './recovery/restore.ts'
import { createResults } from './results.ts'
import { createTrash, type TrashParts } from './trash/trash.ts'
import { createTakeRegistry, type TakeRegistryParts } from './registry.ts'
import type { Runner } from './runner.ts'
import { unlessUnwritten } from './journal/writes.ts'

export type TakesParts = TakeRegistryParts &
  Pick<TrashParts, 'bin'> &
  Pick<AdmitParts, 'reach'> & {
    readonly newOwnId: () => string
  }

/** `Takes` without what is made of a take’s files: pictures, videos, sounds, motion, offsets and support packs. */
export type Library = Omit<
  Takes,
  | 'pictures'
  | 'sprite'
  | 'choosePoster'
  | 'contactSheet'
  | 'compare'
  | 'preview'
  | 'sound'
  | 'motion'
  | 'findOffset'
  | 'supportPack'
> & {
  readonly record: (id: string) => Outcome<TakeRecord>
  /** The ids of takes that can’t be read. */
  readonly unreadable: () => readonly string[]
  /** What is wrong with this library as a whole; null if nothing is. */
  readonly problem: Problem | null
  /** What happened to a queue that couldn’t be read. */
  readonly queueNotice: () => Problem | null
  /** Call this when the number of parallel tasks of an account may have changed. */
  readonly widened: () => void
  /** Call this when the user may have fixed an account. */
  readonly accountsChanged: () => void
  /** US dollars spent since then, plus what was agreed to and is not sent yet. */
  readonly committedSince: (from: Timestamp) => number
  /** How many takes of an account are neither over nor drafts. */
  readonly openTakesOf: (provider: string, account: string) => number
  readonly stop: () => Promise<void>
}

export function createLibrary(parts: TakesParts): Library {
  const registry = createTakeRegistry(parts)
  const trash = createTrash({ ...parts, registry })
  const { accountSlots, sending, withRunner, readOnly } = registry
  const arriving = new Map<string, Promise<Outcome<Take>>>()
  const now = () => new Date(parts.clock.now()).toISOString()

  const isInTrash = (id: string) => registry.aside().has(id)

  const tell = (id: string, event: TakeEvent, what: string) =>
    withRunner(id, async (runner) =>
      (await runner.tell(event)) ? ok(runner.view()) : notNow(runner.view(), what),
    )

  const committedSince = (from: Timestamp) =>
    parts.journal.spentSince(from) + registry.records().reduce((sum, record) => sum + unsentAmount(record), 0)

  async function accept(take: NewTake): Promise<Outcome<Take>> {
    const admitted = await admit(parts, take)
    if (!admitted.ok) return admitted
    const order = admitted.value
    // No await until the take is saved: two submits at once would each see only their own cost.
    const consented = checkConsent(parts, committedSince, take.consent, order.estimate)
    if (!consented.ok) return consented
    const record = { order, attempt: newAttempt(order.id, 1, parts.newOwnId(), now()) }
    parts.journal.add(order, record.attempt)
    // Submitting a take also retries its account.
    accountSlots.reopen(order)
    return ok(registry.begin(record).view())
  }

  async function startOver(runner: Runner, consent: Consent): Promise<Outcome<Take>> {
    const { order, attempt } = runner.record()
    accountSlots.reopen(order)
    const cost = costNow(order, parts.limits().prices)
    const consented = checkConsent(parts, committedSince, consent, cost)
    if (!consented.ok) return consented
    if (attempt.state === 'DRAFT') {
      await runner.tell({ type: 'prepare-started', estimate: cost })
      return ok(runner.view())
    }
    const mayBeRunning = attempt.state === 'NEEDS_USER' && attempt.taskId !== null
    if (mayBeRunning || !mayStartOver.has(attempt.state)) return notNow(runner.view(), 'submitted again')
    const fresh = {
      ...newAttempt(order.id, attempt.number + 1, parts.newOwnId(), now()),
      estimate: cost,
    }
    const prepared = preparedBefore({ order, attempt })
    const next = prepared ? { ...fresh, ...prepared, state: 'PREPARED' as const } : fresh
    parts.journal.addAttempt(next)
    registry.lateTasks.follow({ order, attempt })
    await runner.replace({ order, attempt: next })
    return ok(runner.view())
  }

  /** Ends a wait early. For a take that is being followed, asks the provider now. */
  async function lookAgain(runner: Runner): Promise<Outcome<Take>> {
    if (runner.record().attempt.state === 'DONE') return fetchAgain(runner)
    accountSlots.reopen(runner.record().order)
    const heard = (await runner.tell({ type: 'released' })) || (await runner.tell({ type: 'check-again' }))
    if (!heard && runner.record().attempt.state === 'ACKED') await runner.poke()
    return ok(runner.view())
  }

  /**
   * Before the submit it ends here. After it, only the provider can stop the task, and its status shows whether it
   * did.
   */
  async function cancel(runner: Runner): Promise<Outcome<Take>> {
    if (await runner.tell({ type: 'cancelled' })) return ok(runner.view())
    const { order, attempt } = runner.record()
    const isFollowed = attempt.state === 'ACKED' || attempt.resume === 'ACKED'
    if (attempt.taskId === null || !isFollowed) return notNow(runner.view(), 'cancelled')
    const provider = await parts.providerOf(order)
    if (!provider.ok) return provider
    if (!provider.value.cancel) {
      return cannotCancel
    }
    const asked = await provider.value.cancel(attempt.taskId)
    if (!asked.ok) return asked
    await lookAgain(runner)
    return ok(runner.view())
  }

  async function adopt(runner: Runner, taskId: string): Promise<Outcome<Take>> {
    if (!isTaskId(taskId)) return notATaskId
    if (parts.journal.tasksOfOthers(runner.record().attempt).includes(taskId)) return taskHasTake(taskId)
    const provider = await parts.providerOf(runner.record().order)
    const known = provider.ok ? await provider.value.status(taskId) : null
    if (known?.kind === 'missing') return noSuchTask(taskId)
    const heard = await runner.tell({ type: 'accepted', taskId })
    return heard ? ok(runner.view()) : notNow(runner.view(), 'given a task id')
  }

  async function interruptedLike(take: NewTake): Promise<Take | null> {
    const views = registry.views().filter(isToBeSent)
    const orders = views.flatMap(({ id }) => {
      const found = registry.record(id)
      return found.ok ? [found.value.order] : []
    })
    const ids = new Set((await sameOrders(parts, take, orders)).map(({ id }) => id))
    return views.filter(({ id }) => ids.has(id)).sort((a, b) => (a.id < b.id ? 1 : -1))[0] ?? null
  }

  // One at a time: two rebuilds at once would both find the same take missing.
  const rebuilding = createSerialQueue()
  async function rebuild() {
    const unwritable = readOnly()
    if (unwritable) return { ok: false, problem: unwritable } as const
    const { takes, lost } = await rebuildMissing(
      parts,
      new Set([...registry.records(), ...registry.aside().values()].map(({ order }) => order.id)),
    )
    return ok({ takes: takes.flatMap((record) => registry.add(record) ?? []), lost })
  }

  const openTakesOf = (provider: string, account: string) =>
    registry.records().filter(({ order, attempt }) => {
      if (terminalStates.has(attempt.state) || attempt.state === 'DRAFT') return false
      return order.settings.provider === provider && order.settings.account === account
    }).length

  const { fetchAgain, ...results } = createResults({
    ...registry,
    library: parts.library,
    trackFile: parts.trackFile,
    providerOf: parts.providerOf,
    now: parts.clock.now,
  })

  return {
    submit: (take) => {
      const known = registry.view(take.id)
      if (known.ok || isInTrash(take.id)) return Promise.resolve(known)
      const unwritable = readOnly()
      if (unwritable) return Promise.resolve({ ok: false, problem: unwritable })
      const accepting = () => unlessUnwritten(() => accept(take))
      const pending = arriving.get(take.id) ?? accepting().finally(() => arriving.delete(take.id))
      arriving.set(take.id, pending)
      return pending
    },
    list: () => registry.views().toSorted((a, b) => (a.id < b.id ? 1 : -1)),
    show: registry.view,
    neededSources: () =>
      new Set([...registry.records(), ...registry.aside().values()].flatMap(unpreparedSources)),
    ...createPaidTasks(parts, registry),
    ...trash,
    queue: sending.read,
    pauseQueue: sending.pause,
    moveInQueue: async (id, to) => {
      const found = registry.record(id)
      return found.ok ? sending.move(found.value, to) : found
    },
    onQueueChanged: sending.subscribe,
    queueNotice: sending.notice,
    subscribe: registry.subscribe,
    resume: registry.resume,
    interruptedLike,
    checkAgain: (id) => withRunner(id, lookAgain),
    lookAtAll: registry.lookAtAll,
    costAgain: (id) => {
      const found = registry.record(id)
      return found.ok ? ok(costNow(found.value.order, parts.limits().prices)) : found
    },
    submitAgain: (id, consent) => withRunner(id, (runner) => startOver(runner, consent)),
    adopt: (id, taskId) => withRunner(id, (runner) => adopt(runner, taskId)),
    giveUp: (id) => tell(id, { type: 'given-up' }, 'given up'),
    takeBack: (id) => tell(id, { type: 'cancelled' }, 'cancelled'),
    cancel: (id) => withRunner(id, cancel),
    rebuild: () => rebuilding(() => unlessUnwritten(rebuild)),
    get problem() {
      return readOnly() ?? unreadableProblem(registry.unreadable())
    },
    openTakesOf,
    widened: accountSlots.widened,
    accountsChanged: accountSlots.reopen,
    committedSince,
    record: registry.record,
    unreadable: registry.unreadable,
    ...results,
    stop: registry.stop,
  }
}
