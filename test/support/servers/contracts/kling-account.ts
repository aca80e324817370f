import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { reply, type Call, type Reply, type Route } from './strict.ts'

/** Which credentials a contract server knows. */
export type KlingKeys =
  | { readonly key: string }
  | { readonly accessKey: string; readonly secretKey: string; readonly now: () => number }

export const envelope = (data: unknown, status = 200): Reply =>
  reply(status, { code: 0, message: 'SUCCEED', request_id: 'r-1', data })
export const refusal = (status: number, code: number, message: string): Reply =>
  reply(status, { code, message, request_id: 'r-1' })

const part = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
const header = z.strictObject({ alg: z.literal('HS256'), typ: z.literal('JWT') })
const claims = z.strictObject({ iss: z.string(), exp: z.int(), nbf: z.int() })

function tokenOf({ headers }: Call): readonly [string, string, string] | null {
  const [, head, body, signature] =
    /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(headers.authorization ?? '') ?? []
  return head && body && signature ? [head, body, signature] : null
}

/** What is wrong with the Authorization of a call, whatever its time. */
export function authorizeKling(keys: KlingKeys): (call: Call) => string | null {
  if ('key' in keys)
    return ({ headers }) =>
      headers.authorization === `Bearer ${keys.key}`
        ? null
        : `Authorization is ${String(headers.authorization)}`
  return (call) => {
    const token = tokenOf(call)
    if (!token) return 'Authorization is no token'
    const [head, body, signature] = token
    const right = createHmac('sha256', keys.secretKey).update(`${head}.${body}`).digest('base64url')
    if (signature !== right) return 'the token is not signed with the secret key'
    if (!header.safeParse(part(head)).success) return 'the header of the token is not as documented'
    const read = claims.safeParse(part(body))
    if (!read.success) return 'the claims of the token are not as documented'
    return read.data.iss === keys.accessKey ? null : 'the token names another access key'
  }
}

/** Answers a token that is too young or too old by the server's clock, to the second and without leeway. */
export function gateKling(keys: KlingKeys): (call: Call) => Reply | null {
  return (call) => {
    const token = tokenOf(call)
    if ('key' in keys || !token) return null
    const { exp, nbf } = claims.parse(part(token[1]))
    const now = Math.floor(keys.now() / 1000)
    if (now < nbf) return refusal(401, 1003, 'Authorization is not valid yet')
    return now >= exp ? refusal(401, 1004, 'Authorization has expired') : null
  }
}

const digits = z.string().regex(/^\d+$/)
const page = z.strictObject({
  pageNum: digits.refine((text) => Number(text) >= 1 && Number(text) <= 1000),
  pageSize: digits.refine((text) => Number(text) >= 1 && Number(text) <= 500),
})

/** An address, or the raw base64 of a JPEG or PNG image. */
export const picture = z.string().refine((text) => {
  if (/^https?:/.test(text)) return URL.canParse(text)
  return /^(?:\/9j\/|iVBORw0KGgo)[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0
}, 'neither an address nor raw base64 of an image')

const newElement = z.strictObject({
  element_name: z.string().min(1).max(20),
  element_description: z.string().min(1).max(100),
  reference_type: z.literal('image_refer'),
  element_image_list: z.strictObject({
    frontal_image: picture,
    refer_images: z
      .array(z.strictObject({ image_url: picture }))
      .min(1)
      .max(3),
  }),
})

export type StoredElement = {
  readonly id: string
  readonly name: string
  readonly description: string
  /** Where its picture lies; without one, somewhere that is never fetched from. */
  readonly image?: string
}

/** Answers in JSON where an id stands as a bare number of 64 bits. */
const bare = (data: unknown): Reply =>
  reply(
    200,
    JSON.stringify({ code: 0, message: 'SUCCEED', request_id: 'r-1', data }).replaceAll(/"#(\d+)"/g, '$1'),
    { 'content-type': 'application/json' },
  )

const listed = ({ id, name, description, image }: StoredElement) => ({
  task_id: `9${id.slice(1)}`,
  task_status: 'succeed',
  task_result: {
    elements: [
      {
        element_id: `#${id}`,
        element_name: name,
        element_description: description,
        reference_type: 'image_refer',
        element_image_list: {
          frontal_image: image ?? `https://pictures.example/${id}.jpg`,
          refer_images: [],
        },
        owned_by: 'kling',
        status: 'succeed',
      },
    ],
  },
})

/** The calls about the account that both generations share. `own` and `presets` are the element library. */
export function accountRoutes(store: {
  own: StoredElement[]
  presets: StoredElement[]
  packs: unknown[]
}): readonly Route[] {
  const pageOf = (all: readonly StoredElement[], { query }: Call) => {
    const size = Number(query.pageSize)
    const from = (Number(query.pageNum) - 1) * size
    return bare(all.slice(from, from + size).map(listed))
  }
  return [
    {
      method: 'GET',
      path: '/account/costs',
      query: z.strictObject({ start_time: digits, end_time: digits }),
      answer: () => envelope({ code: 0, msg: 'SUCCEED', resource_pack_subscribe_infos: store.packs }),
    },
    {
      method: 'GET',
      path: '/v1/general/advanced-custom-elements',
      query: page,
      answer: (call) => pageOf(store.own, call),
    },
    {
      method: 'GET',
      path: '/v1/general/advanced-presets-elements',
      query: page,
      answer: (call) => pageOf(store.presets, call),
    },
    {
      method: 'POST',
      path: '/v1/general/advanced-custom-elements',
      body: newElement,
      answer: ({ body }) => {
        const { element_name: name, element_description: description } = newElement.parse(body)
        store.own.push({ id: `82983680279340${String(6551 + store.own.length)}`, name, description })
        return envelope({ task_id: 'element-task-1', task_status: 'submitted' })
      },
    },
    {
      method: 'POST',
      path: '/v1/general/delete-elements',
      body: z.strictObject({ element_id: digits }),
      answer: ({ body }) => {
        const { element_id: id } = z.object({ element_id: z.string() }).parse(body)
        const at = store.own.findIndex((one) => one.id === id)
        if (at < 0) return refusal(404, 1203, 'element not found')
        store.own.splice(at, 1)
        return envelope({ task_id: 'element-task-2', task_status: 'submitted' })
      },
    },
  ]
}
