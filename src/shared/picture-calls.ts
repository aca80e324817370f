import { z } from 'zod'
import { call, oneTake } from './call.ts'
import type { MediaUrl, TakePictures, TakeSprite } from './domain/views.ts'

/** The calls of the contract for pictures of takes, and of the files that were used last. */
export const pictureCalls = {
  'take:pictures': call(oneTake)<TakePictures>(),
  /** Small pictures from the whole length of a result, for the pointer to move through; made at the first question. */
  'take:sprite': call(oneTake)<TakeSprite>(),
  /** Takes the poster from a moment of the result, in seconds; null: the sharpest again. */
  'take:poster': call(oneTake.extend({ at: z.number().min(0).max(86_400).nullable() }))<TakePictures>(),
  /** Small pictures of both files, made when they are first asked for; null for a file that is gone or unreadable. */
  'recent:pictures': call(z.strictObject({ pair: z.string().max(64) }))<{
    readonly character: MediaUrl | null
    readonly clip: MediaUrl | null
  }>(),
} as const
