import { bearer } from '../../src/main/providers/http/authorization.ts'
import { createHighway } from '../../src/main/providers/highway/highway.ts'
import { createKlingGateway } from '../../src/main/providers/kling/gateway.ts'
import { createKlingTwo } from '../../src/main/providers/kling/official-2.ts'
import { createKling } from '../../src/main/providers/kling/official.ts'
import { createModelsLab } from '../../src/main/providers/modelslab/modelslab.ts'
import { createOxen } from '../../src/main/providers/oxen/oxen.ts'
import type { Provider } from '../../src/main/providers/provider.ts'
import { adapterParts, canary } from './adapter-kit.ts'

/** The words in which one service says the things that every service says. */
type Dialect = {
  readonly make: (origin: string) => Provider
  /** The answer to a submit that made task `id`. */
  readonly accepted: (id: string) => object
  /** The answer about task `id`, in a state of the service and without a result. */
  readonly state: (id: string, word: string) => object
  readonly succeeded: (id: string, url: string) => object
  readonly failed: (id: string, reason: string) => object
  /** An answer that is about the request and not about a task. */
  readonly error: (status: number, words: string) => object
  readonly running: readonly string[]
  readonly done: readonly string[]
}

const authorization = bearer(canary)
const klingCodes: Readonly<Record<number, number>> = { 401: 1002, 403: 1103, 429: 1302 }
const klingError = (status: number, message: string) => ({ code: klingCodes[status] ?? 5000, message })
const klingTask = (id: string, data: object) => ({ code: 0, data: { task_id: id, ...data } })
const newerTask = (id: string, data: object) => ({ code: 0, data: [{ id, ...data }] })

/** Every adapter with the dialect of its service. */
export const adapters = {
  kling: {
    make: (origin) => createKling({ ...adapterParts(origin), id: 'kling', authorization }),
    accepted: (id) => klingTask(id, { task_status: 'submitted' }),
    state: (id, task_status) => klingTask(id, { task_status }),
    succeeded: (id, url) =>
      klingTask(id, { task_status: 'succeed', task_result: { videos: [{ id: 'v-1' }, { id: 'v-2', url }] } }),
    failed: (id, task_status_msg) => klingTask(id, { task_status: 'failed', task_status_msg }),
    error: klingError,
    running: ['submitted', 'processing'],
    done: ['succeed', 'SUCCEEDED', 'Success', 'completed'],
  },
  'kling, newer': {
    make: (origin) => createKlingTwo({ ...adapterParts(origin), authorization }),
    accepted: (id) => ({ code: 0, data: { id, status: 'submitted' } }),
    state: (id, status) => newerTask(id, { status }),
    succeeded: (id, url) => newerTask(id, { status: 'succeed', outputs: [{ type: 'video', url }] }),
    failed: (id, message) => newerTask(id, { status: 'failed', message }),
    error: klingError,
    running: ['submitted', 'processing'],
    done: ['succeed', 'SUCCEEDED', 'Success', 'completed'],
  },
  gateway: {
    make: (origin) => createKlingGateway({ ...adapterParts(origin), pollPath: null }),
    accepted: (id) => klingTask(id, { task_status: 'submitted' }),
    state: (id, task_status) => klingTask(id, { task_status }),
    succeeded: (id, url) => klingTask(id, { task_status: 'succeed', url }),
    failed: (id, task_status_msg) => klingTask(id, { task_status: 'failed', task_status_msg }),
    error: klingError,
    running: ['submitted', 'processing', 'NOT_START', 'IN_PROGRESS'],
    done: ['succeed', 'success', 'SUCCEEDED', 'Completed'],
  },
  oxen: {
    make: (origin) => createOxen({ ...adapterParts(origin), repository: null }),
    accepted: (id) => ({ generations: [{ generation_id: id }] }),
    state: (id, status) => ({ generation_id: id, status }),
    succeeded: (id, url) => ({ generation_id: id, status: 'succeeded', result_url: url }),
    failed: (id, error_message) => ({ generation_id: id, status: 'Failed', error_message }),
    error: (_status, detail) => ({ error: { type: 'unauthenticated', detail } }),
    running: ['queued', 'processing'],
    done: ['succeeded', 'SUCCEEDED', 'Succeed'],
  },
  modelslab: {
    make: (origin) => createModelsLab(adapterParts(origin)),
    accepted: (id) => ({ status: 'processing', id }),
    state: (id, status) => ({ id, status }),
    succeeded: (id, url) => ({ id, status: 'success', output: [url] }),
    failed: (id, message) => ({ id, status: 'failed', message }),
    error: (_status, message) => ({ status: 'error', message }),
    running: ['queued', 'processing'],
    done: ['success', 'SUCCESS', 'Succeeded'],
  },
  highway: {
    make: (origin) => createHighway(adapterParts(origin)),
    accepted: (id) => ({ task_id: id }),
    state: (id, status) => ({ task: { task_id: id, status }, videos: [] }),
    succeeded: (id, url) => ({
      task: { task_id: id, status: 'TASK_STATUS_SUCCEED' },
      videos: [{ video_type: 'mp4' }, { video_url: url }],
    }),
    failed: (id, reason) => ({ task: { task_id: id, status: 'TASK_STATUS_FAILED', reason } }),
    error: (_status, message) => ({ reason: 'INVALID_API_KEY', message }),
    running: ['TASK_STATUS_QUEUED', 'TASK_STATUS_PROCESSING'],
    done: ['TASK_STATUS_SUCCEED', 'task_status_succeeded', 'Succeed'],
  },
} satisfies Readonly<Record<string, Dialect>>

export type AdapterName = keyof typeof adapters

/** Each adapter beside its name, as rows of a table. */
export const everyAdapter: readonly (readonly [AdapterName, Dialect])[] = Object.entries(
  adapters,
) as readonly (readonly [AdapterName, Dialect])[]
