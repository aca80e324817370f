import { closeSync, copyFileSync, existsSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { attemptSchema, type Attempt, orderSchema } from '../attempt.ts'
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

const readHistory = (row: Row): HistoryEntry => {
  const data = parsed(() => JSON.parse(text(row['data'])) as { readonly taskId?: unknown } | null)
  return {
    attempt: Number(row['attempt']),
    at: text(row['at']),
    type: text(row['type']),
    state: text(row['state']),
    ...(typeof data?.taskId === 'string' && { taskId: data.taskId }),
  }
}

const ofTake = (rows: readonly Row[], id: string) => rows.filter((row) => row['take'] === id)

/** Whether nothing is missing: an older version of an attempt says less than what happened. */
function isComplete(attempts: readonly Attempt[], history: readonly HistoryEntry[]): boolean {
  const newest = attempts.at(-1)
  if (!newest) return false
  return history.every(
    ({ attempt, at }) => attempt < newest.number || (attempt === newest.number && at <= newest.since),
  )
}

// `AS rowid`: otherwise SQLite names the column after the primary key.
function readAll(path: string): readonly KeptTake[] {
  const takes = rowsLeft(path, 'SELECT rowid AS rowid, id, data FROM takes NOT INDEXED')
  const attempts = rowsLeft(path, 'SELECT rowid AS rowid, take, data FROM attempts NOT INDEXED')
  const events = rowsLeft(
    path,
    'SELECT rowid AS rowid, take, attempt, at, type, state, data FROM events NOT INDEXED',
  )
  const uploads = rowsLeft(path, "SELECT rowid AS rowid, * FROM uploads NOT INDEXED WHERE state <> 'gone'")
  return takes.flatMap((row): readonly KeptTake[] => {
    const order = parsed(() => orderSchema.parse(JSON.parse(text(row['data']))))
    if (!order || order.id !== row['id']) return []
    const own = ofTake(attempts, order.id)
      .flatMap((one) => parsed(() => attemptSchema.parse(JSON.parse(text(one['data'])))) ?? [])
      .filter(({ take }) => take === order.id)
      .toSorted((one, other) => one.number - other.number)
    const history = ofTake(events, order.id).map(readHistory)
    if (!isComplete(own, history)) return []
    const left = ofTake(uploads, order.id).flatMap((one): readonly Upload[] => {
      const upload = parsed(() => readUpload(one))
      return upload ? [upload] : []
    })
    return [{ order, attempts: own, history, uploads: left }]
  })
}

/** The complete takes that can still be read from a damaged database. The file is not changed. */
export function salvage(path: string): readonly KeptTake[] {
  const copy = `${path}.reading`
  const copies = [copy, `${copy}-wal`, `${copy}-shm`]
  const fresh = () => {
    for (const old of copies) rmSync(old, { force: true })
    copyFileSync(path, copy)
    if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`)
  }
  try {
    fresh()
    const found = readAll(copy)
    if (found.length > 0) return found
    fresh()
    putHeader(copy)
    return readAll(copy)
  } finally {
    for (const old of copies) rmSync(old, { force: true })
  }
}
