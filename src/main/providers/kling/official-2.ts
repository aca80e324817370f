import { noElement } from './problems.ts'
import { noTask, otherTask, problemOf } from '../problems.ts'
import { testKling } from './account.ts'
import { klingElements } from './elements.ts'
import { listByCursor } from './list.ts'
import { officialLife, statusOf, taskData } from './answers.ts'
import { askKling, createSubmits, type KlingParts } from './client.ts'
import { readSubmitted, readTasks } from './official-2-answers.ts'
import type { Provider, SubmitRequest } from '../provider.ts'
import { rawBase64 } from '../answers.ts'
import { unread } from '../unread.ts'

/** Which path serves a model; only 3.0 takes an element. */
const versions: Readonly<Record<string, string>> = { 'kling-v3': 'kling-3.0', 'kling-v2-6': 'kling-2.6' }

/** The body of the newer generation: the model is part of the path, and an element id is text. */
function klingTwoBody({ settings, character, clipUrl, ownId }: SubmitRequest): string {
  return JSON.stringify({
    contents: [
      ...(settings.prompt === '' ? [] : [{ type: 'prompt', text: settings.prompt }]),
      { type: 'image', url: rawBase64(character) },
      { type: 'video', url: clipUrl },
      // `id` is the name by which a prompt may speak of the element; it has to be unique in the request.
      ...settings.elements.map((element, at) => ({
        type: 'element',
        element_id: element,
        id: `element_${String(at + 1)}`,
      })),
    ],
    settings: {
      character_orientation: settings.orientation,
      audio: settings.keepSound ? 'original' : 'off',
      // That 720p is `std` and 1080p is `pro` is read off the price list; no page says so.
      resolution: settings.mode === 'pro' ? '1080p' : '720p',
    },
    options: {
      ...(settings.callbackUrl !== null && { callback_url: settings.callbackUrl }),
      external_task_id: ownId,
      ...(settings.watermark && { watermark_info: { enabled: true } }),
    },
  })
}

/** The adapter of the official API, newer generation. It takes an API key only; account and elements are the older ones. */
export function createKlingTwo(account: KlingParts): Provider {
  const submit = createSubmits(account, readSubmitted)
  const tasks = (query: Readonly<Record<string, string>>, signal?: AbortSignal) =>
    askKling(account, { path: '/tasks', query }, signal)

  const status: Provider['status'] = async (taskId, signal) => {
    const end = await tasks({ task_ids: taskId }, signal)
    if (end.kind === 'silent') return { ...end, retryAfter: null }
    const found = taskData(end.answer)
    if (found.kind !== 'data') return found
    const all = readTasks(found.data)
    const task = all?.find(({ id }) => id === taskId)
    if (task) return statusOf(task, officialLife)
    return all?.length === 0 ? { kind: 'missing' } : unread(end.answer, all === null ? noTask : otherTask)
  }

  return {
    id: 'kling',
    loopback: account.loopback,
    cadence: account.cadence,
    submit: async (request, onWire, signal) => {
      const { model, elements } = request.settings
      const version = versions[model] ?? 'kling-3.0'
      if (version !== 'kling-3.0' && elements.length > 0) {
        // Undocumented there: it might be charged and left out. Nothing leaves, and the record says why.
        onWire()
        return { kind: 'refused', problem: problemOf(noElement, '') }
      }
      return submit(`/motion-control/${version}`, klingTwoBody(request), onWire, signal)
    },
    status,
    find: {
      byOwnId: true,
      settle: account.settle,
      look: async ({ ownId }, signal) => {
        const end = await tasks({ external_task_ids: ownId }, signal)
        if (end.kind === 'silent') return end
        const found = taskData(end.answer)
        if (found.kind === 'missing') return { kind: 'absent' }
        if (found.kind !== 'data') return { kind: 'silent', why: found.why }
        const all = readTasks(found.data)
        const task = all?.find((one) => one.ownId === null || one.ownId === ownId)
        if (task) return { kind: 'found', taskId: task.id }
        return all?.length === 0 ? { kind: 'absent' } : { kind: 'silent', why: otherTask }
      },
    },
    list: listByCursor((body, signal) => askKling(account, { method: 'POST', path: '/tasks', body }, signal)),
    test: (signal) => testKling(account, signal),
    elements: klingElements(account),
  }
}
