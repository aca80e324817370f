import { noPrice, noSuchTask, notCancelled, tested } from './problems.ts'
import { otherTask, problemOf } from '../problems.ts'
import { unknownWord, unread } from '../unread.ts'
import type { z } from 'zod'
import type { AccountReport } from '../../../shared/domain/account.ts'
import type { Answer, AskEnd, Question } from '../http/http.ts'
import { readAnswer, mentionsTaskId, retryAfter, submitVerdict } from '../answers.ts'
import {
  oxenList,
  oxenModel,
  oxenVerdict,
  readOxenError,
  oxenAccepted,
  oxenCompleted,
  oxenTask,
  oxenCancelled,
  oxenFailure,
} from './answers.ts'
import type {
  LiveRate,
  AdapterParts,
  Provider,
  SubmitAnswer,
  SubmitRequest,
  TaskStatus,
} from '../provider.ts'
import { ok } from '../../../shared/outcome.ts'
import type { Clock } from '../../system/ports.ts'
import type { ServerEvent } from '../http/event-stream.ts'
import { readJson } from '../json.ts'
import { createNews } from '../http/server-events.ts'
import { submitThrough, whatCame } from '../odd-answer.ts'
import { findAtOxen } from './find.ts'
import { listAtOxen } from './list.ts'
import { oxenUpload } from './upload.ts'
import { isCancelled, meaningOfWord } from '../task-words.ts'

const report = (verdict: AccountReport['verdict'], message: string): AccountReport => ({
  verdict,
  message,
  packs: [],
})

/** What the list of tasks, which is free, tells about the key. */
function oxenReport(end: AskEnd): AccountReport {
  if (end.kind === 'silent') return report('undecided', tested.unreached(end.why))
  const error = readOxenError(end.answer.body)
  if (!error && end.answer.status === 200 && readAnswer(end.answer.body, oxenList))
    return report('works', tested.works)
  const verdict = error && oxenVerdict(end.answer.status, error)
  if (verdict && problemOf(verdict, '').code === 'account-key') return report('refused', tested.refused)
  return report('undecided', tested.unclear(end.answer.status))
}

/** In dollars a second; a take at such a rate is no take that anybody means to make. */
const absurd = 100

/**
 * What a second costs. Which of several rates applies to this model is not documented: the highest is taken, so that
 * an estimate may be too high but not too low.
 */
function oxenRates(answer: Answer): readonly LiveRate[] | null {
  const pricing = answer.status === 200 ? readAnswer(answer.body, oxenModel)?.pricing : undefined
  if (pricing?.method !== 'per_video_output_second') return null
  const { cost_per_second, cost_per_second_high_res, cost_per_second_with_audio } = pricing
  const known = [cost_per_second, cost_per_second_high_res, cost_per_second_with_audio].filter(
    (rate) => rate > 0,
  )
  // One absurd rate makes the others doubtful too: rather no price than one that is too low.
  if (known.length === 0 || known.some((rate) => rate > absurd)) return null
  return [{ mode: 'pro', perSecond: Math.max(...known) }]
}

type Parts = AdapterParts & {
  readonly key: string
  /** `namespace/repository` that files are uploaded to; null where the user named none. */
  readonly repository: string | null
  readonly clock: Clock
}

const model = 'kling-video-v3-pro-motion-control'
const queue = '/api/ai/queue'

const httpOf = (answer: Answer) => `HTTP ${String(answer.status)}`

/**
 * The documented fields and no other. Elements stay out: what an entry looks like is not documented. Whether a data
 * URI would do for the character is not documented either, so it goes as an address.
 */
function body({ settings, characterUrl, clipUrl }: SubmitRequest): string {
  if (characterUrl === null) throw new Error('Oxen.ai only accepts the character as a link')
  return JSON.stringify({
    model: settings.model,
    prompt: settings.prompt,
    input_image: characterUrl,
    input_video: clipUrl,
    character_orientation: settings.orientation,
    keep_original_sound: settings.keepSound,
    // Each further one would be charged.
    num_generations: 1,
  })
}

function submitAnswer(answer: Answer): SubmitAnswer {
  const error = readOxenError(answer.body)
  const accepted = readAnswer(answer.body, oxenAccepted)
  if (!error && accepted && answer.status >= 200 && answer.status < 300)
    return { kind: 'accepted', taskId: accepted.generations[0].generation_id }
  if (!error) return { kind: 'unknown', why: whatCame(answer) }
  const named = mentionsTaskId(readJson(answer.body), ['generation_id'])
  const verdict = named ? null : oxenVerdict(answer.status, error)
  return verdict
    ? submitVerdict(verdict, error.message, retryAfter(answer.headers))
    : { kind: 'unknown', why: `${httpOf(answer)}: ${error.message}` }
}

