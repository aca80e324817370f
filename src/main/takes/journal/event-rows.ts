import type { Timestamp } from '../../../shared/units.ts'
import type { Attempt } from '../attempt.ts'
import type { HistoryEntry } from '../record.ts'
import type { Prepare } from './tables.ts'

export type EventRows = {
  readonly events: (take: string) => readonly HistoryEntry[]
  /** The time of the newest event of any take since each attempt was last agreed to, by `attemptKey`. */
  readonly latestSince: (attempts: readonly Attempt[]) => ReadonlyMap<string, Timestamp>
}

export const attemptKey = ({ take, number }: Pick<Attempt, 'take' | 'number'>): string =>
  `${take} ${String(number)}`

export function eventRows(prepare: Prepare): EventRows {
  const list = prepare(
    `SELECT attempt, at, type, state, json_extract(data, '$.taskId') AS task FROM events WHERE take = ? ORDER BY seq`,
  )
  // In one pass: a pass for each attempt took two seconds with a thousand of them.
  const latest = prepare(
    `WITH agreed AS MATERIALIZED (
       SELECT events.take AS take, events.attempt AS attempt, MAX(events.seq) AS seq FROM json_each(?) AS wanted
         CROSS JOIN events ON events.take = wanted.value ->> 0 AND events.attempt = wanted.value ->> 1
       WHERE events.type IN ('added', 'prepare-started') GROUP BY 1, 2),
     noted AS MATERIALIZED (
       SELECT seq, MAX(at) OVER (ORDER BY seq DESC) AS latest FROM events
       WHERE seq >= (SELECT MIN(seq) FROM agreed))
     SELECT take, attempt, latest FROM agreed JOIN noted USING (seq)`,
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
    latestSince: (attempts) =>
      new Map(
        latest
          .all(JSON.stringify(attempts.map(({ take, number }) => [take, number])))
          .map((row) => [
            attemptKey({ take: String(row['take']), number: Number(row['attempt']) }),
            String(row['latest']),
          ]),
      ),
  }
}
