import { z } from 'zod'
import type { PracticeTask } from './practice.ts'

/** What `task.json` holds: all that is needed to continue or to answer for a task after a restart. */
export const recordSchema = z.object({
  version: z.literal(1),
  id: z.string().regex(/^\d{1,24}$/),
  /** Order of acceptance; the clock alone may stand still or go back. */
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
  /** Unguessable, because a result link needs no key. */
  resultToken: z.string().regex(/^[0-9a-f]{32}$/),
  /** Seconds; null until there is a result. */
  resultDuration: z.number().positive().nullable(),
})

export type TaskRecord = z.infer<typeof recordSchema>

export const isOpen = ({ status }: TaskRecord) => status === 'submitted' || status === 'processing'

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

/** `data` of the answer to a question. */
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
  // Practice has one picture, and it is always marked: both links lead to it.
  const marked = record.request.watermark ? { watermark_url: url } : {}
  return { id: `${record.id}-1`, url, ...marked, duration: String(Math.round(duration * 1000) / 1000) }
}
