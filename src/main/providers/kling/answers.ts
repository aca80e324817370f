import { z } from 'zod'
import type { Cost } from '../../../shared/domain/money.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { readJson } from '../json.ts'
import { providerText } from '../provider-text.ts'
import { providerTime } from '../provider-time.ts'
import { stateWord } from '../task-words.ts'

/** Ids and amounts come as text or as numbers, depending on the page of the documentation. */
export const text = z.union([z.string(), z.number()]).transform(String)
const shortText = text.transform(providerText)
export const maybeText = shortText.nullish().catch(null)
/** An amount, as text or as a number. */
export const decimal = text.pipe(z.string().regex(/^-?\d+(\.\d+)?$/)).transform(Number)
export const taskIdText = text.pipe(z.string().min(1).max(200))

/** An address is used or left, never cut. */
export const link = z.string().min(1).max(8192).nullish().catch(null)
const video = z.object({ url: link, watermark_url: link })

const task = z.object({
  task_id: taskIdText,
  task_info: z.object({ external_task_id: maybeText }).nullish().catch(null),
  task_status: maybeText,
  task_status_msg: maybeText,
  task_result: z
    .object({ videos: z.array(z.unknown()).catch([]) })
    .nullish()
    .catch(null),
  final_unit_deduction: maybeText,
  final_balance_deduction: z.object({ quota: maybeText }).nullish().catch(null),
  created_at: providerTime,
  updated_at: providerTime,
})

/** The envelope around every answer: more is tolerated than documented, nothing is trusted. */
const envelope = z.object({ code: shortText, message: maybeText, data: z.unknown().optional() })

export type KlingEnvelope = { readonly code: string; readonly message: string; readonly data: unknown }
export type KlingTask = {
  readonly id: string
  /** The id we gave it, where the provider repeats it. */
  readonly ownId: string | null
  readonly status: string
  readonly reason: string | null
  readonly url: string | null
  /** The same with the provider's mark on it. */
  readonly watermarkUrl?: string | null
  readonly cost: Cost | null
  /** When the task last changed, as far as it says so. */
  readonly changedAt?: Milliseconds | null
}

/** The clean video and the marked one. Where only one comes it is the result, and one address is never fetched twice. */
export function resultLinks(clean: string | null | undefined, marked: string | null | undefined) {
  const url = clean ?? marked ?? null
  return { url, watermarkUrl: marked === url ? null : (marked ?? null) }
}

export function readEnvelope(body: string): KlingEnvelope | null {
  const parsed = envelope.safeParse(readJson(body))
  return parsed.success
    ? { code: parsed.data.code, message: parsed.data.message ?? '', data: parsed.data.data }
    : null
}

/** A pack pays in units; an account without one pays from its balance, in a currency that is not named. */
export function costOf(units: string | null | undefined, quota: string | null | undefined): Cost | null {
  const paid = (amount: string | null | undefined) => typeof amount === 'string' && Number(amount) !== 0
  if (paid(quota) && !paid(units)) return { units: quota ?? '', unitName: 'of the balance' }
  return typeof units === 'string' ? { units, unitName: 'units' } : null
}

export function readTask(data: unknown): KlingTask | null {
  const parsed = task.safeParse(data)
  if (!parsed.success) return null
  const videos = (parsed.data.task_result?.videos ?? []).flatMap((one) => video.safeParse(one).data ?? [])
  const clean = videos.find(({ url }) => url)?.url
  const marked = videos.find(({ watermark_url }) => watermark_url)?.watermark_url
  return {
    id: parsed.data.task_id,
    ownId: parsed.data.task_info?.external_task_id ?? null,
    status: stateWord(parsed.data.task_status ?? ''),
    reason: parsed.data.task_status_msg ?? null,
    // `url` is the clean video; `watermark_url` stands beside it when a mark was asked for.
    ...resultLinks(clean, marked),
    cost: costOf(parsed.data.final_unit_deduction, parsed.data.final_balance_deduction?.quota),
    changedAt: parsed.data.updated_at ?? parsed.data.created_at,
  }
}
