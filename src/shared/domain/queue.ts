import type { Problem } from '../outcome.ts'
import type { Fraction, Seconds, Timestamp } from '../units.ts'

export const queueStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export type QueueState = (typeof queueStates)[number]

/** One preparation in the queue; paths are never part of it. */
export type QueueItem = {
  readonly id: string
  readonly state: QueueState
  readonly addedAt: Timestamp
  readonly characterName: string | null
  readonly clipName: string | null
  /** As `takeSettings` names them. */
  readonly provider: string
  readonly model: string
  readonly orientation: string
  /** The folder that was chosen, by name. */
  readonly folder: string
  /** The folder that it is in, by name; null at the top of a disk. */
  readonly parent: string | null
  /** The folder in it that holds, or will hold, the files. */
  readonly name: string
  /** What was written; empty until it is done. */
  readonly files: readonly string[]
  readonly progress: Fraction | null
  readonly eta: Seconds | null
  readonly problem: Problem | null
}

/** Preparations that are made one after the other, offline, in this order; the queue continues after a restart. */
export type Queue = {
  readonly paused: boolean
  /** Why it paused automatically; null where the user did it, and while it runs. */
  readonly pausedBy: Problem | null
  readonly items: readonly QueueItem[]
}

export const emptyQueue: Queue = { paused: false, pausedBy: null, items: [] }
