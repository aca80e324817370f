import type { Bytes } from '../../../shared/units.ts'
import type { Attempt } from '../attempt.ts'
import { numberOrNull, textOrNull, type Prepare } from './statements.ts'

/** How far a download has safely come: `done` bytes are on disk and flushed. */
export type Mark = {
  readonly url: string
  /** A strong ETag; without one a download cannot be continued, only started over. */
  readonly validator: string | null
  readonly total: Bytes | null
  readonly done: Bytes
}

export type DownloadRows = {
  /** How far a download has safely come; null before its first mark. */
  readonly mark: (attempt: Attempt) => Mark | null
  readonly setMark: (attempt: Attempt, mark: Mark) => void
}

export function downloadRows(prepare: Prepare): DownloadRows {
  const get = prepare('SELECT url, validator, total, done FROM downloads WHERE take = ? AND attempt = ?')
  const put = prepare(
    'INSERT OR REPLACE INTO downloads (take, attempt, url, validator, total, done) VALUES (?, ?, ?, ?, ?, ?)',
  )
  return {
    mark: (attempt) => {
      const [row] = get.all(attempt.take, attempt.number)
      if (row === undefined) return null
      return {
        url: String(row['url']),
        validator: textOrNull(row['validator']),
        total: numberOrNull(row['total']),
        done: Number(row['done']),
      }
    },
    setMark: ({ take, number }, { url, validator, total, done }) => {
      put.run(take, number, url, validator, total, done)
    },
  }
}