function taskStatus(taskId: string, answer: Answer): TaskStatus {
  if (answer.status === 404) return { kind: 'missing' }
  const error = readOxenError(answer.body)
  if (error) return unread(answer, `${httpOf(answer)}: ${error.message}`)
  const task = answer.status === 200 ? readAnswer(answer.body, oxenTask) : null
  if (!task) return unread(answer, whatCame(answer))
  if (task.generation_id !== taskId) return unread(answer, otherTask)
  return standing(task)
}

/** What a task says of itself, alone or in a list. */
function standing(task: z.infer<typeof oxenTask>): TaskStatus {
  const taskId = task.generation_id
  const words = task.error_message ?? ''
  const meaning = meaningOfWord(task.status)
  if (meaning === null) return unknownWord(task.status)
  if (meaning === 'failed') {
    const problem = isCancelled(task.status) ? oxenCancelled(words) : oxenFailure(words)
    return { kind: 'failed', problem, cost: null }
  }
  if (meaning === 'succeeded')
    return task.result_url
      ? { kind: 'succeeded', taskId, url: task.result_url, cost: null }
      : { kind: 'empty' }
  return { kind: 'running', word: task.status, progress: null, eta: null }
}

function completedTask({ name, data }: ServerEvent): string | null {
  if (name !== 'media_generation_completed') return null
  return readAnswer(data, oxenCompleted)?.generation_id ?? null
}

const whyOf = (end: AskEnd) =>
  end.kind === 'silent' ? end.why : (readOxenError(end.answer.body)?.message ?? httpOf(end.answer))

/** What can be asked of Oxen without paying. */
function questions({ baseUrl, http, key }: Parts) {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' }
  const send = (method: 'GET' | 'DELETE', path: string, signal?: AbortSignal) => {
    const question: Question = { method, url: new URL(path, baseUrl), headers }
    return http.ask(question, signal)
  }
  const taskPath = (id: string) => `${queue}/${encodeURIComponent(id)}`
  return {
    headers,
    task: (id: string, signal?: AbortSignal) => send('GET', taskPath(id), signal),
    cancel: (id: string, signal?: AbortSignal) => send('DELETE', taskPath(id), signal),
    active: (signal?: AbortSignal) => send('GET', queue, signal),
    list: (status: string, signal?: AbortSignal) =>
      send('GET', `${queue}?${new URLSearchParams({ model, status }).toString()}`, signal),
    model: (id: string, signal?: AbortSignal) =>
      send('GET', `/api/ai/models/${encodeURIComponent(id)}`, signal),
  }
}

const cancelOf =
  (ask: ReturnType<typeof questions>): NonNullable<Provider['cancel']> =>
  async (taskId, signal) => {
    const end = await ask.cancel(taskId, signal)
    if (end.kind === 'answer' && end.answer.status === 404) return noSuchTask
    const done = end.kind === 'answer' && end.answer.status >= 200 && end.answer.status < 300
    if (done && !readOxenError(end.answer.body)) return ok(null)
    return notCancelled(whyOf(end))
  }

/** The adapter of Oxen.ai: its queue, its events and its repositories. */
export function createOxen(parts: Parts): Provider {
  const { baseUrl, http, clock, repository } = parts
  const ask = questions(parts)
  const { headers } = ask
  return {
    id: 'oxen',
    loopback: parts.loopback,
    cadence: parts.cadence,
    submit: async (request, onWire, signal) => {
      const submission = {
        url: new URL(queue, baseUrl),
        headers: { ...headers, 'content-type': 'application/json' },
        body: body(request),
      }
      return submitThrough(http, submission, submitAnswer, onWire, signal)
    },
    status: async (taskId, signal) => {
      const end = await ask.task(taskId, signal)
      return end.kind === 'silent' ? { ...end, retryAfter: null } : taskStatus(taskId, end.answer)
    },
    find: {
      settle: parts.settle,
      look: (sought, signal) =>
        findAtOxen(
          sought,
          (status) => ask.list(status, signal),
          () => http.serverTime() - clock.now(),
        ),
    },
    list: (signal) =>
      listAtOxen(
        (status) => ask.list(status, signal),
        (entry) => {
          const task = oxenTask.safeParse(entry)
          return task.success ? standing(task.data) : { kind: 'missing' }
        },
      ),
    cancel: cancelOf(ask),
    news: createNews({
      listen: http.listen,
      url: new URL('/api/events', baseUrl),
      headers: { authorization: headers.authorization },
      clock,
      taskOf: completedTask,
    }),
    test: async (signal) => oxenReport(await ask.active(signal)),
    price: async (id, signal) => {
      const end = await ask.model(id, signal)
      const found = end.kind === 'answer' ? oxenRates(end.answer) : null
      return found ? ok(found) : noPrice(whyOf(end))
    },
    ...(repository !== null && { upload: oxenUpload({ baseUrl, http, headers, repository }) }),
  }
}
