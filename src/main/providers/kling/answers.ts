import { z } from 'zod'
import type { Cost } from '../../../shared/domain/money.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { readJson } from '../json.ts'
import { providerText, retryAfter } from '../answers.ts'
import { providerTime } from '../provider-time.ts'
import { stateWord, meaningOfWord } from '../task-words.ts'
import type { Problem, ProblemCode } from '../../../shared/outcome.ts'
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
    // `url` is the clean video; `watermark_url` stands beside it when a mark was asked for.
    ...resultLinks(clean, marked),
    cost: costOf(parsed.data.final_unit_deduction, parsed.data.final_balance_deduction?.quota),
    changedAt: parsed.data.updated_at ?? parsed.data.created_at,
  }
}

type Row = { readonly code: ProblemCode; readonly message: string; readonly advice: string }

/** What a service code says: nothing was started for good, or for now, or nobody can tell. */
export type KlingMeaning =
  | (Row & { readonly kind: 'refused' })
  | (Row & { readonly kind: 'held'; readonly wait: Milliseconds })
  | (Row & { readonly kind: 'unknown' })

const refusal =
  (code: ProblemCode) =>
  (message: string, advice: string): KlingMeaning => ({ kind: 'refused', code, message, advice })
const key = refusal('account-key')
const money = refusal('account-money')
const rights = refusal('account-rights')
const input = refusal('provider-refused')
const held = (wait: Milliseconds, message: string): KlingMeaning => ({
  kind: 'held',
  code: 'provider-silent',
  message,
  advice: 'Understudy waits, then sends it again.',
  wait,
})
const trouble = (message: string): KlingMeaning => ({
  kind: 'unknown',
  code: 'provider-silent',
  message,
  advice: 'Try again in a few minutes.',
})

const namedInput = 'Change the input that the provider names.'
const otherContent = 'Change the character, the clip or the prompt.'

/**
 * Kling's error table. A service code alone decides: HTTP status proves nothing, and 429 is not always "slow down".
 * A code that is not listed here leaves the outcome of a submit unknown.
 */
export const klingCodes: Readonly<Record<string, KlingMeaning>> = {
  '1000': key('The provider didn’t accept the key.', 'Check this account’s key.'),
  '1001': key('The provider received no key.', 'Check this account’s key.'),
  '1002': key('The provider couldn’t read the key.', 'Check this account’s key.'),
  '1003': key('The key isn’t valid yet.', 'Check this computer’s clock.'),
  '1004': key('The key has expired.', 'Make a new key, or check this computer’s clock.'),
  '1100': rights('There is a problem with the account.', 'Check the account settings at the provider.'),
  '1101': money('The account owes money.', 'Top up the account at the provider.'),
  '1102': money(
    'The resource pack is empty or has expired.',
    'Buy a pack for the API. Website credits don’t count.',
  ),
  '1103': rights('The account can’t use this model.', 'Check the plan at the provider.'),
  '1200': input('The provider says the request is invalid.', namedInput),
  '1201': input('The provider refused one of the inputs.', namedInput),
  '1202': input('The provider doesn’t know this kind of request.', 'Check the account’s base URL.'),
  '1203': input('The provider doesn’t have this model.', 'Choose another model.'),
  '1300': input('The request breaks one of the platform’s policies.', otherContent),
  '1301': input('The safety check refused the content.', otherContent),
  '1302': held(5000, 'The provider received too many requests.'),
  '1303': held(15_000, 'The account is at its limit for parallel tasks.'),
  '1304': rights('This network address isn’t on the account’s allow-list.', 'Add it at the provider.'),
  '5000': trouble('The provider had an internal error.'),
  '5001': trouble('The provider is down for maintenance.'),
  '5002': trouble('The provider took too long.'),
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
    const problem = {
      code: 'provider-failed',
      message: 'The provider couldn’t make this take.',
      advice:
        'Change the input and make a new take. The provider’s terms decide whether this one costs anything.',
      ...(task.reason !== null && task.reason !== '' && { detail: task.reason }),
    } as const
    return { kind: 'failed', cost: task.cost, problem }
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
