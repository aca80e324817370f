import { z } from 'zod'
import { call, nothing } from './call.ts'
import { queuePlace, type TakeQueue } from './domain/take-queue.ts'
import { takeId } from './domain/take.ts'

/** About takes that wait to be sent. `take:cancel` takes one out. */
export const takeQueueCalls = {
  'take-queue:read': call(nothing)<TakeQueue>(),
  /** Paused, nothing new is sent for any account. Tasks that run are followed and downloaded. */
  'take-queue:pause': call(z.strictObject({ paused: z.boolean() }))<TakeQueue>(),
  'take-queue:move': call(z.strictObject({ take: takeId, to: queuePlace }))<TakeQueue>(),
} as const

export type TakeQueueCall = keyof typeof takeQueueCalls
