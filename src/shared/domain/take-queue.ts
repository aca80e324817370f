import { z } from 'zod'
import type { Problem } from '../outcome.ts'
import { takeId } from './take.ts'

/** Takes that wait to be sent, in the order in which they get the next free slot of their account. */
export type TakeQueue = {
  /** Nothing new is sent for any account. Tasks that run are followed and downloaded. */
  readonly paused: boolean
  readonly waiting: readonly { readonly take: string; readonly place: number }[]
  /** Why the pause ends when Understudy does: it couldn’t be saved. */
  readonly unsaved?: Problem
}

export const emptyTakeQueue: TakeQueue = { paused: false, waiting: [] }

/** Where a waiting take can be moved. */
export const queuePlace = z.union([z.literal('first'), z.literal('last'), z.strictObject({ before: takeId })])
export type QueuePlace = z.infer<typeof queuePlace>
