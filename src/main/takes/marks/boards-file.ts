import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { boardId, boardTakes, type Board } from '../../../shared/domain/board.ts'
import { longest } from '../../../shared/domain/marks.ts'
import { takeId } from '../../../shared/domain/take.ts'
import { moveToBackupName } from '../../files/durable.ts'
import { writeJsonSync } from '../../files/write-whole.ts'
import type { KeptBoards } from '../journal/board-rows.ts'
import type { Journal } from '../journal/journal.ts'

const board = z.object({
  id: boardId,
  name: z.string().min(1).max(longest.boardName),
  made: z.string(),
  cover: takeId.nullable().catch(null),
  takes: boardTakes.catch([]),
})

const written = z.object({
  revision: z.number().int().min(0),
  /** One that cannot be right must not cost the others. */
  boards: z.array(board.nullable().catch(null)),
})

const fileOf = (library: string) => join(library, 'boards.json')

function read(library: string): KeptBoards | null {
  try {
    const { revision, boards } = written.parse(JSON.parse(readFileSync(fileOf(library), 'utf8')))
    const byId = new Map(boards.flatMap((one): [string, Board][] => (one === null ? [] : [[one.id, one]])))
    return { revision, boards: [...byId.values()] }
  } catch {
    return null
  }
}

/** Writes all boards beside the takes, from where they come back when the journal is lost. */
export function writeBoards(library: string, { revision, boards }: KeptBoards): void {
  const path = fileOf(library)
  // Someone edited it, or the disk failed. It is not ours to throw away.
  if (existsSync(path) && read(library) === null) moveToBackupName(path)
  writeJsonSync(path, { revision, boards })
}

/** Brings the older of journal and file up to the newer. A lost or restored journal is behind, a kill leaves the file. */
export function catchUpBoards(
  library: string,
  journal: Pick<Journal, 'boards' | 'restoreBoards' | 'readOnly'>,
): void {
  if (journal.readOnly !== null) return
  const [inFile, kept] = [read(library), journal.boards()]
  const revision = inFile?.revision ?? 0
  if (inFile && revision > kept.revision) journal.restoreBoards(inFile)
  if (kept.revision > revision) writeBoards(library, kept)
}
