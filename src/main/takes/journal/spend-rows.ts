import type { SpendEntry } from '../../../shared/spend.ts'
import type { TakeState } from '../../../shared/take.ts'
import type { Timestamp } from '../../../shared/units.ts'
import type { Attempt } from '../attempt.ts'
import { numberOrNull, textOrNull, type Prepare } from './statements.ts'

export type SpendRows = {
  /** Everything paid or possibly paid, the newest first. */
  readonly spend: () => readonly SpendEntry[]
  /** The sum of the estimates agreed to since then, in US dollars, without what was refused or failed. */
  readonly spentSince: (from: Timestamp) => number
}

type SpendWriter = SpendRows & {
  /** Keeps the entry of an attempt in step with it; called inside the transaction that records the attempt. */
  readonly note: (attempt: Attempt) => void
}

const outcomes: Partial<Record<TakeState, SpendEntry['outcome']>> = {
  REJECTED: 'refused',
  REMOTE_FAILED: 'failed',
  REMOTE_DONE: 'done',
  DOWNLOADING: 'done',
  VERIFIED: 'done',
  DONE: 'done',
  EXPIRED: 'done',
}

/** A hold or an adoption late in the life of a task does not unsay that it was done. */
const outcomeOf = (attempt: Attempt): SpendEntry['outcome'] =>
  outcomes[attempt.state] ?? (attempt.resultUrl === null ? 'open' : 'done')

export function spendRows(prepare: Prepare): SpendWriter {
  const put = prepare(
    `INSERT OR REPLACE INTO spend
       (take, attempt, account, provider, model, clip_name, at, amount, outcome, units, unit_name)
     SELECT id, ?, json_extract(data, '$.settings.account'), json_extract(data, '$.settings.provider'),
       json_extract(data, '$.settings.model'), json_extract(data, '$.clipName'), ?,
       CASE WHEN ? THEN ? ELSE json_extract(data, '$.estimate.amount') END, ?, ?, ?
     FROM takes WHERE id = ? AND json_extract(data, '$.settings.provider') <> 'practice'`,
  )
  const drop = prepare('DELETE FROM spend WHERE take = ? AND attempt = ?')
  const list = prepare('SELECT * FROM spend ORDER BY at DESC, take, attempt')
  const sum = prepare(
    // What failed counts only where the provider took something for it.
    `SELECT SUM(amount) AS total FROM spend WHERE at >= ? AND outcome <> 'refused'
       AND NOT (outcome = 'failed' AND CAST(COALESCE(units, '0') AS REAL) = 0)`,
  )
  return {
    note: (attempt) => {
      if (attempt.wiredAt === null) {
        // Never sent, or the provider said that nothing was started and it waits to be sent once more.
        drop.run(attempt.take, attempt.number)
        return
      }
      const { cost } = attempt
      put.run(
        attempt.number,
        attempt.wiredAt,
        attempt.estimate === null ? 0 : 1,
        attempt.estimate?.amount ?? null,
        outcomeOf(attempt),
        cost?.units ?? null,
        cost?.unitName ?? null,
        attempt.take,
      )
    },
    spend: () =>
      list.all().map((row) => {
        const units = textOrNull(row['units'])
        return {
          take: String(row['take']),
          attempt: Number(row['attempt']),
          account: textOrNull(row['account']),
          provider: String(row['provider']),
          model: String(row['model']),
          clipName: String(row['clip_name']),
          at: String(row['at']),
          amount: numberOrNull(row['amount']),
          // Only these words were ever written.
          outcome: String(row['outcome']) as SpendEntry['outcome'],
          cost: units === null ? null : { units, unitName: String(row['unit_name']) },
        }
      }),
    spentSince: (from) => Number(sum.all(from)[0]?.['total'] ?? 0),
  }
}
