import { z } from 'zod'
import { call, oneTake } from './call.ts'
import type { TakePictures, TakeSprite } from './domain/views.ts'

/** The calls of the contract for pictures of takes. */
export const pictureCalls = {
  'take:pictures': call(oneTake)<TakePictures>(),
  /** Small pictures from the whole length of a result, for the pointer to move through; made at the first question. */
  'take:sprite': call(oneTake)<TakeSprite>(),
  /** Takes the poster from a moment of the result, in seconds; null: the sharpest again. */
  'take:poster': call(oneTake.extend({ at: z.number().min(0).max(86_400).nullable() }))<TakePictures>(),
} as const
