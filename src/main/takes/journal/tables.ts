import { practiceProvider } from '../../../shared/domain/account.ts'
import { readJson } from '../../providers/json.ts'
import { placeSchema, type Place } from '../place/place.ts'
import { deductedOf } from '../../../shared/rules/deducted.ts'
import { countsFor, type SpendEntry } from '../../../shared/domain/money.ts'
import type { TakeState } from '../../../shared/domain/take.ts'
import type { Timestamp, Milliseconds, Bytes } from '../../../shared/units.ts'
import type { Attempt } from '../attempt.ts'
import type { HostId } from '../../../shared/domain/delivery.ts'

type Value = string | number | null

/** Prepares a statement. Only the journal opens the database. */
export type Prepare = (sql: string) => {
  readonly run: (...values: Value[]) => unknown
  readonly all: (...values: Value[]) => readonly Record<string, unknown>[]
  readonly iterate: (...values: Value[]) => Iterable<Record<string, unknown>>
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null)

export type SpendRows = {
  /** Everything paid or possibly paid, newest first. */
  readonly spend: () => readonly SpendEntry[]
  /** Spending since then in US dollars: the amount deducted where known, otherwise the estimate. */
  readonly spentSince: (from: Timestamp) => number
}

type SpendWriter = SpendRows & {
  /** Updates the entry of an attempt, inside the transaction that records the attempt. */
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

/** A task that was done once stays done, although the attempt may be held or given its task id later. */
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
    // No other values were ever written.
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
     FROM takes WHERE id = ? AND json_extract(data, '$.settings.provider') <> '${practiceProvider}'`,
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
        // Never sent, or the provider said that it started nothing.
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

/** One file uploaded for a provider. Saved before its first byte is sent, so that it is always found and deleted. */
export type Upload = {
  /** Random; the name of the object at the host. */
  readonly name: string
  readonly take: string
  readonly attempt: number
  readonly host: HostId
  readonly role: 'clip' | 'character'
  /**
   * `leaving`: to be deleted and never used again. `stuck`: the same, but deleting failed and the user is told.
   * `gone`: deleted, or out of reach for good.
   */
  readonly state: 'open' | 'up' | 'leaving' | 'stuck' | 'gone'
  readonly url: string | null
  readonly until: Milliseconds | null
  /** What the host needs to resume or delete it. */
  readonly note: unknown
}

export type UploadRows = {
  /** The uploads of a take that may still be online. */
  readonly uploads: (take: string) => readonly Upload[]
  /** The takes with uploads that may still be online. */
  readonly takesWithUploads: () => ReadonlySet<string>
  /** The uploads of all takes that are to be deleted. */
  readonly leavingUploads: () => readonly Upload[]
  readonly saveUpload: (upload: Upload) => void
}

type UploadWriter = UploadRows & {
  /** Saves an upload read from elsewhere. An existing row is not changed. */
  readonly keepUpload: (upload: Upload) => void
}

const columns = 'name, take, attempt, host, role, state, url, until, note'

export const readUpload = (row: Record<string, unknown>): Upload => ({
  name: String(row['name']),
  take: String(row['take']),
  attempt: Number(row['attempt']),
  // No other values were ever written.
  host: String(row['host']) as Upload['host'],
  role: String(row['role']) as Upload['role'],
  state: String(row['state']) as Upload['state'],
  url: textOrNull(row['url']),
  until: numberOrNull(row['until']),
  note: JSON.parse(String(row['note'])) as unknown,
})

export function uploadRows(prepare: Prepare): UploadWriter {
  const list = prepare(`SELECT ${columns} FROM uploads WHERE take = ? AND state <> 'gone'`)
  const owners = prepare("SELECT DISTINCT take FROM uploads WHERE state <> 'gone'")
  const leaving = prepare(`SELECT ${columns} FROM uploads WHERE state IN ('leaving', 'stuck')`)
  const values = `INTO uploads (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
  const save = prepare(`INSERT OR REPLACE ${values}`)
  const keep = prepare(`INSERT OR IGNORE ${values}`)
  const cells = ({ name, take, attempt, host, role, state, url, until, note }: Upload) =>
    [name, take, attempt, host, role, state, url, until, JSON.stringify(note ?? null)] as const
  return {
    uploads: (take) => list.all(take).map(readUpload),
    takesWithUploads: () => new Set(owners.all().map((row) => String(row['take']))),
    leavingUploads: () => leaving.all().map(readUpload),
    saveUpload: (upload) => {
      save.run(...cells(upload))
    },
    keepUpload: (upload) => {
      keep.run(...cells(upload))
    },
  }
}

/** Progress of a download: `done` bytes are on disk and flushed. */
export type Mark = {
  readonly url: string
  /** A strong ETag; without one, a download can only start over. */
  readonly validator: string | null
  readonly total: Bytes | null
  readonly done: Bytes
}

export type DownloadRows = {
  /** Null before the first mark. */
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

export type PlaceRow = {
  /** Null where the library does not record a place. */
  readonly place: () => Place | null
  readonly setPlace: (place: Place) => void
}

export function placeRow(prepare: Prepare): PlaceRow {
  const get = prepare('SELECT data FROM place')
  const put = prepare('INSERT OR REPLACE INTO place (only, data) VALUES (1, ?)')
  return {
    place: () => {
      const [row] = get.all()
      return row === undefined ? null : (placeSchema.safeParse(readJson(String(row['data']))).data ?? null)
    },
    setPlace: (place) => {
      put.run(JSON.stringify(place))
    },
  }
}
