import { z } from 'zod'
import { fetchAsStranger } from './files.ts'
import { reply, strictServer, type Call, type Contract, type Reply, type Route } from './strict.ts'

const submission = z.strictObject({
  key: z.string(),
  model_id: z.literal('kling-motion-control'),
  init_image: z.url({ protocol: /^https?$/ }),
  init_video: z.url({ protocol: /^https?$/ }),
  character_orientation: z.enum(['image', 'video']),
  prompt: z.string().min(1).max(2500),
  mode: z.enum(['std', 'pro']).optional(),
  keep_original_sound: z.enum(['yes', 'no']).optional(),
  webhook: z.url().optional(),
  track_id: z.string().min(1).optional(),
})

const mostUploaded = 5_000_000

type Parts = {
  readonly key: string
  readonly resultUrl: string
  /** The status words a task shows, one for each question; the last one stays. */
  readonly words?: readonly string[]
}

export type ModelsLabServer = Contract & {
  /** Uploaded files by the path they are served at. */
  readonly files: ReadonlyMap<string, { readonly bytes: Buffer; readonly type: string }>
}

export const modelsLabError = (status: number, message: string, more: object = {}): Reply =>
  reply(status, { status: 'error', message, ...more })

/** The key travels in the body, and nowhere else. */
const authorizeWith =
  (key: string) =>
  ({ method, body, headers }: Call): string | null => {
    if (headers.authorization !== undefined) return 'an Authorization header is not documented'
    if (method === 'GET') return null
    return (body as { key?: unknown } | undefined)?.key === key ? null : 'wrong key'
  }

function taskRoutes({ resultUrl, words }: Parts, origin: () => string): readonly Route[] {
  const tasks = new Map<string, string[]>()
  return [
    {
      method: 'POST',
      path: '/api/v7/video-fusion/motion-control',
      body: submission,
      answer: async ({ body }) => {
        const { init_image, init_video } = body as z.infer<typeof submission>
        const fetched = await Promise.all([init_image, init_video].map(fetchAsStranger))
        if (fetched.includes(null)) return modelsLabError(400, 'Unable to fetch image from provided URL')
        const id = 124_000_000 + tasks.size
        tasks.set(String(id), [...(words ?? ['processing', 'success'])])
        return reply(200, {
          status: 'processing',
          id,
          eta: 90,
          message: 'Try to fetch request after seconds estimated',
          fetch_result: `${origin()}/api/v7/video-fusion/fetch/${String(id)}`,
          output: [],
          future_links: [`${origin()}/not-there-yet.mp4`],
          meta: {},
        })
      },
    },
    {
      method: 'POST',
      path: '/api/v7/video-fusion/fetch/:id',
      body: z.strictObject({ key: z.string() }),
      answer: ({ params }) => {
        const id = params['id'] ?? ''
        const left = tasks.get(id)
        if (!left) return modelsLabError(404, 'Request not found')
        const status = (left.length > 1 ? left.shift() : left[0]) ?? 'processing'
        if (status === 'error' || status === 'failed')
          return reply(200, { status, id, message: 'No person found' })
        const output = status === 'success' ? [resultUrl] : []
        return reply(200, { status, id, output, ...(status === 'processing' && { eta: 40 }) })
      },
    },
  ]
}

/** ModelsLab as documented: the motion-control endpoint, its fetch endpoint and the upload of small files. */
export async function modelsLabServer(parts: Parts): Promise<ModelsLabServer> {
  const files = new Map<string, { readonly bytes: Buffer; readonly type: string }>()
  let origin = ''
  const upload: Route = {
    method: 'POST',
    path: '/api/v6/base64_to_url',
    body: z.strictObject({ key: z.string(), base64_string: z.string() }),
    answer: ({ body }) => {
      const { base64_string } = body as { readonly base64_string: string }
      const form = /^data:((?:image|audio|video)\/[a-z0-9-]+);base64,([A-Za-z0-9+/]+={0,2})$/.exec(
        base64_string,
      )
      if (!form || base64_string.length > mostUploaded)
        return modelsLabError(400, 'base64_string must be valid')
      const path = `/uploads/${String(files.size + 1)}`
      files.set(path, { bytes: Buffer.from(form[2] ?? '', 'base64'), type: form[1] ?? '' })
      return reply(200, { status: 'success', id: files.size, output: [`${origin}${path}`] })
    },
  }
  const uploaded: Route = {
    method: 'GET',
    path: '/uploads/:name',
    answer: ({ path }) => {
      const file = files.get(path)
      return file ? reply(200, file.bytes, { 'content-type': file.type }) : reply(404, 'not found')
    },
  }
  const contract = await strictServer({
    routes: [...taskRoutes(parts, () => origin), upload, uploaded],
    authorize: authorizeWith(parts.key),
    refuse: (why) => modelsLabError(400, why),
  })
  origin = contract.origin
  return { ...contract, files }
}
