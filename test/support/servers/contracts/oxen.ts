import type { ServerResponse } from 'node:http'
import { z } from 'zod'
import { fetchAsStranger } from './files.ts'
import { readForm, type FormPart } from './multipart.ts'
import { bearerOf, reply, strictServer, type Call, type Contract, type Reply, type Route } from './strict.ts'

const model = 'kling-video-v3-pro-motion-control'

const submission = z.strictObject({
  model: z.literal(model),
  prompt: z.string().min(1),
  input_image: z.url({ protocol: /^https?$/ }),
  input_video: z.url({ protocol: /^https?$/ }),
  character_orientation: z.enum(['image', 'video']),
  keep_original_sound: z.boolean().optional(),
  // More would be documented too, but each one is charged.
  num_generations: z.literal(1).optional(),
})

const filters = z.strictObject({
  status: z.enum(['queued', 'processing', 'succeeded', 'failed', 'cancelled']).optional(),
  model: z.literal(model).optional(),
})

/** A task as the queue shows it: the documented fields and the parameters it was given. */
export type OxenTask = Readonly<Record<string, unknown>> & {
  readonly generation_id: string
  readonly status: string
}

type Parts = {
  readonly key: string
  readonly resultUrl: string
  /** The status words a task shows, one for each question; the last one stays. */
  readonly words?: readonly string[]
}

export type OxenServer = Contract & {
  readonly tasks: Map<string, OxenTask>
  readonly files: ReadonlyMap<string, Buffer>
  /** Sends a text to everyone who listens to the events. */
  readonly say: (text: string) => void
  readonly listeners: () => number
  readonly hangUp: () => void
}

export const oxenError = (status: number, type: string, detail?: string): Reply =>
  reply(status, {
    error: { type, title: `The title of ${type}`, ...(detail !== undefined && { detail }) },
    status: 'error',
    status_message: type,
  })

function judgeForm(call: Call): readonly string[] {
  const form = readForm(call)
  if (typeof form === 'string') return [form]
  const names = form.map(({ name }) => name).join(' ')
  return [
    ...(names === 'files[] name email message' ? [] : [`the fields are ${names}`]),
    ...(form[0]?.filename ? [] : ['the file has no name']),
    ...(form.slice(1).every(({ bytes }) => bytes.length > 0) ? [] : ['an empty field']),
  ]
}

function queueRoutes({ resultUrl, words }: Parts, tasks: Map<string, OxenTask>): readonly Route[] {
  const left = new Map<string, string[]>()
  const ended = (status: string) => !['queued', 'processing'].includes(status)
  const next = (task: OxenTask): OxenTask => {
    const status = left.get(task.generation_id)?.shift() ?? task.status
    const done = status === 'succeeded' ? { result_url: resultUrl, completed_at: 1_775_091_590 } : {}
    const moved = { ...task, ...done, status }
    tasks.set(task.generation_id, moved)
    return moved
  }
  return [
    {
      method: 'POST',
      path: '/api/ai/queue',
      body: submission,
      answer: async (call) => {
        const body = call.body as z.infer<typeof submission>
        const fetched = await Promise.all([body.input_image, body.input_video].map(fetchAsStranger))
        const generation_id = `generation-${String(tasks.size + 1)}`
        const { model: model_name, ...own } = body
        const reachable = !fetched.includes(null)
        left.set(generation_id, [
          ...(reachable ? (words ?? ['queued', 'processing', 'succeeded']) : ['failed']),
        ])
        tasks.set(generation_id, {
          ...own,
          generation_id,
          model_name,
          media_type: 'video',
          status: 'queued',
          result_url: null,
          error_message: reachable ? null : '403 Client Error: Forbidden for url',
          enqueued_at: Math.floor(Date.now() / 1000),
          started_at: null,
          completed_at: null,
        })
        return reply(202, { generations: [{ generation_id, status: 'queued' }] })
      },
    },
    {
      method: 'GET',
      path: '/api/ai/queue',
      query: filters,
      answer: ({ query }) => {
        const generations = [...tasks.values()].filter(({ status }) =>
          query['status'] === undefined ? !ended(status) : status === query['status'],
        )
        return reply(200, { count: generations.length, generations })
      },
    },
    {
      method: 'GET',
      path: '/api/ai/queue/:id',
      answer: ({ params }) => {
        const task = tasks.get(params['id'] ?? '')
        return task ? reply(200, next(task)) : oxenError(404, 'resource_not_found')
      },
    },
    {
      method: 'DELETE',
      path: '/api/ai/queue/:id',
      answer: ({ params }) => {
        const task = tasks.get(params['id'] ?? '')
        if (!task) return oxenError(404, 'resource_not_found')
        left.delete(task.generation_id)
        if (!ended(task.status)) tasks.set(task.generation_id, { ...task, status: 'cancelled' })
        return reply(200, { status: 'success', generation_id: task.generation_id })
      },
    },
    {
      method: 'GET',
      path: '/api/ai/models/:id',
      answer: ({ params }) =>
        params['id'] === model
          ? reply(200, {
              id: model,
              object: 'model',
              endpoint: '/videos/generate',
              pricing: {
                method: 'per_video_output_second',
                input_cost_per_token: null,
                cost_per_image: null,
                cost_per_second: 0.168,
                cost_per_second_high_res: null,
                cost_per_second_with_audio: null,
              },
              request_schema: { type: 'object' },
            })
          : oxenError(404, 'resource_not_found'),
    },
  ]
}

function fileRoutes(files: Map<string, Buffer>): readonly Route[] {
  const base = '/api/repos/:namespace/:repository/file/main/understudy'
  return [
    {
      method: 'PUT',
      path: base,
      body: judgeForm,
      answer: (call) => {
        const [file] = readForm(call) as readonly FormPart[]
        files.set(`${call.path}/${file!.filename ?? ''}`, file!.bytes)
        return reply(200, { status: 'success', status_message: 'resource_created' })
      },
    },
    {
      method: 'GET',
      path: `${base}/:name`,
      answer: ({ path }) => {
        const file = files.get(path)
        if (!file) return oxenError(404, 'resource_not_found')
        return reply(200, file, { 'content-type': path.endsWith('.mp4') ? 'video/mp4' : 'image/jpeg' })
      },
    },
  ]
}

/** Oxen.ai as documented: the queue, its list and cancel, the events, the models and a public repository. */
export async function oxenServer(parts: Parts): Promise<OxenServer> {
  const tasks = new Map<string, OxenTask>()
  const files = new Map<string, Buffer>()
  const listening = new Set<ServerResponse>()
  const events: Route = {
    method: 'GET',
    path: '/api/events',
    answer: () => ({
      ...reply(200, ': keep-alive\n\n', { 'content-type': 'text/event-stream' }),
      open: (response) => {
        listening.add(response)
        response.on('close', () => listening.delete(response))
      },
    }),
  }
  const bearer = bearerOf(parts.key)
  const contract = await strictServer({
    routes: [...queueRoutes(parts, tasks), ...fileRoutes(files), events],
    // A public repository can be read by everyone.
    authorize: (call) => (call.method === 'GET' && call.path.startsWith('/api/repos/') ? null : bearer(call)),
    refuse: (why) => oxenError(400, 'invalid_params', why),
  })
  return {
    ...contract,
    tasks,
    files,
    say: (text) => {
      for (const response of listening) response.write(text)
    },
    listeners: () => listening.size,
    hangUp: () => {
      for (const response of listening) response.destroy()
    },
  }
}
