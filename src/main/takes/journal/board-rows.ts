import type { Board } from '../../../shared/domain/board.ts'
import { folded } from '../../../shared/domain/marks.ts'
import type { Prepare } from './tables.ts'

/** All boards, oldest first. `revision` counts the changes, so that the newer of two versions is known. */
export type KeptBoards = { readonly boards: readonly Board[]; readonly revision: number }

export type BoardRows = { readonly boards: () => KeptBoards }

type BoardWriter = BoardRows & {
  /** Saves a board whole, in place of one with its id. */
  readonly putBoard: (board: Board) => void
  readonly dropBoard: (id: string) => void
  /** In place of all boards. */
  readonly putBoards: (kept: KeptBoards) => void
}

export function boardRows(prepare: Prepare): BoardWriter {
  const list = prepare('SELECT id, name, made, cover FROM boards ORDER BY made, id')
  const listTakes = prepare('SELECT board, take FROM board_takes ORDER BY board, place')
  const getRevision = prepare('SELECT revision FROM boards_revision')
  const setRevision = prepare('INSERT OR REPLACE INTO boards_revision (only, revision) VALUES (1, ?)')
  const put = prepare(
    `INSERT INTO boards (id, name, folded, made, cover) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded, cover = excluded.cover`,
  )
  const putTake = prepare('INSERT INTO board_takes (board, take, place) VALUES (?, ?, ?)')
  const dropTakes = prepare('DELETE FROM board_takes WHERE board = ?')
  const drop = prepare('DELETE FROM boards WHERE id = ?')
  const dropAllTakes = prepare('DELETE FROM board_takes')
  const dropAll = prepare('DELETE FROM boards')

  const revision = () => Number(getRevision.all()[0]?.['revision'] ?? 0)
  const putOne = ({ id, name, made, cover, takes }: Board) => {
    put.run(id, name, folded(name), made, cover)
    dropTakes.run(id)
    for (const [place, take] of takes.entries()) putTake.run(id, take, place)
  }

  return {
    boards: () => {
      const takes = Map.groupBy(listTakes.all(), (row) => row['board'])
      const boards = list.all().map((row) => ({
        id: String(row['id']),
        name: String(row['name']),
        made: String(row['made']),
        cover: row['cover'] as string | null,
        takes: (takes.get(row['id']) ?? []).map((one) => String(one['take'])),
      }))
      return { boards, revision: revision() }
    },
    putBoard: (board) => {
      putOne(board)
      setRevision.run(revision() + 1)
    },
    dropBoard: (id) => {
      dropTakes.run(id)
      drop.run(id)
      setRevision.run(revision() + 1)
    },
    putBoards: (kept) => {
      dropAllTakes.run()
      dropAll.run()
      for (const board of kept.boards) putOne(board)
      setRevision.run(kept.revision)
    },
  }
}
