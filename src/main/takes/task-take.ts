import { join } from 'node:path'
import { findModel } from '../../shared/rules/models.ts'
import { nameOfProvider } from '../../shared/rules/providers.ts'
import { defaultTakeSettings } from '../../shared/domain/take.ts'
import type { Timestamp } from '../../shared/units.ts'
import type { ListedTask } from '../providers/provider.ts'
import type { TaskOwner } from './types.ts'
import { newAttempt, type Attempt, type Order } from './attempt.ts'
import { hears, step } from './state-machine.ts'
import { splitOffTake } from './late-tasks.ts'
import { startedAfterAll } from './problems.ts'
import type { TakeRecord } from './record.ts'
import type { TakeEvent } from './take-event.ts'

type Made = { readonly id: string; readonly library: string; readonly now: Timestamp }

type Paid = {
  /** The account that lists the task. The account that sent it may be gone. */
  readonly owner: TaskOwner
  readonly task: ListedTask
  /** The attempt that sent it, if this library knows it. */
  readonly from: TakeRecord | undefined
  readonly paidWith: string | null
}

/** When the provider says a task was sent. A time in the future comes from a wrong clock. */
const sentAt = ({ createdAt }: ListedTask, now: Timestamp): Timestamp =>
  createdAt === null || createdAt > Date.parse(now) ? now : new Date(createdAt).toISOString()

/** An order for a task without a take. The provider lists nothing else about it. */
function ordered({ owner, task }: Paid, { id, library, now }: Made): Order {
  const folder = join(library, id)
  return {
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
    clipName: `Task ${task.taskId}`,
    baseUrl: owner.baseUrl,
    host: null,
    clipUrl: null,
    characterUrl: null,
    partOf: null,
    consent: { amount: null, at: sentAt(task, now) },
    estimate: { currency: 'USD', amount: null, perSecond: null, seconds: 0, asOf: '', source: '' },
  }
}

/** A separate take that follows a paid task. If this library sent the task, it is part of the take that did. */
export function takeOfTask(paid: Paid, made: Made): TakeRecord {
  const { owner, task, from, paidWith } = paid
  const { taskId } = task
  const at = sentAt(task, made.now)
  if (from) {
    const { order, attempt } = splitOffTake(from, { id: made.id, taskId }, made.now)
    const settings = { ...order.settings, account: owner.account }
    return {
      order: { ...order, settings, baseUrl: owner.baseUrl },
      attempt: { ...attempt, paidWith, wiredAt: attempt.wiredAt ?? at },
    }
  }
  const attempt = newAttempt(made.id, 1, '', made.now)
  const followed = { state: 'ACKED', taskId, paidWith, agreedAt: null, wiredAt: at, ackedAt: at } as const
  return { order: ordered(paid, made), attempt: { ...attempt, ...followed } }
}

/** The attempt that sent a task, once another take follows it; undefined if nothing changes for it. */
export function afterSplitOff(
  { order, attempt }: TakeRecord,
  { id, now }: Made,
): { readonly attempt: Attempt; readonly event: TakeEvent } | undefined {
  const event: TakeEvent = { type: 'parted', problem: startedAfterAll(order.clipName, id) }
  return hears(attempt, event.type) ? { attempt: step(attempt, event, now), event } : undefined
}
