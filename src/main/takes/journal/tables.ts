import { deductedOf } from '../../../shared/rules/deducted.ts'
import { countsFor, type SpendEntry } from '../../../shared/domain/spend.ts'
import type { TakeState } from '../../../shared/domain/take.ts'
import type { Timestamp } from '../../../shared/units.ts'
import type { Attempt } from '../attempt.ts'
import { numberOrNull, textOrNull, type Prepare } from './statements.ts'

export type SpendRows = {
  /** Everything paid or possibly paid, the newest first. */
  readonly spend: () => readonly SpendEntry[]
  /** What was spent since then, in US dollars: what was deducted where that is known, else what was estimated. */
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

function readEntry(row: Record<string, unknown>): SpendEntry {
  const units = textOrNull(row['units'])
  const [provider, model] = [String(row['provider']), String(row['model'])]
  const cost = units === null ? null : { units, unitName: String(row['unit_name']) }
  const mode = row['mode'] === 'pro' ? 'pro' : 'std'
  return {
    take: String(row['take']),
    attempt: Number(row['attempt']),
    account: textOrNull(row['account']),
    provider,
    model,
    clipName: String(row['clip_name']),
    at: String(row['at']),
    amount: numberOrNull(row['amount']),
    // Only these words were ever written.
    outcome: String(row['outcome']) as SpendEntry['outcome'],
    cost,
    deducted: deductedOf({
      settings: { provider, model, mode },
      perSecond: numberOrNull(row['per_second']),
      cost,
    }),
  }
}

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
  const listed = (where: string) =>
    prepare(
      `SELECT spend.*, json_extract(takes.data, '$.settings.mode') AS mode,
         COALESCE(json_extract(CASE WHEN json_valid(attempts.data) THEN attempts.data END, '$.estimate.perSecond'),
           json_extract(takes.data, '$.estimate.perSecond')) AS per_second
       FROM spend JOIN takes ON takes.id = spend.take
         LEFT JOIN attempts ON attempts.take = spend.take AND attempts.number = spend.attempt
       ${where} ORDER BY at DESC, spend.take, attempt`,
    )
  const list = listed('')
  const since = listed('WHERE at >= ?')
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
    spend: () => list.all().map(readEntry),
    spentSince: (from) => since.all(from).reduce((sum, row) => sum + (countsFor(readEntry(row)) ?? 0), 0),
  }
}
