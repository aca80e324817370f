import type { Prepare } from './tables.ts'

/** What a `take.json` was like when the list was last compared with it. */
export type SeenFolder = {
  readonly take: string
  /** Size and times of the file. */
  readonly mark: string
  /** `left`: a take that is over and only in its folder. `lost`: a file that doesn’t contain enough. */
  readonly as: 'listed' | 'left' | 'lost'
  /** The task that a `lost` file names. */
  readonly task: string | null
}

export type FolderRows = {
  readonly seenFolders: () => ReadonlyMap<string, SeenFolder>
  readonly setSeenFolders: (seen: readonly SeenFolder[]) => void
  /** The takes with a change since every `take.json` was known to have all changes. */
  readonly changedSinceKept: () => readonly string[]
  /** Call this when every `take.json` has all changes. */
  readonly setAllKept: () => void
}

export function folderRows(prepare: Prepare): FolderRows {
  const list = prepare('SELECT take, mark, standing, task FROM folders')
  const put = prepare('INSERT OR REPLACE INTO folders (take, mark, standing, task) VALUES (?, ?, ?, ?)')
  const changed = prepare('SELECT DISTINCT take FROM events WHERE seq > COALESCE((SELECT seq FROM kept), 0)')
  const putKept = prepare(
    'INSERT OR REPLACE INTO kept (only, seq) SELECT 1, COALESCE(MAX(seq), 0) FROM events',
  )
  return {
    seenFolders: () =>
      new Map(
        list.all().map((row) => [
          String(row['take']),
          {
            take: String(row['take']),
            mark: String(row['mark']),
            // No other values were ever written.
            as: String(row['standing']) as SeenFolder['as'],
            task: typeof row['task'] === 'string' ? row['task'] : null,
          },
        ]),
      ),
    setSeenFolders: (seen) => {
      for (const { take, mark, as, task } of seen) put.run(take, mark, as, task)
    },
    changedSinceKept: () => changed.all().map((row) => String(row['take'])),
    setAllKept: () => {
      putKept.run()
    },
  }
}
