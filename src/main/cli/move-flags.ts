import type { Command } from 'commander'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { option } from './options.ts'
import { needs } from './problems.ts'

/** An id, or an end of a queue. */
export type MoveTo = { readonly before: string } | 'first' | 'last'

export type MoveFlags = { readonly before?: string; readonly first?: true; readonly last?: true }

/** Where something in a queue is moved. */
export const addMoveFlags = (command: Command, others: string): Command =>
  command
    .addOption(option('before', 'id', 'before this one'))
    .option('--first', `before all other ${others}`)
    .option('--last', 'after all others')

export function readMove(command: string, flags: MoveFlags): Outcome<MoveTo> {
  const places: readonly MoveTo[] = [
    ...(flags.before === undefined ? [] : [{ before: flags.before }]),
    ...(flags.first ? (['first'] as const) : []),
    ...(flags.last ? (['last'] as const) : []),
  ]
  const [to] = places
  if (to === undefined || places.length > 1)
    return needs(command, 'one position: --before ID, --first or --last')
  return ok(to)
}
