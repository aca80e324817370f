import { closeSync, copyFileSync, existsSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { attemptSchema, type Attempt, orderSchema } from '../attempt.ts'
import { readKeptMarks, type KeptMarks } from '../marks/kept-marks.ts'
import type { HistoryEntry, KeptTake } from '../record.ts'
import { migrations, rowsLeft } from '../journal/database.ts'
import { readUpload, type Upload } from '../journal/tables.ts'

type Row = Record<string, unknown>

/** SQLite’s default page size. */
const pageSize = 4096
const header = { magic: 'SQLite format 3\0', bytes: 100 } as const

/** The first hundred bytes of the file, which can be derived: https://www.sqlite.org/fileformat.html */
function likelyHeader(pages: number): Buffer {
  const made = Buffer.alloc(header.bytes)
  made.write(header.magic, 'latin1')
  made.writeUInt16BE(pageSize, 16)
  // WAL for reading and writing, then the fixed payload fractions.
  Buffer.from([2, 2, 0, 64, 32, 32]).copy(made, 18)
  made.writeUInt32BE(1, 24)
  made.writeUInt32BE(pages, 28)
  made.writeUInt32BE(1, 40)
  made.writeUInt32BE(4, 44)
  made.writeUInt32BE(1, 56)
  made.writeUInt32BE(migrations.length, 60)
  made.writeUInt32BE(1, 92)
  made.writeUInt32BE(3_045_000, 96)
  return made
}

function putHeader(path: string): void {
  const file = openSync(path, 'r+')
  try {
    writeSync(file, likelyHeader(Math.max(1, Math.floor(statSync(path).size / pageSize))), 0, header.bytes, 0)
  } finally {
    closeSync(file)
  }
}

function parsed<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

const readHistory = (row: Row): HistoryEntry => ({
  attempt: Number(row['attempt']),
  at: text(row['at']),
  type: text(row['type']),
  state: text(row['state']),
  ...(typeof row['task'] === 'string' && { taskId: row['task'] }),
})

/** The rows of each take. Without an index, because that may be damaged too. */
const byTake = (rows: readonly Row[]) => Map.groupBy(rows, (row) => row['take'])

/** Whether nothing is missing: an older version of an attempt says less than what happened. */
function isComplete(attempts: readonly Attempt[], history: readonly HistoryEntry[]): boolean {
  const newest = attempts.at(-1)
  if (!newest) return false
  return history.every(
    ({ attempt, at }) => attempt < newest.number || (attempt === newest.number && at <= newest.since),
  )
}

/** The marks of takes whose card can still be read. Boards are in their own file. */
function readMarksLeft(path: string): ReadonlyMap<unknown, KeptMarks | null> {
  const tags = rowsLeft(path, 'SELECT rowid AS rowid, take, place, tag FROM tags NOT INDEXED').toSorted(
    (one, other) => Number(one['place']) - Number(other['place']),
  )
  const cards = rowsLeft(
    path,
    'SELECT rowid AS rowid, number, take, name, stars, flag, note, revision FROM cards NOT INDEXED',
  )
  const tagsOf = byTake(tags)
  return new Map(
    cards.map((card) => [
      card['take'],
      readKeptMarks({ ...card, tags: (tagsOf.get(card['take']) ?? []).map(({ tag }) => text(tag)) }),
    ]),
  )
}

// `AS rowid`: otherwise SQLite names the column after the primary key. Of an event, only the task is needed: the rest
// would be most of the database.
function* readAll(path: string): Generator<KeptTake> {
  const takes = rowsLeft(path, 'SELECT rowid AS rowid, id, data FROM takes NOT INDEXED')
  const attempts = byTake(rowsLeft(path, 'SELECT rowid AS rowid, take, data FROM attempts NOT INDEXED'))
  const events = byTake(
    rowsLeft(
      path,
      `SELECT rowid AS rowid, take, attempt, at, type, state,
         CASE WHEN json_valid(data) THEN json_extract(data, '$.taskId') END AS task FROM events NOT INDEXED`,
    ),
  )
  const uploads = byTake(
    rowsLeft(path, "SELECT rowid AS rowid, * FROM uploads NOT INDEXED WHERE state <> 'gone'"),
  )
  const marks = readMarksLeft(path)
  const trash = new Map(
    rowsLeft(path, 'SELECT rowid AS rowid, take, at FROM trash NOT INDEXED').map((row) => [
      row['take'],
      text(row['at']),
    ]),
  )
  for (const row of takes) {
    const order = parsed(() => orderSchema.parse(JSON.parse(text(row['data']))))
    if (!order || order.id !== row['id']) continue
    const own = (attempts.get(order.id) ?? [])
      .flatMap((one) => parsed(() => attemptSchema.parse(JSON.parse(text(one['data'])))) ?? [])
      .filter(({ take }) => take === order.id)
      .toSorted((one, other) => one.number - other.number)
    const history = (events.get(order.id) ?? []).map(readHistory)
    if (!isComplete(own, history)) continue
    const left = (uploads.get(order.id) ?? []).flatMap((one): readonly Upload[] => {
      const upload = parsed(() => readUpload(one))
      return upload ? [upload] : []
    })
    yield {
      order,
      attempts: own,
      history,
      uploads: left,
      marks: marks.get(order.id) ?? null,
      trashedAt: trash.get(order.id) ?? null,
    }
  }
}

/** The complete takes that can still be read from a damaged database, one by one. The file is not changed. */
export function* salvage(path: string): Generator<KeptTake> {
  const copy = `${path}.reading`
  const copies = [copy, `${copy}-wal`, `${copy}-shm`]
  const fresh = () => {
    for (const old of copies) rmSync(old, { force: true })
    copyFileSync(path, copy)
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
  }
  try {
    fresh()
    let hasAny = false
    for (const take of readAll(copy)) {
      hasAny = true
      yield take
    }
    if (hasAny) return
    fresh()
    putHeader(copy)
    yield* readAll(copy)
  } finally {
    for (const old of copies) rmSync(old, { force: true })
  }
}
