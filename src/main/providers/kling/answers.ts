import { klingTakeFailed, type Row, type KlingMeaning, klingCodes } from './problems.ts'
import { z } from 'zod'
import type { Cost } from '../../../shared/domain/money.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { readJson } from '../json.ts'
import { providerText, retryAfter } from '../answers.ts'
import { providerTime } from '../provider-time.ts'
import { stateWord, meaningOfWord } from '../task-words.ts'
import type { Problem } from '../../../shared/outcome.ts'
import type { Answer } from '../http/http.ts'
import { whatCame } from '../odd-answer.ts'
import type { TaskStatus } from '../provider.ts'
import { unknownWord, unread } from '../unread.ts'

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

type KlingEnvelope = { readonly code: string; readonly message: string; readonly data: unknown }
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
    // `url` is the clean video; `watermark_url` is beside it when a watermark was requested.
    ...resultLinks(clean, marked),
    cost: costOf(parsed.data.final_unit_deduction, parsed.data.final_balance_deduction?.quota),
    changedAt: parsed.data.updated_at ?? parsed.data.created_at,
  }
}

export const meaningOf = (code: string): KlingMeaning | undefined =>
  Object.hasOwn(klingCodes, code) ? klingCodes[code] : undefined

/** Kling's codes for a token that its own clock finds too young or too old. */
export const isClockCode = (code: string): boolean => code === '1003' || code === '1004'

/** A problem in our words with theirs beside it, verbatim. */
export function problemOf({ code, message, advice }: Row, theirs: string): Problem {
  return { code, message, advice, ...(theirs !== '' && { detail: theirs }) }
}

/** The official service wipes results after 30 days; a gateway promises nothing. */
export const officialLife: Milliseconds = 30 * 24 * 60 * 60_000

/** What the words of a task mean, in either generation and behind a gateway. */
export function statusOf(task: KlingTask, life?: Milliseconds): TaskStatus {
  const meaning = meaningOfWord(task.status)
  if (meaning === null) return unknownWord(task.status)
  if (meaning === 'failed') {
    return { kind: 'failed', cost: task.cost, problem: problemOf(klingTakeFailed, task.reason ?? '') }
  }
  if (meaning === 'succeeded') {
    if (task.url === null) return { kind: 'empty' }
    return {
      kind: 'succeeded',
      taskId: task.id,
      url: task.url,
      cost: task.cost,
      ...(task.watermarkUrl && { watermarkUrl: task.watermarkUrl }),
      ...(life !== undefined && { life, changedAt: task.changedAt ?? null }),
    }
  }
  return { kind: 'running', word: task.status, progress: null, eta: null }
}

/** The words of the provider for a person who reads a log or a detail. */
export function saidOf({ code, message }: KlingEnvelope): string {
  const meaning = meaningOf(code)
  const theirs = message === '' ? `code ${code}` : `code ${code}: ${message}`
  return meaning ? `${meaning.message} (${theirs})` : `The provider answered with ${theirs}`
}

/** Unknown tasks are documented as 1203; the service was seen to say 1201 with "not found" as well. */
const deniesTask = ({ code, message }: KlingEnvelope, httpStatus: number) =>
  code === '1203' ||
  (code === '1201' && /not found/i.test(message)) ||
  (httpStatus === 404 && code !== '1202')

/** The data of an answer about a task, or what the lack of it means. */
export function taskData(
  answer: Answer,
):
  | { readonly kind: 'data'; readonly data: unknown }
  | Extract<TaskStatus, { kind: 'missing' | 'silent' | 'unclear' }> {
  const envelope = readEnvelope(answer.body)
  if (envelope?.code === '0') return { kind: 'data', data: envelope.data }
  if (envelope && deniesTask(envelope, answer.status)) return { kind: 'missing' }
  // A listed code is understood: it is about the key, the pace or the service, and not about the task.
  if (envelope && meaningOf(envelope.code))
    return { kind: 'silent', why: saidOf(envelope), retryAfter: retryAfter(answer.headers) }
  return unread(answer, envelope ? saidOf(envelope) : whatCame(answer))
}
