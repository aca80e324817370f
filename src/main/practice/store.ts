import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Milliseconds } from '../../shared/units.ts'
import type { Log } from '../system/ports.ts'
import { flushFile, flushFolder } from '../files/durable.ts'
import { writeWhole } from '../files/write-whole.ts'

/** The content of `task.json`: all that is needed to continue a task or answer for it after a restart. */
const recordSchema = z.object({
  version: z.literal(1),
  id: z.string().regex(/^\d{1,24}$/),
  /** Order of acceptance; the clock may stop or jump back. */
  sequence: z.int().positive(),
  ownId: z.string().nullable(),
  status: z.enum(['submitted', 'processing', 'succeed', 'failed']),
  statusMessage: z.string().nullable(),
  createdAt: z.number(),
  updatedAt: z.number(),
  request: z.object({
    model: z.string(),
    orientation: z.enum(['image', 'video']),
    mode: z.enum(['std', 'pro']),
    prompt: z.string(),
    keepSound: z.boolean(),
    watermark: z.boolean(),
    callbackUrl: z.string().nullable(),
  }),
  clip: z.object({
    width: z.number().positive(),
    height: z.number().positive(),
    duration: z.number().positive(),
    frameRate: z.object({ num: z.number().positive(), den: z.number().positive() }),
    hasSound: z.boolean(),
  }),
  /** Random, because a result link needs no key. */
  resultToken: z.string().regex(/^[0-9a-f]{32}$/),
  /** Seconds; null until there is a result. */
  resultDuration: z.number().positive().nullable(),
})

export type TaskRecord = z.infer<typeof recordSchema>

export const isOpen = ({ status }: TaskRecord) => status === 'submitted' || status === 'processing'

/** The official words, older generation. */
type TaskWord = 'submitted' | 'processing' | 'succeed' | 'failed'

/** One accepted task. */
export type PracticeTask = {
  readonly id: string
  readonly ownId: string | null
  readonly status: TaskWord
  readonly statusMessage: string | null
  readonly prompt: string
  readonly createdAt: Milliseconds
}

export const taskOf = ({
  id,
  ownId,
  status,
  statusMessage,
  request,
  createdAt,
}: TaskRecord): PracticeTask => ({
  id,
  ownId,
  status,
  statusMessage,
  prompt: request.prompt,
  createdAt,
})

/** `data` of the answer to a submit. */
export const acceptedView = (record: TaskRecord) => ({
  task_id: record.id,
  task_info: record.ownId === null ? {} : { external_task_id: record.ownId },
  task_status: record.status,
  created_at: record.createdAt,
  updated_at: record.updatedAt,
})

/** `data` of the answer to a query. */
export const taskView = (record: TaskRecord, origin: string) => ({
  ...acceptedView(record),
  task_status_msg: record.statusMessage ?? '',
  watermark_info: { enabled: record.request.watermark },
  ...(record.resultDuration !== null && {
    task_result: { videos: [videoView(record, record.resultDuration, origin)] },
  }),
  ...(!isOpen(record) && { final_unit_deduction: '0' }),
})

export const resultPath = (record: TaskRecord) => `/results/${record.resultToken}/${record.id}.mp4`

function videoView(record: TaskRecord, duration: number, origin: string) {
  const url = `${origin}${resultPath(record)}`
  // Practice has one result, always with a watermark: both links lead to it.
  const marked = record.request.watermark ? { watermark_url: url } : {}
  return { id: `${record.id}-1`, url, ...marked, duration: String(Math.round(duration * 1000) / 1000) }
}

/** Every task on disk, one folder each. Only the content of `task.json` is in memory. */
export type Store = {
  /** Oldest first. */
  readonly all: () => readonly TaskRecord[]
  readonly folderOf: (id: string) => string
  /** A private folder for the files of a new task; deleted at the next start unless it is committed. */
  readonly incoming: (name: string) => Promise<string>
  /** After this resolves, the task survives a power cut. */
  readonly commit: (incoming: string, record: TaskRecord) => Promise<void>
  readonly change: (id: string, change: Partial<TaskRecord>) => Promise<TaskRecord>
  readonly discard: (incoming: string) => Promise<void>
}

const recordFile = 'task.json'
/** Results are wiped after 30 days, as the service does. */
const keptFor: Milliseconds = 30 * 24 * 3_600_000

export async function openStore(folder: string, now: Milliseconds, log: Log): Promise<Store> {
  const incomingRoot = join(folder, 'incoming')
  const taskRoot = join(folder, 'tasks')
  const folderOf = (id: string) => join(taskRoot, id)
  await rm(incomingRoot, { recursive: true, force: true })
  await mkdir(incomingRoot, { recursive: true, mode: 0o700 })
  await mkdir(taskRoot, { recursive: true, mode: 0o700 })
  const records = new Map<string, TaskRecord>()
  for (const record of await readRecords(taskRoot, log)) {
    if (!isOpen(record) && now - record.updatedAt > keptFor) {
      await rm(folderOf(record.id), { recursive: true, force: true })
    } else records.set(record.id, record)
  }

  return {
    all: () => [...records.values()],
    folderOf,
    incoming: async (name) => {
      const path = join(incomingRoot, name)
      await mkdir(path, { mode: 0o700 })
      return path
    },
    commit: async (incoming, record) => {
      await writeWhole(join(incoming, recordFile), JSON.stringify(record, null, 2))
      for (const name of await readdir(incoming)) await flushFile(join(incoming, name))
      await flushFolder(incoming)
      await rename(incoming, folderOf(record.id))
      await flushFolder(taskRoot)
      records.set(record.id, record)
    },
    change: async (id, change) => {
      const before = records.get(id)
      if (!before) throw new Error(`The practice task ${id} doesn’t exist.`)
      const record = { ...before, ...change }
      const path = join(folderOf(id), recordFile)
      await writeWhole(path, JSON.stringify(record, null, 2), { durable: true })
      records.set(id, record)
      return record
    },
    discard: (incoming) => rm(incoming, { recursive: true, force: true }),
  }
}

async function readRecords(taskRoot: string, log: Log): Promise<TaskRecord[]> {
  const records: TaskRecord[] = []
  for (const name of await readdir(taskRoot)) {
    try {
      const record = recordSchema.parse(JSON.parse(await readFile(join(taskRoot, name, recordFile), 'utf8')))
      if (record.id === name) records.push(record)
    } catch (error) {
      // Left on the disk for inspection; the other tasks continue.
      log(`The practice task ${name} can’t be read and is skipped.`, { error })
    }
  }
  return records.sort((one, other) => one.sequence - other.sequence)
}
