import { ok, type Outcome } from '../../shared/outcome.ts'
import type { PaidTask } from '../../shared/domain/paid-task.ts'
import { defaultTakeSettings, type Take } from '../../shared/domain/take.ts'
import type { Provider, ListedTask, TaskList } from '../providers/provider.ts'
import type { TaskOwner, Takes } from './types.ts'
import { createSerialQueue } from '../system/scheduling.ts'
import { type Attempt, isTaskId } from './attempt.ts'
import { cannotListTasks } from './problems.ts'
import { unlessUnwritten } from './journal/writes.ts'
import { isUnresolved } from './late-tasks.ts'
import type { TakeRecord } from './record.ts'
import type { TakeRegistry, TakeRegistryParts } from './registry.ts'
import { afterSplitOff, takeOfTask } from './task-take.ts'

/** What this library knows of tasks. */
type Known = {
  /** Attempts that are followed, or whose task is being searched for. */
  readonly followed: readonly TakeRecord[]
  /**
   * Attempts without a result that are not followed: given up, refused, not sent from here, or replaced while
   * unknown.
   */
  readonly unfollowed: readonly TakeRecord[]
  /** Every task id that an attempt ever had. */
  readonly tasks: ReadonlySet<string>
}

/** Takes made from a task have an empty own id, and the provider lists one for tasks sent without an id. */
const belongsTo = ({ attempt }: TakeRecord, { taskId, ownId }: ListedTask) =>
  attempt.taskId === taskId || (attempt.ownId !== '' && attempt.ownId === ownId)

/** Not followed any more, and without a result. */
const isUnfollowed = ({ state, taskId, result }: Attempt) =>
  result === null &&
  (state === 'ABANDONED' || (taskId === null && (state === 'DRAFT' || state === 'REJECTED')))

/** The listed tasks that no attempt follows, newest first. */
const unclaimedTasks = (listed: readonly ListedTask[], { followed, unfollowed: letGo, tasks }: Known) =>
  listed
    .filter(({ taskId }) => isTaskId(taskId))
    .filter((task) => !followed.some((record) => belongsTo(record, task)))
    .filter((task) => !tasks.has(task.taskId) || letGo.some(({ attempt }) => attempt.taskId === task.taskId))
    .toSorted((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0))

function viewOf({ taskId, createdAt, status }: ListedTask): PaidTask {
  const isOver = status.kind === 'succeeded' || status.kind === 'empty'
  return {
    taskId,
    createdAt: createdAt === null ? null : new Date(createdAt).toISOString(),
    state: status.kind === 'failed' ? 'failed' : isOver ? 'succeeded' : 'running',
    cost: 'cost' in status ? status.cost : null,
  }
}

type Looked = TaskList & { readonly provider: Provider }

export function createPaidTasks(
  parts: Pick<TakeRegistryParts, 'journal' | 'library' | 'newTakeId' | 'clock' | 'providerOf'>,
  registry: Pick<TakeRegistry, 'records' | 'aside' | 'find' | 'begin' | 'readOnly'>,
): Pick<Takes, 'findTasks' | 'bringHome'> {
  const { journal } = parts

  const known = (): Known => {
    const newest = registry.records()
    // A take in the trash must not be found again as another one.
    const aside = registry.aside()
    const replaced = journal.replacedAttempts()
    const isTrashed = ({ order }: TakeRecord) => aside.has(order.id)
    return {
      followed: [
        ...newest.filter(({ attempt }) => !isUnfollowed(attempt)),
        ...aside.values(),
        ...replaced.filter(isTrashed),
      ],
      unfollowed: [
        ...newest.filter(({ attempt }) => isUnfollowed(attempt)),
        ...replaced.filter((record) => isUnresolved(record.attempt) && !isTrashed(record)),
      ],
      tasks: new Set(journal.tasks()),
    }
  }

  async function look(owner: TaskOwner, signal?: AbortSignal): Promise<Outcome<Looked>> {
    const { baseUrl, ...whom } = owner
    const provider = await parts.providerOf({ settings: { ...defaultTakeSettings, ...whom }, baseUrl })
    if (!provider.ok) return provider
    if (!provider.value.list) return cannotListTasks(owner.provider)
    const listed = await provider.value.list(signal)
    if (!listed.ok) return listed
    // Only after the answer, so that tasks submitted meanwhile are known.
    const { tasks, whole } = listed.value
    return ok({ provider: provider.value, tasks: unclaimedTasks(tasks, known()), whole })
  }

  /** Makes a take for a task; null if another take follows it by now. */
  async function follow(owner: TaskOwner, task: ListedTask, provider: Provider): Promise<Take | null> {
    const here = known()
    if (unclaimedTasks([task], here).length === 0) return null
    const made = {
      id: parts.newTakeId(),
      now: new Date(parts.clock.now()).toISOString(),
      library: parts.library,
    }
    const from = here.unfollowed.find(
      (record) => record.order.settings.provider === owner.provider && belongsTo(record, task),
    )
    const record = takeOfTask({ owner, task, from, paidWith: provider.paidWith ?? null }, made)
    const left = from && afterSplitOff(from, made)
    journal.addSplitOff(record, { type: 'accepted', taskId: task.taskId }, left)
    const runner = from && registry.find(from.order.id)
    if (left && runner?.record().attempt.number === left.attempt.number)
      await runner.replace({ order: from.order, attempt: left.attempt })
    return registry.begin(record).view()
  }

  // One at a time: two calls at once would make two takes of one task.
  const inTurn = createSerialQueue()
  async function bringHome(owner: TaskOwner, taskIds: readonly string[]): Promise<Outcome<readonly Take[]>> {
    const unwritable = registry.readOnly()
    if (unwritable) return { ok: false, problem: unwritable }
    const found = await look(owner)
    if (!found.ok) return found
    const takes: Take[] = []
    for (const task of found.value.tasks.filter(({ taskId }) => taskIds.includes(taskId))) {
      const take = await follow(owner, task, found.value.provider)
      if (take) takes.push(take)
    }
    return ok(takes)
  }

  return {
    findTasks: async (owner, signal) => {
      const found = await look(owner, signal)
      return found.ok ? ok({ tasks: found.value.tasks.map(viewOf), whole: found.value.whole }) : found
    },
    bringHome: (owner, taskIds) => inTurn(() => unlessUnwritten(() => bringHome(owner, taskIds))),
  }
}
