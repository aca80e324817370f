import type { TakeSettings } from '../../shared/take.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { ask, submitOnce, type Answer } from './http.ts'
import { readEnvelope, readTask } from './kling-answers.ts'
import { klingCodes } from './kling-errors.ts'
import type { Provider, SubmitAnswer, SubmitRequest, TaskStatus } from './provider.ts'
import { retryAfter } from './retry-after.ts'

export type KlingAccount = {
  readonly id: string
  /** Scheme, host and port; the documented paths belong here. */
  readonly baseUrl: URL
  /** Made anew for each request, because tokens age. */
  readonly authorization: () => Promise<string>
  readonly loopback: boolean
  readonly cadence: Provider['cadence']
  /** How long after a submit an absent own id may still appear. */
  readonly settle: Milliseconds
}

const path = '/v1/videos/motion-control'
const succeeded = new Set(['succeed', 'succeeded', 'success', 'completed'])
const failed = new Set(['failed', 'cancelled', 'canceled'])

/** Element ids are 64-bit: they go out as the digits they came in, because a JavaScript number would round them. */
const elementList = (ids: readonly string[]) =>
  `"element_list":[${ids.map((id) => `{"element_id":${BigInt(id).toString()}}`).join(',')}]`

/** The request body exactly as documented: `"yes"` and `"no"` are words, an element id is a bare number. */
export function klingBody({ settings, character, clipUrl, ownId }: SubmitRequest): string {
  const body = JSON.stringify({
    model_name: modelName(settings),
    image_url: Buffer.from(character.buffer, character.byteOffset, character.byteLength).toString('base64'),
    video_url: clipUrl,
    ...(settings.prompt !== '' && { prompt: settings.prompt }),
    keep_original_sound: settings.keepSound ? 'yes' : 'no',
    character_orientation: settings.orientation,
    mode: settings.mode,
    ...(settings.watermark && { watermark_info: { enabled: true } }),
    ...(settings.callbackUrl !== null && { callback_url: settings.callbackUrl }),
    external_task_id: ownId,
  })
  return settings.elements.length === 0 ? body : `${body.slice(0, -1)},${elementList(settings.elements)}}`
}

/** The practice provider speaks the official API and knows only the official model names. */
const modelName = (settings: TakeSettings) => (settings.model === 'practice' ? 'kling-v2-6' : settings.model)

function submitAnswer(answer: Answer): SubmitAnswer {
  const envelope = readEnvelope(answer.body)
  if (!envelope) return { kind: 'unknown', why: `HTTP ${String(answer.status)} without a readable answer` }
  if (envelope.code === '0') {
    const task = readTask(envelope.data)
    return task
      ? { kind: 'accepted', taskId: task.id }
      : { kind: 'unknown', why: 'The provider accepted the request but named no task.' }
  }
  const known = Object.hasOwn(klingCodes, envelope.code) ? klingCodes[envelope.code] : undefined
  if (!known) return { kind: 'unknown', why: `Code ${envelope.code}: ${envelope.message}` }
  const detail = envelope.message === '' ? {} : { detail: envelope.message }
  if (known.kind === 'held') {
    const wait = Math.max(known.wait, retryAfter(answer.headers) ?? 0)
    return {
      kind: 'held',
      wait,
      problem: { code: 'provider-silent', message: known.message, advice: known.advice, ...detail },
    }
  }
  return {
    kind: 'refused',
    problem: { code: known.code, message: known.message, advice: known.advice, ...detail },
  }
}

function taskStatus(answer: Answer): TaskStatus {
  const envelope = readEnvelope(answer.body)
  const silent = (why: string): TaskStatus => ({
    kind: 'silent',
    why,
    retryAfter: retryAfter(answer.headers),
  })
  if (!envelope) return silent(`HTTP ${String(answer.status)} without a readable answer`)
  if (envelope.code === '1203' || (answer.status === 404 && envelope.code !== '0')) return { kind: 'missing' }
  if (envelope.code !== '0') return silent(`Code ${envelope.code}: ${envelope.message}`)
  const task = readTask(envelope.data)
  if (!task) return silent('The answer names no task.')
  const cost = task.units === null ? null : { units: task.units, unitName: 'units' }
  if (failed.has(task.status)) {
    const problem = {
      code: 'provider-failed',
      message: 'The provider could not make this take.',
      advice: 'Change the input and make a new take.',
      ...(task.reason !== null && { detail: task.reason }),
    } as const
    return { kind: 'failed', cost, problem }
  }
  if (succeeded.has(task.status) && task.url !== null)
    return { kind: 'succeeded', taskId: task.id, url: task.url, cost }
  // An unknown word means that the task goes on, and so does success without a link.
  return { kind: 'running', word: task.status, progress: null }
}

/** The adapter of the official API, older generation; the practice provider is reached through it as well. */
export function createKling(account: KlingAccount): Provider {
  const headers = async () => ({ authorization: await account.authorization(), accept: 'application/json' })
  const question = async (id: string, signal?: AbortSignal) =>
    ask(
      { url: new URL(`${path}/${encodeURIComponent(id)}`, account.baseUrl), headers: await headers() },
      signal,
    )

  const status: Provider['status'] = async (taskId, signal) => {
    const end = await question(taskId, signal)
    return end.kind === 'silent' ? { ...end, retryAfter: null } : taskStatus(end.answer)
  }

  return {
    id: account.id,
    loopback: account.loopback,
    cadence: account.cadence,
    submit: async (request, onWire, signal) => {
      const submission = {
        url: new URL(path, account.baseUrl),
        headers: { ...(await headers()), 'content-type': 'application/json' },
        body: klingBody(request),
      }
      const end = await submitOnce(submission, onWire, signal)
      return end.kind === 'answer' ? submitAnswer(end.answer) : end
    },
    status,
    find: {
      settle: account.settle,
      // The documented look-up takes either id on the same path.
      byOwnId: async (ownId, signal) => {
        const end = await question(ownId, signal)
        if (end.kind === 'silent') return end
        const envelope = readEnvelope(end.answer.body)
        const task = envelope?.code === '0' ? readTask(envelope.data) : null
        if (task && (task.ownId === null || task.ownId === ownId)) return { kind: 'found', taskId: task.id }
        const absent = taskStatus(end.answer).kind === 'missing'
        return absent ? { kind: 'absent' } : { kind: 'silent', why: `HTTP ${String(end.answer.status)}` }
      },
    },
  }
}
