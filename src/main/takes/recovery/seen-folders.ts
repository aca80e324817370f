import type { Milliseconds } from '../../../shared/units.ts'
import type { SeenFolder } from '../journal/folder-rows.ts'
import type { Journal } from '../journal/journal.ts'
import { folderPorts, takeJsonOf, type FolderPorts } from './folders.ts'

/** A file that changed later than this before it was read may change again and keep its times. */
const maySameTime: Milliseconds = 10_000

/**
 * Which `take.json` files changed since the list was last compared with them. It is remembered in the list: an older
 * copy of the list remembers older files.
 */
export type SeenFolders = {
  /** What is remembered of a folder whose file is still the same; null if it has to be read. */
  readonly unchanged: (id: string) => SeenFolder | null
  /** Whether there is a file at all. */
  readonly hasFile: (id: string) => boolean
  /** Remembers what a file contained. */
  readonly note: (id: string, as: SeenFolder['as'], task?: string | null) => void
  readonly save: () => void
}

export function createSeenFolders(
  journal: Pick<Journal, 'seenFolders' | 'setSeenFolders'>,
  library: string,
  now: () => Milliseconds,
  { stat }: FolderPorts = folderPorts,
): SeenFolders {
  const known = journal.seenFolders()
  const found = new Map<string, ReturnType<FolderPorts['stat']>>()
  const noted: SeenFolder[] = []
  /** Looked at once, before the file is read. */
  const markOf = (id: string) => {
    const before = found.get(id)
    if (before !== undefined) return before
    const one = stat(takeJsonOf(library, id))
    found.set(id, one)
    return one
  }
  return {
    unchanged: (id) => {
      const seen = known.get(id)
      return seen !== undefined && markOf(id)?.mark === seen.mark ? seen : null
    },
    hasFile: (id) => markOf(id) !== null,
    note: (take, as, task = null) => {
      const file = markOf(take)
      if (file !== null && now() - file.changedAt > maySameTime)
        noted.push({ take, mark: file.mark, as, task })
    },
    save: () => {
      if (noted.length > 0) journal.setSeenFolders(noted)
    },
  }
}
