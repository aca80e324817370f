import { otherTask, problemOf, takeFailed } from '../problems.ts'
import { unknownWord, unread } from '../unread.ts'
import { noFreeTest } from './problems.ts'
import { z } from 'zod'
import type { AdapterParts, Provider, SubmitAnswer, SubmitRequest, TaskStatus } from '../provider.ts'
import { highwayVerdict, readHighwayError } from './errors.ts'
import type { Answer } from '../http/http.ts'
import { readJson } from '../json.ts'
import { readAnswer, mentionsTaskId, providerText, rawBase64, retryAfter, submitVerdict } from '../answers.ts'
import { submitThrough, whatCame } from '../odd-answer.ts'
import { meaningOfWord, stateWord } from '../task-words.ts'

type Parts = AdapterParts & { readonly key: string }

const path = '/v3/async/kling-v3.0-motion-control'
const resultPath = '/v3/async/task-result'

const id = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(200))
const accepted = z.object({ task_id: id })
const result = z.object({
  task: z.object({
    task_id: id,
    status: z.string().transform((word) => stateWord(providerText(word))),
    reason: z.string().transform(providerText).nullish().catch(null),
    eta: z.coerce.number().positive().max(86_400).nullish().catch(null),
    progress_percent: z.coerce.number().min(0).max(100).nullish().catch(null),
  }),
  videos: z.array(z.unknown()).nullish().catch(null),
})
const video = z.object({
  video_url: z.string().min(1).max(8192),
  /** Seconds, as text in every documented sample. */
  video_url_ttl: z.coerce.number().positive().max(31_536_000).nullish().catch(null),
})

/**
 * The documented fields and no other. Base64 is documented without its form, and a sibling's client puts `data:` in
 * front: an address is read the same way everywhere, so it goes first where there is one.
 */
function submitBody({ settings, character, characterUrl, clipUrl }: SubmitRequest): string {
  return JSON.stringify({
    image: characterUrl ?? rawBase64(character),
    video: clipUrl,
    model_name: settings.model,
    character_orientation: settings.orientation,
    ...(settings.prompt !== '' && { prompt: settings.prompt }),
    ...(settings.negativePrompt !== '' && { negative_prompt: settings.negativePrompt }),
    keep_original_sound: settings.keepSound,
  })
}

const httpOf = (answer: Answer) => `HTTP ${String(answer.status)}`

/** What went wrong, for the log and for the user who decides about an unknown outcome. */
function whyOf(answer: Answer): string {
  const error = readHighwayError(answer.body)
  const said = error?.words ?? ''
  return said === '' ? whatCame(answer) : `${httpOf(answer)}: ${said}`
}

function submitAnswer(answer: Answer): SubmitAnswer {
  if (answer.status >= 200 && answer.status < 300) {
    const task = readAnswer(answer.body, accepted)
    return task ? { kind: 'accepted', taskId: task.task_id } : { kind: 'unknown', why: whyOf(answer) }
  }
  const error = readHighwayError(answer.body)
  const named = mentionsTaskId(readJson(answer.body), ['task_id'])
  const verdict = error && !named ? highwayVerdict(answer.status, error) : null
  return error && verdict
    ? submitVerdict(verdict, error.words, retryAfter(answer.headers))
    : { kind: 'unknown', why: whyOf(answer) }
}

function taskStatus(taskId: string, answer: Answer): TaskStatus {
  if (answer.status === 404) return { kind: 'missing' }
  const said = answer.status === 200 ? readAnswer(answer.body, result) : null
  if (!said) return unread(answer, whyOf(answer))
  const { task } = said
  if (task.task_id !== taskId) return unread(answer, otherTask)
  const meaning = meaningOfWord(task.status)
  if (meaning === null) return unknownWord(task.status)
  if (meaning === 'failed') {
    return { kind: 'failed', problem: problemOf(takeFailed, task.reason ?? ''), cost: null }
  }
  const [first] = (said.videos ?? []).flatMap((one) => video.safeParse(one).data ?? [])
  if (meaning === 'succeeded') {
    if (!first) return { kind: 'empty' }
    return {
      kind: 'succeeded',
      taskId,
      url: first.video_url,
      cost: null,
      ...(first.video_url_ttl && { life: first.video_url_ttl * 1000 }),
    }
  }
  const percent = task.progress_percent ?? null
  const progress = percent === null ? null : percent / 100
  return { kind: 'running', word: task.status, progress, eta: task.eta ?? null }
}

/** The adapter of Highway, JieKou and Novita, which speak the same API under three names. */
export function createHighway({ baseUrl, http, key, ...parts }: Parts): Provider {
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' }
  return {
    id: 'highway',
    loopback: parts.loopback,
    cadence: parts.cadence,
    submit: async (request, onWire, signal) => {
      const submission = {
        url: new URL(path, baseUrl),
        headers: { ...headers, 'content-type': 'application/json' },
        body: submitBody(request),
      }
      return submitThrough(http, submission, submitAnswer, onWire, signal)
    },
    status: async (taskId, signal) => {
      const url = new URL(`${resultPath}?${new URLSearchParams({ task_id: taskId }).toString()}`, baseUrl)
      const end = await http.ask({ url, headers }, signal)
      return end.kind === 'silent' ? { ...end, retryAfter: null } : taskStatus(taskId, end.answer)
    },
    test: () =>
      Promise.resolve({
        verdict: 'undecided',
        message: noFreeTest,
        packs: [],
      }),
  }
}
