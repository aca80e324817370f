import { motionControlBody, olderTask } from './kling.ts'
import { taskStore, type StoredTask, type TaskStore } from './kling-tasks.ts'
import { bearerOf, reply, strictServer, type Contract, type Reply } from './strict.ts'

/** The gateways whose answers were seen to differ, named after their difference. */
export const gatewayKinds = ['official', 'other-path', 'word-code', 'flat', 'record', 'older-record'] as const
export type GatewayKind = (typeof gatewayKinds)[number]

export type GatewayContract = Contract & TaskStore

const path = '/kling/v1/videos/motion-control'
const otherPath = '/v1/video/generations'

export const openAiError = (status: number, message: string, type: string, code: string): Reply =>
  reply(status, { error: { message, type, code } })

const official = (data: unknown) => reply(200, { code: 0, message: 'SUCCEED', request_id: 'r-1', data })

/** new-api shows a task as its own record around the answer of the service behind it. */
const isRecord = (kind: GatewayKind) => kind === 'record' || kind === 'older-record'

const recordWords: Readonly<Record<string, string>> = {
  submitted: 'SUBMITTED',
  processing: 'IN_PROGRESS',
  succeed: 'SUCCESS',
  failed: 'FAILURE',
}

/** The older ones have no field for the result, so that its address stands where a reason would. */
function recordOf(kind: GatewayKind, store: TaskStore, task: StoredTask): Reply {
  const inside = olderTask(store, task)
  const { task_status: word, task_status_msg: reason } = inside
  const isDone = word === 'succeed'
  const older = kind === 'older-record'
  const { task_result: _result, ...unfinished } = inside
  return reply(200, {
    code: 'success',
    message: '',
    data: {
      id: 12,
      task_id: task.id,
      platform: '50',
      action: 'generate',
      status: recordWords[word] ?? 'NOT_START',
      fail_reason: older && isDone ? store.resultUrl : reason,
      progress: isDone ? '100%' : '30%',
      data: { code: 0, message: 'SUCCEED', request_id: 'r-1', data: older ? unfinished : inside },
    },
  })
}

function accepted(kind: GatewayKind, task: StoredTask): Reply {
  if (kind === 'flat') return reply(200, { task_id: task.id, status: 'queued' })
  if (isRecord(kind)) {
    const video = { id: task.id, task_id: task.id, object: 'video', model: 'kling-v3', status: 'queued' }
    return reply(200, { ...video, progress: 0, created_at: 1 })
  }
  const info = { external_task_id: task.ownId }
  return kind === 'word-code'
    ? reply(200, { code: 'success', data: { task_id: task.id, status: 'queued' } })
    : official({ task_id: task.id, task_info: info, task_status: 'submitted', created_at: 1, updated_at: 1 })
}

function shown(kind: GatewayKind, store: TaskStore, task: StoredTask): Reply {
  if (kind === 'official' || kind === 'other-path') return official(olderTask(store, task))
  if (isRecord(kind)) return recordOf(kind, store, task)
  const word = store.next(task)
  const url = /^(?:succe|completed)/i.test(word) ? store.resultUrl : undefined
  const error = word === 'failed' ? { message: 'Image pixel is invalid', code: 'bad_image' } : null
  return kind === 'flat'
    ? reply(200, { task_id: task.id, status: word, url, format: 'mp4', metadata: {}, error })
    : reply(200, { code: 'success', data: { status: word, url, error } })
}

/** A gateway on the Kling path, on loopback, in one of the shapes that were seen. */
export async function gatewayContract(
  key: string,
  kind: GatewayKind,
  given: {
    readonly words?: readonly string[]
    readonly result?: Uint8Array
    /** Where tasks are asked for, with `:id` in it. */
    readonly pollPath?: string
    /** A task can be asked for by the id that its sender gave it. */
    readonly findsOwnIds?: boolean
    /** What a submit is answered with in the place of its own answer, told whether its task was made before that. */
    readonly instead?: (
      prompt: string,
      ownId: string,
    ) => { readonly made: boolean; readonly answer: Reply } | null
  } = {},
): Promise<GatewayContract> {
  const store = await taskStore(
    given.words ?? ['submitted', 'processing', 'succeed'],
    given.result ?? new Uint8Array([1]),
  )
  const usual = kind === 'other-path' ? `${otherPath}/:id` : `${path}/:id`
  const noSuchPath = (call: { readonly path: string }) =>
    openAiError(404, `Invalid URL (GET ${call.path})`, 'invalid_request_error', '')
  const pollPath = given.pollPath ?? usual
  const server = await strictServer({
    authorize: bearerOf(key),
    refuse: (why) => reply(400, { code: 1201, message: why }),
    routes: [
      { method: 'GET', path: '/v1/models', answer: () => reply(200, { object: 'list', data: [] }) },
      {
        method: 'POST',
        path,
        body: motionControlBody,
        answer: async ({ body }) => {
          const { image_url, video_url, prompt = '', external_task_id: ownId } = motionControlBody.parse(body)
          const instead = given.instead?.(prompt, ownId ?? '') ?? null
          if (instead?.made === true) store.add(ownId ?? null)
          if (instead) return instead.answer
          if (!(await store.fetchAll(image_url, video_url)))
            return reply(400, { code: 1201, message: 'video_url: the file is not accessible' })
          return accepted(kind, store.add(ownId ?? null))
        },
      },
      {
        method: 'GET',
        path: pollPath,
        answer: ({ params }) => {
          const task = store.tasks.find(
            ({ id, ownId }) => id === params.id || (given.findsOwnIds === true && ownId === params.id),
          )
          return task
            ? shown(kind, store, task)
            : reply(404, { code: 1203, message: 'task not found', request_id: 'r-1' })
        },
      },
      // Without a poll path of its own, both usual ones are tried, and the wrong one is answered like any unknown one.
      ...[`${path}/:id`, `${otherPath}/:id`]
        .filter((one) => one !== pollPath && given.pollPath === undefined)
        .map((one) => ({ method: 'GET' as const, path: one, answer: noSuchPath })),
    ],
  })
  return {
    ...server,
    ...store,
    close: async () => {
      await server.close()
      await store.files.close()
    },
  }
}
