import type { Timestamp } from '../../../shared/units.ts'
import type { Attempt } from '../attempt.ts'
import type { HistoryEntry } from '../record.ts'
import { textOrNull, type Prepare } from './statements.ts'

export type EventRows = {
  readonly events: (take: string) => readonly HistoryEntry[]
  /** The newest time noted since this attempt was last agreed to, whatever it is about; null where nothing was. */
  readonly latestSince: (attempt: Attempt) => Timestamp | null
}

export function eventRows(prepare: Prepare): EventRows {
  const list = prepare(
    `SELECT attempt, at, type, state, json_extract(data, '$.taskId') AS task FROM events WHERE take = ? ORDER BY seq`,
  )
  const latest = prepare(
    `SELECT MAX(at) AS latest FROM events WHERE seq >= (SELECT MAX(seq) FROM events
       WHERE take = ? AND attempt = ? AND type IN ('added', 'prepare-started'))`,
  )
  return {
    events: (take) =>
      list.all(take).map((row) => ({
        attempt: Number(row['attempt']),
        at: String(row['at']),
        type: String(row['type']),
        state: String(row['state']),
        ...(typeof row['task'] === 'string' && { taskId: row['task'] }),
      })),
    latestSince: ({ take, number }) => textOrNull(latest.all(take, number)[0]?.['latest']),
  }
}
