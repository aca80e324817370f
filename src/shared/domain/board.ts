import { z } from 'zod'
import { fail, ok, type Outcome } from '../outcome.ts'
import { folded, longest, mostMarkedTakes, oneLine } from './marks.ts'
import { takeId } from './take.ts'
import type { Timestamp } from '../units.ts'

/** Chosen by the caller, so that saving twice makes one board. */
export const boardId = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'a board id has 26 characters')

/** A collection of takes under a name. A take may be on several. */
export type Board = {
  readonly id: string
  readonly name: string
  readonly made: Timestamp
  /** The take whose picture it shows; null for its first. */
  readonly cover: string | null
  /** The ids of its takes, in the user's order. */
  readonly takes: readonly string[]
}

const mostBoards = 500

export const boardDraft = z.strictObject({
  id: boardId,
  name: z.string().max(1000),
  cover: takeId.nullable(),
})
export type BoardDraft = Readonly<z.infer<typeof boardDraft>>

export const boardTakes = z
  .array(takeId)
  .max(mostMarkedTakes)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'every take only once' })

/** The name of a board as it is kept. A filter finds a board by its name, so no two have the same. */
export function readBoardName(
  { id, name: text }: Pick<BoardDraft, 'id' | 'name'>,
  boards: readonly Pick<Board, 'id' | 'name'>[],
): Outcome<string> {
  const name = oneLine(text)
  if (name === '' || name.length > longest.boardName || name.includes('"'))
    return fail(
      'usage',
      `“${name}” can’t be the name of a board. A name has 1 to ${String(longest.boardName)} characters and no quotation mark.`,
    )
  const others = boards.filter((board) => board.id !== id)
  if (others.some((board) => folded(board.name) === folded(name)))
    return fail('usage', `You already have a board “${name}”.`, { advice: 'Choose another name.' })
  if (others.length >= mostBoards)
    return fail('usage', `You already have ${String(mostBoards)} boards.`, {
      advice: 'Remove one you no longer need.',
    })
  return ok(name)
}
