import { problemOf, takeFailed } from '../problems.ts'
import { unknownWord, unread } from '../unread.ts'
import { noFreeTest } from './problems.ts'
import type { Clock } from '../../system/ports.ts'
import type { AdapterParts, Provider, SubmitAnswer, SubmitRequest, TaskStatus } from '../provider.ts'
import type { Answer } from '../http/http.ts'
import { readJson } from '../json.ts'
import { readAnswer, mentionsTaskId, retryAfter, submitVerdict } from '../answers.ts'
import { modelsLabAnswer, aboutTheQuestion, modelsLabVerdict } from './answers.ts'
import { modelsLabUpload } from './upload.ts'
import { submitThrough, whatCame } from '../odd-answer.ts'
import { meaningOfWord } from '../task-words.ts'

type Parts = AdapterParts & { readonly key: string; readonly clock: Clock }

const path = '/api/v7/video-fusion'
const longestWait = 15 * 60_000

/** One page of the provider requires a prompt and another does not, so one is always sent. */
export const neutralPrompt = 'The character performs the motion of the reference video.'

/**
 * The documented fields and no other; the key is one of them. The general guide of this API calls the inputs lists;
 * the sample of this endpoint has plain strings, and so do we.
 */
function submitBody(key: string, { settings, characterUrl, clipUrl, ownId }: SubmitRequest): string {
  if (characterUrl === null) throw new Error('ModelsLab only accepts the character as a link')
  return JSON.stringify({
    key,
    model_id: settings.model,
    init_image: characterUrl,
    init_video: clipUrl,
    character_orientation: settings.orientation,
    prompt: settings.prompt.trim() === '' ? neutralPrompt : settings.prompt,
    mode: settings.mode,
    keep_original_sound: settings.keepSound ? 'yes' : 'no',
    ...(settings.callbackUrl !== null && { webhook: settings.callbackUrl }),
    track_id: ownId,
  })
}

/** The wait is a field of the body here; a header is understood too. */
const waitOf = (answer: Answer, seconds: number | null) =>
  seconds === null ? retryAfter(answer.headers) : Math.min(longestWait, seconds * 1000)

const isGood = ({ status }: Answer) => status >= 200 && status < 300

function submitAnswer(answer: Answer): SubmitAnswer {
  const said = readAnswer(answer.body, modelsLabAnswer)
  const http = `HTTP ${String(answer.status)}`
  if (!said) return { kind: 'unknown', why: whatCame(answer) }
  if (said.status === 'error') {
    // An error that names a task may be the end of one that was paid for.
    const named = mentionsTaskId(readJson(answer.body), ['id', 'task_id', 'fetch_result'])
    const verdict = named ? null : modelsLabVerdict(answer.status, said.words, said.retryAfter !== null)
    return verdict
      ? submitVerdict(verdict, said.words, waitOf(answer, said.retryAfter))
      : { kind: 'unknown', why: `${http}: ${said.words}` }
  }
  if (isGood(answer) && said.id) return { kind: 'accepted', taskId: said.id }
  return { kind: 'unknown', why: `${http}: the answer “${said.status}” has no task.` }
}

function taskStatus(taskId: string, answer: Answer): TaskStatus {
  const said = readAnswer(answer.body, modelsLabAnswer)
  const retryAfter = waitOf(answer, said?.retryAfter ?? null)
  const notRead = (why: string): TaskStatus => ({ ...unread(answer, why), retryAfter })
  if (answer.status === 404) return { kind: 'missing' }
  if (!said) return notRead(whatCame(answer))
  // Which status a failed task is answered with is not documented: any other than 200 may be about the question.
  if (!isGood(answer)) return notRead(`HTTP ${String(answer.status)}: ${said.words}`)
  // Here `error` beside HTTP 200 is documented as the end of a task.
  const meaning = said.status === 'error' ? 'failed' : meaningOfWord(said.status)
  if (meaning === null) return unknownWord(said.status)
  if (meaning === 'failed') {
    if (aboutTheQuestion(said.words)) return { kind: 'silent', why: said.words, retryAfter }
    return { kind: 'failed', problem: problemOf(takeFailed, said.words), cost: null }
  }
  const url = said.output[0]
  if (meaning === 'succeeded')
    return url === undefined ? { kind: 'empty' } : { kind: 'succeeded', taskId, url, cost: null }
  return { kind: 'running', word: said.status, progress: null, eta: said.eta ?? null }
}

const headers = { accept: 'application/json', 'content-type': 'application/json' }

/** The adapter of ModelsLab. Its key travels in the body of every request, and to no other address than the account's. */
export function createModelsLab(parts: Parts): Provider {
  const { baseUrl, http, key } = parts
  return {
    id: 'modelslab',
    loopback: parts.loopback,
    cadence: parts.cadence,
    submit: async (request, onWire, signal) => {
      const submission = {
        url: new URL(`${path}/motion-control`, baseUrl),
        headers,
        body: submitBody(key, request),
      }
      return submitThrough(http, submission, submitAnswer, onWire, signal)
    },
    status: async (taskId, signal) => {
      const url = new URL(`${path}/fetch/${encodeURIComponent(taskId)}`, baseUrl)
      const end = await http.ask({ method: 'POST', url, headers, body: JSON.stringify({ key }) }, signal)
      return end.kind === 'silent' ? { ...end, retryAfter: null } : taskStatus(taskId, end.answer)
    },
    test: () =>
      Promise.resolve({
        verdict: 'undecided',
        message: noFreeTest,
        packs: [],
      }),
    upload: modelsLabUpload(parts),
  }
}
