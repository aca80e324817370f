import { noTask, otherTask } from '../problems.ts'
import type { TakeSettings } from '../../../shared/domain/take.ts'
import { testKling } from './account.ts'
import { readTask, officialLife, statusOf, taskData } from './answers.ts'
import { klingElements } from './elements.ts'
import { listByPages } from './list.ts'
import { askKling, createSubmits, type KlingParts } from './client.ts'
import type { Provider, SubmitRequest } from '../provider.ts'
import { rawBase64 } from '../answers.ts'
import { unread } from '../unread.ts'

export type KlingAccount = KlingParts & { readonly id: 'kling' | 'practice' }

const path = '/v1/videos/motion-control'

/** Element ids are 64-bit: they go out as the digits they came in, because a JavaScript number would round them. */
const elementList = (ids: readonly string[]) =>
  `"element_list":[${ids.map((id) => `{"element_id":${BigInt(id).toString()}}`).join(',')}]`

/** The request body exactly as documented: `"yes"` and `"no"` are words, an element id is a bare number. */
export function klingBody({ settings, character, clipUrl, ownId }: SubmitRequest): string {
  const body = JSON.stringify({
    model_name: modelName(settings),
    image_url: rawBase64(character),
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

/** The adapter of the official API, older generation; the practice provider is reached through it as well. */
export function createKling(account: KlingAccount): Provider {
  const submit = createSubmits(account, (data) => readTask(data)?.id ?? null)
  const ofTask = (id: string, signal?: AbortSignal) =>
    askKling(account, { path: `${path}/${encodeURIComponent(id)}` }, signal)

  const status: Provider['status'] = async (taskId, signal) => {
    const end = await ofTask(taskId, signal)
    if (end.kind === 'silent') return { ...end, retryAfter: null }
    const found = taskData(end.answer)
    if (found.kind !== 'data') return found
    const task = readTask(found.data)
    return task ? statusOf(task, officialLife) : unread(end.answer, noTask)
  }

  return {
    id: account.id,
    loopback: account.loopback,
    cadence: account.cadence,
    submit: (request, onWire, signal) => submit(path, klingBody(request), onWire, signal),
    status,
    find: {
      byOwnId: true,
      settle: account.settle,
      // The documented look-up takes either id on the same path.
      look: async ({ ownId }, signal) => {
        const end = await ofTask(ownId, signal)
        if (end.kind === 'silent') return end
        const found = taskData(end.answer)
        if (found.kind === 'missing') return { kind: 'absent' }
        if (found.kind !== 'data') return { kind: 'silent', why: found.why }
        const task = readTask(found.data)
        return task && (task.ownId === null || task.ownId === ownId)
          ? { kind: 'found', taskId: task.id }
          : { kind: 'silent', why: otherTask }
      },
    },
    list: listByPages((query, signal) => askKling(account, { path, query }, signal)),
    test: (signal) => testKling(account, signal),
    elements: klingElements(account),
  }
}
