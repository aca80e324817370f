import { z } from 'zod'
import {
  accountRoutes,
  authorizeKling,
  envelope,
  picture,
  refusal,
  type StoredElement,
} from './kling-account.ts'
import type { KlingContract } from './kling.ts'
import { taskStore, type StoredTask, type TaskStore } from './kling-tasks.ts'
import { strictServer, type Route } from './strict.ts'

const prompt = z.strictObject({ type: z.literal('prompt'), text: z.string().min(1).max(2500) })
const image = z.strictObject({ type: z.literal('image'), url: picture })
const video = z.strictObject({ type: z.literal('video'), url: z.url({ protocol: /^https?$/ }) })
const element = z.strictObject({
  type: z.literal('element'),
  // Text here, where the older generation wants a bare number.
  element_id: z.string().regex(/^\d{1,20}$/),
  id: z.string().min(1),
})

const bodyOf = (contents: z.ZodType<readonly { readonly type: string }[]>) =>
  z.strictObject({
    contents: contents.refine(
      (all) => ['image', 'video'].every((type) => all.filter((one) => one.type === type).length === 1),
      'one image and one video are wanted',
    ),
    settings: z.strictObject({
      character_orientation: z.enum(['image', 'video']),
      audio: z.enum(['original', 'off']).exactOptional(),
      resolution: z.enum(['720p', '1080p']).exactOptional(),
    }),
    options: z
      .strictObject({
        callback_url: z.url().exactOptional(),
        external_task_id: z.string().min(1).exactOptional(),
        watermark_info: z.strictObject({ enabled: z.boolean() }).exactOptional(),
      })
      .exactOptional(),
  })
const withElement = bodyOf(z.array(z.discriminatedUnion('type', [prompt, image, video, element])).max(4))
const withoutElement = bodyOf(z.array(z.discriminatedUnion('type', [prompt, image, video])).max(3))

const times = { create_time: 1781080778802, update_time: 1781080794151 }
const urls = z.object({
  contents: z.array(z.object({ url: z.string().exactOptional() })),
  options: z.object({ external_task_id: z.string().exactOptional() }).exactOptional(),
})

function submitRoute(version: string, body: z.ZodType, store: TaskStore): Route {
  return {
    method: 'POST',
    path: `/motion-control/${version}`,
    body,
    answer: async (call) => {
      const { contents, options } = urls.parse(call.body)
      const ownId = options?.external_task_id ?? null
      if (!(await store.fetchAll(...contents.flatMap(({ url }) => url ?? []))))
        return refusal(400, 1201, 'the video is not accessible')
      const { id } = store.add(ownId)
      return envelope({ id, status: 'submitted', ...times, external_id: ownId })
    },
  }
}

function newerTask(store: TaskStore, task: StoredTask) {
  const status = store.next(task)
  const done = /^succe/i.test(status)
  return {
    id: task.id,
    status,
    message: status === 'failed' ? 'Image pixel is invalid' : '',
    ...times,
    external_id: task.ownId,
    outputs: done ? [{ type: 'video', id: 'v-1', url: store.resultUrl, duration: '5.1' }] : [],
    billing: done ? [{ charge_type: 'unit', amount: '4.5', package_type: 'video' }] : [],
  }
}

const listBody = z.strictObject({
  limit: z.int().min(1).max(500),
  cursor: z.string().min(1).exactOptional(),
})

/** The official API, newer generation, on loopback. It knows API keys only. */
export async function klingTwoContract(
  key: string,
  given: { readonly words?: readonly string[]; readonly result?: Uint8Array } = {},
): Promise<KlingContract> {
  const store = await taskStore(
    given.words ?? ['submitted', 'processing', 'succeeded'],
    given.result ?? new Uint8Array([1]),
  )
  const account = { own: [] as StoredElement[], presets: [] as StoredElement[], packs: [] as unknown[] }
  const names = z.string().min(1)
  const server = await strictServer({
    authorize: authorizeKling({ key }),
    refuse: (why) => refusal(400, 1201, why),
    routes: [
      submitRoute('kling-3.0', withElement, store),
      submitRoute('kling-2.6', withoutElement, store),
      {
        method: 'GET',
        path: '/tasks',
        query: z.union([z.strictObject({ task_ids: names }), z.strictObject({ external_task_ids: names })]),
        answer: ({ query }) => {
          const ids = (query.task_ids ?? '').split(',')
          const ownIds = (query.external_task_ids ?? '').split(',')
          const asked = store.tasks.filter(
            ({ id, ownId }) => ids.includes(id) || (ownId !== null && ownIds.includes(ownId)),
          )
          return envelope(asked.map((task) => newerTask(store, task)))
        },
      },
      {
        method: 'POST',
        path: '/tasks',
        body: listBody,
        answer: ({ body }) => {
          const { limit, cursor = '0' } = listBody.parse(body)
          const end = Number(cursor) + limit
          const shown = store.tasks.slice(Number(cursor), end).map((task) => newerTask(store, task))
          const more = end < store.tasks.length
          // Where the cursor is beside the tasks is not documented; this is one of the two places.
          return envelope({ tasks: shown, has_more: more, ...(more && { next_cursor: String(end) }) })
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
