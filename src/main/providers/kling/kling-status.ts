import type { Answer } from '../http/http.ts'
import { readEnvelope, type KlingEnvelope, type KlingTask } from './answers.ts'
import { meaningOf } from './kling-errors.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { whatCame } from '../odd-answer.ts'
import type { TaskStatus } from '../provider.ts'
import { retryAfter } from '../retry-after.ts'
import { meaningOfWord } from '../task-words.ts'
import { unknownWord, unread } from '../unread.ts'

/** The official service wipes results after 30 days; a gateway promises nothing. */
export const officialLife: Milliseconds = 30 * 24 * 60 * 60_000

/** What the words of a task mean, in either generation and behind a gateway. */
export function statusOf(task: KlingTask, life?: Milliseconds): TaskStatus {
  const meaning = meaningOfWord(task.status)
  if (meaning === null) return unknownWord(task.status)
  if (meaning === 'failed') {
    const problem = {
      code: 'provider-failed',
      message: 'The provider could not make this take.',
      advice:
        'Change the input and make a new take; the provider’s terms decide whether this one costs anything.',
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
