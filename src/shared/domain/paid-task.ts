import type { Cost } from './money.ts'
import type { Timestamp } from '../units.ts'

/** A task at a provider whose result is on this machine in no take: another program made it, or a library was lost. */
export type PaidTask = {
  readonly taskId: string
  /** Null where the provider does not say. */
  readonly createdAt: Timestamp | null
  readonly state: 'running' | 'succeeded' | 'failed'
  /** What it cost, where the provider says so. */
  readonly cost: Cost | null
}

/** The newest first. */
export type PaidTasks = {
  readonly tasks: readonly PaidTask[]
  /** False where the provider has more tasks than were asked about. */
  readonly whole: boolean
}
