import type { Milliseconds } from '../../shared/units.ts'
import type { TaskStatus } from './provider.ts'

/** One task of a provider's own list. */
export type ListedTask = {
  readonly taskId: string
  /** The id that a library gave it, where the provider repeats it. */
  readonly ownId: string | null
  /** Milliseconds since 1970, by the provider's clock. */
  readonly createdAt: Milliseconds | null
  readonly status: Extract<TaskStatus, { kind: 'running' | 'succeeded' | 'failed' | 'empty' }>
}

export type TaskList = {
  readonly tasks: readonly ListedTask[]
  /** False where the list goes on and was not read to its end. */
  readonly whole: boolean
}

/** Providers keep results for a month at most, so older pages have nothing to bring home. */
export const pageSize = 100
export const mostPages = 20

/** A task that moves on between two pages is in both of them. */
export function onceEach(tasks: readonly ListedTask[]): readonly ListedTask[] {
  return [...new Map(tasks.map((task) => [task.taskId, task])).values()]
}
