import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { PaidTask } from '../../shared/paid-task.ts'
import { findModel } from '../../shared/rules/models.ts'
import { nameOfProvider } from '../../shared/rules/providers.ts'
import { defaultTakeSettings, type Take } from '../../shared/take.ts'
import type { ListedTask } from '../providers/task-list.ts'
import type { TaskOwner, Takes } from '../studio-types.ts'
import { createTurns } from '../in-turn.ts'
import { newAttempt } from './attempt.ts'
import { unlessUnwritten } from './journal/writes.ts'
import type { Order } from './order.ts'
import { isUnresolved, partedTake } from './part.ts'
import type { TakeRecord } from './record.ts'
import type { Roster, RosterParts } from './roster.ts'

/** What this library knows of tasks. */
type Known = {
  /** Attempts that are followed, or whose task is still looked for. */
  readonly followed: readonly TakeRecord[]
  /** Attempts that ended without a file: given up, or replaced while their outcome was unknown. */
  readonly letGo: readonly TakeRecord[]
  /** Every task id that an attempt ever had. */
  readonly tasks: ReadonlySet<string>
}

const belongsTo = ({ attempt }: TakeRecord, { taskId, ownId }: ListedTask) =>
  attempt.taskId === taskId || attempt.ownId === ownId

/** The tasks of a list that no attempt brings home, the newest first. */
const tasksOfNobody = (listed: readonly ListedTask[], { followed, letGo, tasks }: Known) =>
  listed
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

/** A take of which only its task is known: the provider lists no more than that. */
function takeOfTask(
  owner: TaskOwner,
  { taskId, createdAt }: ListedTask,
  made: {
    readonly id: string
    readonly library: string
    readonly now: string
    readonly paidWith: string | null
  },
): TakeRecord {
  const { id, now } = made
  const folder = join(made.library, id)
  const sentAt = createdAt === null ? now : new Date(createdAt).toISOString()
  const order: Order = {
    id,
    createdAt: now,
    settings: {
      ...defaultTakeSettings,
      provider: owner.provider,
      account: owner.account,
      model: findModel(owner.provider)?.model ?? '',
    },
    window: { start: 0, length: null },
    characterPath: join(folder, 'character.png'),
    clipPath: join(folder, 'clip.mp4'),
    characterName: `Found at ${nameOfProvider(owner.provider)}`,
    clipName: `Task ${taskId}`,
    baseUrl: owner.baseUrl,
    host: null,
    clipUrl: null,
    characterUrl: null,
    partOf: null,
    consent: { amount: null, at: sentAt },
    estimate: { currency: 'USD', amount: null, perSecond: null, seconds: 0, asOf: '', source: '' },
  }
  const attempt = newAttempt(id, 1, '', now)
  return {
    order,
    attempt: {
      ...attempt,
      state: 'ACKED',
      agreedAt: null,
      taskId,
      paidWith: made.paidWith,
      wiredAt: sentAt,
      ackedAt: sentAt,
    },
  }
}

const unlisted = (provider: string) =>
  fail('usage', `${nameOfProvider(provider)} does not list its tasks.`, {
    advice: 'Copy the id of the task from its console and use “takes adopt”, or download the video there.',
  })

export function createPaidTasks(
  parts: Pick<RosterParts, 'journal' | 'library' | 'newTakeId' | 'clock' | 'providerOf'>,
  roster: Pick<Roster, 'all' | 'begin' | 'viewOf' | 'readOnly'>,
): Pick<Takes, 'findTasks' | 'bringHome'> {
  const { journal } = parts

  const known = (): Known => {
    const newest = roster.all().map((runner) => runner.record())
    const gaveUp = ({ attempt }: TakeRecord) => attempt.state === 'ABANDONED' && attempt.result === null
    return {
      followed: newest.filter((record) => !gaveUp(record)),
      letGo: [...newest.filter(gaveUp), ...journal.former().filter(({ attempt }) => isUnresolved(attempt))],
      tasks: new Set(journal.tasks()),
    }
  }

  async function look(owner: TaskOwner, signal?: AbortSignal) {
    const { baseUrl, ...whom } = owner
    const provider = await parts.providerOf({ settings: { ...defaultTakeSettings, ...whom }, baseUrl })
    if (!provider.ok) return provider
    if (!provider.value.list) return unlisted(owner.provider)
    const listed = await provider.value.list(signal)
    if (!listed.ok) return listed
    // After the answer: what was submitted meanwhile is known by now.
    const here = known()
    const { tasks, whole } = listed.value
    return ok({ provider: provider.value, letGo: here.letGo, tasks: tasksOfNobody(tasks, here), whole })
  }

  const become = (record: TakeRecord, { taskId }: ListedTask): Take => {
    journal.part(record, { type: 'accepted', taskId })
    return roster.viewOf(roster.begin(record))
  }

  // One after the other: two at once would make two takes of one task.
  const inTurn = createTurns()
  async function bringHome(owner: TaskOwner, taskIds: readonly string[]): Promise<Outcome<readonly Take[]>> {
    const unwritable = roster.readOnly()
    if (unwritable) return { ok: false, problem: unwritable }
    const found = await look(owner)
    if (!found.ok) return found
    const { provider, tasks, letGo } = found.value
    const takes = tasks
      .filter(({ taskId }) => taskIds.includes(taskId))
      .map((task) => {
        const made = { id: parts.newTakeId(), now: new Date(parts.clock.now()).toISOString() }
        const from = letGo.find((record) => belongsTo(record, task))
        const record = from
          ? partedTake(from, { id: made.id, taskId: task.taskId }, made.now)
          : takeOfTask(owner, task, { ...made, library: parts.library, paidWith: provider.paidWith ?? null })
        return become(record, task)
      })
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
