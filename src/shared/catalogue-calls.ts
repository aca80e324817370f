import { z } from 'zod'
import { call, nothing, oneTake } from './call.ts'
import { boardDraft, boardId, boardTakes, type Board } from './domain/board.ts'
import {
  pageSize,
  searchAsked,
  type FirstTakes,
  type FoundCards,
  type PageEntry,
  type TagCount,
} from './domain/catalogue.ts'
import { marksChange, mostMarkedTakes, type TakeMarks } from './domain/marks.ts'
import { takeId, type Take } from './domain/take.ts'
import type { EmptiedTrash, PutInTrash, TrashedTake } from './domain/trash.ts'

const someTakes = z.strictObject({ takes: z.array(takeId).min(1).max(mostMarkedTakes) })

/** The calls of the contract for search, marks, boards and the trash. */
export const catalogueCalls = {
  /**
   * Stars, flag, tags, note and name of many takes at once: all are changed or none. Answers the marks before and after;
   * undo is the same call with `backTo` the marks before.
   */
  'take:mark': call(
    z.strictObject({
      requests: z
        .array(z.strictObject({ takes: z.array(takeId).min(1).max(mostMarkedTakes), change: marksChange }))
        .min(1)
        .max(mostMarkedTakes),
    }),
  )<{ readonly before: readonly TakeMarks[]; readonly after: readonly TakeMarks[] }>(),
  /** Empty or null: without a name. Answers the marks before. */
  'take:rename': call(oneTake.extend({ name: z.string().max(1000).nullable() }))<TakeMarks>(),
  'take:list': call(nothing)<FirstTakes>(),
  /** Every take that a filter finds, as small facts; about a megabyte for ten thousand. */
  'library:search': call(searchAsked)<FoundCards>(),
  /** The takes that are on screen, in full and in this order. */
  'library:page': call(z.strictObject({ takes: z.array(takeId).max(pageSize) }))<readonly PageEntry[]>(),
  /** Every tag in use, by its name. */
  'tag:list': call(nothing)<readonly TagCount[]>(),
  'board:list': call(nothing)<readonly Board[]>(),
  /** Makes a board, or gives one another name or cover. */
  'board:save': call(z.strictObject({ board: boardDraft }))<Board>(),
  /** Answers the board as it was. Its takes stay in the library. */
  'board:remove': call(z.strictObject({ board: boardId }))<Board>(),
  /** Puts these takes on a board, in this order and in place of those before. Answers the board as it was. */
  'board:put': call(z.strictObject({ board: boardId, takes: boardTakes }))<Board>(),
  /** Moves all of these takes into the trash, or none. Undo is `take:restore`. */
  'take:trash': call(someTakes)<PutInTrash>(),
  /** Brings all of these takes back into the list, or none. */
  'take:restore': call(someTakes)<readonly Take[]>(),
  /** The latest in the trash first. */
  'library:trash': call(nothing)<readonly TrashedTake[]>(),
  /** Gives these takes to the system’s bin; all in the trash for null. Nothing is deleted. */
  'library:empty-trash': call(z.strictObject({ takes: someTakes.shape.takes.nullable() }))<EmptiedTrash>(),
} as const

export type CatalogueCall = keyof typeof catalogueCalls
