import { z } from 'zod'
import { fetchAsStranger } from './files.ts'
import { bearerOf, reply, strictServer, type Contract, type Reply, type Route } from './strict.ts'

const rawBase64 = z.base64().refine((text) => !text.startsWith('data:'))

const submission = z.strictObject({
  image: z.union([z.url({ protocol: /^https?$/ }), rawBase64]),
  video: z.url({ protocol: /^https?$/ }),
  model_name: z.enum(['kling-v3-0-std', 'kling-v3-0-pro']),
  character_orientation: z.enum(['image', 'video']),
  prompt: z.string().min(1).max(2500).optional(),
  negative_prompt: z.string().min(1).max(2500).optional(),
  keep_original_sound: z.boolean().optional(),
})

type Parts = {
  readonly key: string
  readonly resultUrl: string
  /** The status words a task shows, one for each question; the last one stays. */
  readonly words?: readonly string[]
}

/** The layout of an error is not documented; this is the usual one of the family. */
export const highwayError = (status: number, reason: string, message: string): Reply =>
  reply(status, { code: status, reason, message, metadata: {} })

type Task = { readonly left: string[]; readonly reachable: boolean }

function routes({ resultUrl, words }: Parts, tasks: Map<string, Task>): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/v3/async/kling-v3.0-motion-control',
      body: submission,
      answer: async ({ body }) => {
        const { image, video } = body as z.infer<typeof submission>
        const addresses = [video, ...(/^https?:/.test(image) ? [image] : [])]
        const fetched = await Promise.all(addresses.map(fetchAsStranger))
        const task_id = `task-${String(tasks.size + 1)}`
        const left = [...(words ?? ['TASK_STATUS_QUEUED', 'TASK_STATUS_PROCESSING', 'TASK_STATUS_SUCCEED'])]
        tasks.set(task_id, { left, reachable: !fetched.includes(null) })
        return reply(200, { task_id })
      },
    },
    {
      method: 'GET',
      path: '/v3/async/task-result',
      query: z.strictObject({ task_id: z.string().min(1) }),
      answer: ({ query }) => {
        const task_id = query['task_id'] ?? ''
        const task = tasks.get(task_id)
        if (!task) return highwayError(404, 'NOT_FOUND', 'no such task')
        const { left, reachable } = task
        const word = (left.length > 1 ? left.shift() : left[0]) ?? ''
        const status = reachable ? word : 'TASK_STATUS_FAILED'
        const done = status === 'TASK_STATUS_SUCCEED'
        return reply(200, {
          extra: { seed: '0', debug_info: {} },
          task: {
            task_id,
            status,
            reason: status === 'TASK_STATUS_FAILED' ? 'an input could not be fetched' : '',
            task_type: 'KLING_V3_0_MOTION_CONTROL',
            eta: done ? 0 : 60,
            progress_percent: done ? 100 : 40,
          },
          images: [],
          videos: done ? [{ video_url: resultUrl, video_url_ttl: '3600', video_type: 'mp4' }] : [],
          audios: [],
        })
      },
    },
  ]
}

/** Highway, JieKou and Novita as documented: one endpoint to submit to and one to ask at. */
export async function highwayServer(
  parts: Parts,
): Promise<Contract & { readonly tasks: ReadonlyMap<string, unknown> }> {
  const tasks = new Map<string, Task>()
  const contract = await strictServer({
    routes: routes(parts, tasks),
    authorize: bearerOf(parts.key),
    refuse: (why) => highwayError(400, 'INVALID_REQUEST_BODY', why),
  })
  return { ...contract, tasks }
}
