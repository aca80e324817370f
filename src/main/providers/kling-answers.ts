import { z } from 'zod'

const text = z.union([z.string(), z.number()]).transform(String)
const maybeText = text.nullish().catch(null)

const video = z.object({ url: z.string().min(1).max(8192) })

const task = z.object({
  task_id: text.pipe(z.string().min(1).max(200)),
  task_info: z.object({ external_task_id: maybeText }).nullish().catch(null),
  task_status: maybeText,
  task_status_msg: maybeText,
  task_result: z
    .object({ videos: z.array(z.unknown()).catch([]) })
    .nullish()
    .catch(null),
  final_unit_deduction: maybeText,
})

/** The envelope around every answer: more is tolerated than documented, nothing is trusted. */
const envelope = z.object({ code: text, message: maybeText, data: z.unknown().optional() })

export type KlingEnvelope = { readonly code: string; readonly message: string; readonly data: unknown }
export type KlingTask = {
  readonly id: string
  /** The id we gave it, where the provider repeats it. */
  readonly ownId: string | null
  readonly status: string
  readonly reason: string | null
  readonly url: string | null
  readonly units: string | null
}

export function readEnvelope(body: string): KlingEnvelope | null {
  let raw: unknown
  try {
    raw = JSON.parse(body)
  } catch {
    return null
  }
  const parsed = envelope.safeParse(raw)
  return parsed.success
    ? { code: parsed.data.code, message: parsed.data.message ?? '', data: parsed.data.data }
    : null
}

export function readTask(data: unknown): KlingTask | null {
  const parsed = task.safeParse(data)
  if (!parsed.success) return null
  const first = video.safeParse(parsed.data.task_result?.videos[0])
  return {
    id: parsed.data.task_id,
    ownId: parsed.data.task_info?.external_task_id ?? null,
    status: (parsed.data.task_status ?? '').toLowerCase(),
    reason: parsed.data.task_status_msg ?? null,
    url: first.success ? first.data.url : null,
    units: parsed.data.final_unit_deduction ?? null,
  }
}
