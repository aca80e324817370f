import type { Log } from '../../system/ports.ts'
import { attemptSchema, type Attempt, orderSchema } from '../attempt.ts'
import type { TakeRecord } from '../record.ts'
import type { Prepare } from './tables.ts'

/** Every take that can be read, and the ids of those that can’t. */
type Loaded = { readonly records: readonly TakeRecord[]; readonly unreadable: readonly string[] }

export type TakeRows = {
  readonly load: () => Loaded
  /** The same, of these takes only. Ids that aren’t in the list are left out. */
  readonly loadSome: (ids: Iterable<string>) => Loaded
  /** The ids of all takes, also of those that can’t be read. */
  readonly ids: () => ReadonlySet<string>
  /** The ids of the takes that are not done. */
  readonly idsNotDone: () => readonly string[]
  /** Every attempt that a newer one replaced. */
  readonly replacedAttempts: () => readonly TakeRecord[]
  /** Every readable attempt of a take, oldest first. */
  readonly attempts: (take: string) => readonly Attempt[]
  /** The task ids of all attempts. */
  readonly tasks: () => readonly string[]
  /** The task ids of all attempts but this one. */
  readonly tasksOfOthers: (attempt: Attempt) => readonly string[]
}

type Row = Record<string, unknown>

function readAttempt(text: string): Attempt | null {
  try {
    return attemptSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const columns = `SELECT takes.id AS id, takes.data AS "order", attempts.data AS attempt FROM takes
  JOIN attempts ON attempts.take = takes.id`
const newestNumber = '(SELECT MAX(number) FROM attempts AS newest WHERE newest.take = takes.id)'
const newest = `${columns} AND attempts.number = ${newestNumber}`

export function takeRows(prepare: Prepare, log: Log): TakeRows {
  const rows = prepare(`${newest} ORDER BY takes.id DESC`)
  const oneRow = prepare(`${newest} WHERE takes.id = ?`)
  const formerRows = prepare(`${columns} AND attempts.number < ${newestNumber}`)
  const listIds = prepare('SELECT id FROM takes WHERE EXISTS (SELECT 1 FROM attempts WHERE take = takes.id)')
  const listNotDone = prepare(
    `SELECT take AS id FROM attempts WHERE state <> 'DONE'
       AND number = (SELECT MAX(number) FROM attempts AS newest WHERE newest.take = attempts.take)`,
  )
  const listTasks = prepare(
    // A row that can’t be read must not fail the look-up for the other takes.
    `SELECT task FROM (SELECT take, number,
       CASE WHEN json_valid(data) THEN json_extract(data, '$.taskId') END AS task FROM attempts)
     WHERE NOT (take = ? AND number = ?) AND task IS NOT NULL`,
  )
  const listAttempts = prepare('SELECT data FROM attempts WHERE take = ? ORDER BY number')

  /** Unreadable takes that are in the log already. */
  const reported = new Set<string>()
  const read = (found: Iterable<Row>): Loaded => {
    const records: TakeRecord[] = []
    const unreadable: string[] = []
    for (const row of found) {
      try {
        const order = orderSchema.parse(JSON.parse(String(row['order'])))
        const attempt = attemptSchema.parse(JSON.parse(String(row['attempt'])))
        records.push({ order, attempt })
      } catch (error) {
        const take = String(row['id'])
        if (!reported.has(take)) log('a take in the library can’t be read and is skipped', { take, error })
        reported.add(take)
        unreadable.push(take)
      }
    }
    return { records, unreadable }
  }

  return {
    // One row at a time: the text of ten thousand takes is tens of megabytes.
    load: () => read(rows.iterate()),
    loadSome: (ids) => read([...ids].flatMap((id) => oneRow.all(id))),
    ids: () => new Set(listIds.all().map((row) => String(row['id']))),
    idsNotDone: () => listNotDone.all().map((row) => String(row['id'])),
    replacedAttempts: () => read(formerRows.iterate()).records,
    attempts: (take) => listAttempts.all(take).flatMap((row) => readAttempt(String(row['data'])) ?? []),
    tasks: () => listTasks.all('', 0).map((row) => String(row['task'])),
    tasksOfOthers: ({ take, number }) => listTasks.all(take, number).map((row) => String(row['task'])),
  }
}
