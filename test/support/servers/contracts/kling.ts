import { z } from 'zod'
import {
  accountRoutes,
  authorizeKling,
  envelope,
  gateKling,
  picture,
  refusal,
  type KlingKeys,
  type StoredElement,
} from './kling-account.ts'
import { taskStore, type StoredTask, type TaskStore } from './kling-tasks.ts'
import { strictServer, type Contract, type Route } from './strict.ts'

const element = z.strictObject({
  // A bare number of up to 64 bits: text is not documented here.
  element_id: z.union([z.int().nonnegative(), z.bigint()]),
})

/** The documented body of a submit; gateways document the same. */
export const motionControlBody = z
  .strictObject({
    model_name: z.enum(['kling-v2-6', 'kling-v3']),
    image_url: picture,
    video_url: z.url({ protocol: /^https?$/ }),
    prompt: z.string().max(2500).exactOptional(),
    element_list: z.array(element).max(1).exactOptional(),
    keep_original_sound: z.enum(['yes', 'no']).exactOptional(),
    character_orientation: z.enum(['image', 'video']),
    mode: z.enum(['std', 'pro']),
    watermark_info: z.strictObject({ enabled: z.boolean() }).exactOptional(),
    callback_url: z.url().exactOptional(),
    external_task_id: z.string().min(1).exactOptional(),
  })
  .refine((body) => !body.element_list?.length || body.character_orientation === 'video', {
    message: 'an element wants the orientation of the video',
  })

export type KlingContract = Contract &
  TaskStore & {
    readonly elements: { own: StoredElement[]; presets: StoredElement[] }
    /** Packs as the provider names them. */
    readonly packs: unknown[]
  }

const path = '/v1/videos/motion-control'
const times = { created_at: 1722769557708, updated_at: 1722769557708 }

function submitRoute(store: TaskStore): Route {
  return {
    method: 'POST',
    path,
    body: motionControlBody,
    answer: async ({ body }) => {
      const { image_url, video_url, external_task_id: ownId } = motionControlBody.parse(body)
      if (ownId !== undefined && store.tasks.some((task) => task.ownId === ownId))
        return refusal(400, 1201, `External_task_id ${ownId} already exists`)
      if (!(await store.fetchAll(image_url, video_url)))
        return refusal(400, 1201, 'video_url: the file is not accessible')
      const { id } = store.add(ownId ?? null)
      const info = { external_task_id: ownId ?? null }
      return envelope({ task_id: id, task_info: info, task_status: 'submitted', ...times })
    },
  }
}

/** One task as the older generation shows it. */
export function olderTask(store: TaskStore, task: StoredTask) {
  const word = store.next(task)
  const done = /^succe/i.test(word)
  return {
    task_id: task.id,
    task_info: { external_task_id: task.ownId },
    task_status: word,
    task_status_msg: word === 'failed' ? 'Image pixel is invalid' : '',
    ...times,
    ...(done && {
      task_result: { videos: [{ id: 'v-1', url: store.resultUrl, duration: '5.1' }] },
      final_unit_deduction: '4.5',
    }),
  }
}

/** The official API, older generation, on loopback. Without `words` a task ends at its third poll. */
export async function klingContract(
  keys: KlingKeys,
  given: { readonly words?: readonly string[]; readonly result?: Uint8Array } = {},
): Promise<KlingContract> {
  const store = await taskStore(
    given.words ?? ['submitted', 'processing', 'succeed'],
    given.result ?? new Uint8Array([1]),
  )
  const account = { own: [] as StoredElement[], presets: [] as StoredElement[], packs: [] as unknown[] }
  const server = await strictServer({
    authorize: authorizeKling(keys),
    gate: gateKling(keys),
    ...('now' in keys && { date: () => new Date(keys.now()) }),
    refuse: (why) => refusal(400, 1201, why),
    routes: [
      submitRoute(store),
      {
        method: 'GET',
        path: `${path}/:id`,
        answer: ({ params }) => {
          const task = store.tasks.find(({ id, ownId }) => id === params.id || ownId === params.id)
          return task ? envelope(olderTask(store, task)) : refusal(404, 1203, 'task not found')
        },
      },
      {
        method: 'GET',
        path,
        query: z.strictObject({
          pageNum: z.coerce.number().int().min(1).max(1000),
          pageSize: z.coerce.number().int().min(1).max(500),
        }),
        answer: ({ query }) => {
          const [page, size] = [Number(query.pageNum), Number(query.pageSize)]
          const shown = store.tasks.slice((page - 1) * size, page * size)
          return envelope(shown.map((task) => olderTask(store, task)))
        },
      },
      ...accountRoutes(account),
    ],
  })
  return {
    ...server,
    ...store,
    elements: account,
    packs: account.packs,
    close: async () => {
      await server.close()
      await store.files.close()
    },
  }
}
