import { acceptedWithoutId, acceptedWithStatus, clockProblem } from './problems.ts'
import type { AdapterParts, SubmitAnswer } from '../provider.ts'
import type { Authorization } from '../http/authorization.ts'
import type { Answer, AskEnd, Question } from '../http/http.ts'
import { readJson } from '../json.ts'
import { readEnvelope, isClockCode, meaningOf, problemOf, saidOf } from './answers.ts'
import { mentionsTaskId, retryAfter } from '../answers.ts'
import { identified, whatCame } from '../odd-answer.ts'

export type KlingParts = AdapterParts & { readonly authorization: Authorization }

type Asked = Pick<Question, 'method' | 'body'> & {
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
}

const headersFor = (authorization: string, body: string | undefined) => ({
  authorization,
  accept: 'application/json',
  ...(body !== undefined && { 'content-type': 'application/json' }),
})

function urlOf(base: URL, { path, query = {} }: Asked): URL {
  const url = new URL(path, base)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url
}

/** Asks one free question. A token that was too young or too old is signed once more with the server's time. */
export async function askKling(parts: KlingParts, asked: Asked, signal?: AbortSignal): Promise<AskEnd> {
  const once = async (): Promise<AskEnd> => {
    const header = await parts.authorization.header()
    const question = {
      url: urlOf(parts.baseUrl, asked),
      headers: headersFor(header, asked.body),
      ...(asked.method && { method: asked.method }),
      ...(asked.body !== undefined && { body: asked.body }),
    }
    return parts.http.ask(question, signal)
  }
  const first = await once()
  const code = first.kind === 'answer' ? readEnvelope(first.answer.body)?.code : undefined
  return parts.authorization.signed && code !== undefined && isClockCode(code) ? once() : first
}

/** Sends a body once; the caller reads the end. */
export async function sendKling(
  parts: KlingParts,
  path: string,
  body: string,
  onWire: () => void,
  signal?: AbortSignal,
) {
  const header = await parts.authorization.header()
  const url = new URL(path, parts.baseUrl)
  return parts.http.submit({ url, headers: headersFor(header, body), body }, onWire, signal)
}

/** A task with this own id is there already: an earlier send did arrive, and a look-up will find it. */
export function ownIdTaken(message: string): boolean {
  const at = message.search(/external_task_id/i)
  return at !== -1 && /exist/i.test(message.slice(at))
}

type TaskIdOf = (data: unknown) => string | null

/** An error that names a task proves nothing: the task may be running. */
const mayBeStarted = (answer: Answer, taskIdOf: TaskIdOf): boolean =>
  mentionsTaskId(readJson(answer.body), ['task_id']) || taskIdOf(readEnvelope(answer.body)?.data) !== null

function submitAnswer(answer: Answer, taskIdOf: TaskIdOf): SubmitAnswer {
  const envelope = readEnvelope(answer.body)
  if (!envelope) return { kind: 'unknown', why: whatCame(answer) }
  if (envelope.code === '0') {
    const taskId = taskIdOf(envelope.data)
    if (taskId === null) return { kind: 'unknown', why: acceptedWithoutId }
    return answer.status >= 200 && answer.status < 300
      ? { kind: 'accepted', taskId }
      : { kind: 'unknown', why: acceptedWithStatus(answer.status, taskId) }
  }
  const meaning = meaningOf(envelope.code)
  const unproven = ownIdTaken(envelope.message) || mayBeStarted(answer, taskIdOf)
  if (!meaning || meaning.kind === 'unknown' || unproven) return { kind: 'unknown', why: saidOf(envelope) }
  const problem = problemOf(meaning, envelope.message)
  return meaning.kind === 'held'
    ? { kind: 'held', wait: Math.max(meaning.wait, retryAfter(answer.headers) ?? 0), problem }
    : { kind: 'refused', problem }
}

/**
 * The submits of one account. A token that the server finds too young or too old was refused before any task began:
 * by now the server's time is known, so the submit is held for a moment, and only refused when that did not help.
 */
export function createSubmits(parts: KlingParts, taskIdOf: TaskIdOf) {
  let corrected = false
  return async (
    path: string,
    body: string,
    onWire: () => void,
    signal?: AbortSignal,
  ): Promise<SubmitAnswer> => {
    // Of several submits in flight only those that were signed after the correction can prove it useless.
    const afterCorrection = corrected
    const end = await sendKling(parts, path, body, onWire, signal)
    if (end.kind !== 'answer') return end
    const envelope = readEnvelope(end.answer.body)
    const wrongTime = parts.authorization.signed && envelope !== null && isClockCode(envelope.code)
    corrected = wrongTime
    return wrongTime && !afterCorrection && !mayBeStarted(end.answer, taskIdOf)
      ? { kind: 'held', wait: 1000, alone: true, problem: problemOf(clockProblem, envelope.message) }
      : identified(end.answer, submitAnswer(end.answer, taskIdOf))
  }
}
