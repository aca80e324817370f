import { z } from 'zod'
import type { Mode, Orientation } from '../../shared/domain/take.ts'
import { accepted, refusal, type OrRefusal, type Refusal } from './refusals.ts'

export type Submission = {
  readonly model: string
  /** A URL, raw base64, or the mark of a long string. */
  readonly image: string
  readonly clipUrl: string
  readonly prompt: string
  readonly keepSound: boolean
  readonly orientation: Orientation
  readonly mode: Mode
  readonly watermark: boolean
  readonly callbackUrl: string | null
  readonly ownId: string | null
}

const models = ['kling-v2-6', 'kling-v3']
const promptLimit = 2500
const largestLong = 2n ** 63n - 1n

const text = z.string('must be a string')
const word = <const T extends readonly [string, ...string[]]>(...words: T) =>
  z.enum(words, `must be one of: ${words.join(', ')}`)
const link = text.regex(/^https?:\/\/\S+$/i, 'must be an http or https URL')
const elementId = z
  .union([z.int(), z.bigint()], 'must be a number of type long')
  .refine((id) => id > 0 && BigInt(id) <= largestLong, 'must be a number of type long')

const schema = z.strictObject(
  {
    model_name: text.default('kling-v2-6'),
    image_url: text.min(1, 'must not be empty'),
    video_url: link,
    prompt: text
      .refine(
        (prompt) => Array.from(prompt).length <= promptLimit,
        `must be at most ${String(promptLimit)} characters`,
      )
      .default(''),
    element_list: z
      .array(z.strictObject({ element_id: elementId }), 'must be an array of objects')
      .max(1, 'must hold at most one element')
      .default([]),
    keep_original_sound: word('yes', 'no').default('yes'),
    character_orientation: word('image', 'video'),
    mode: word('std', 'pro'),
    watermark_info: z
      .strictObject({ enabled: z.boolean('must be true or false') }, 'must be an object')
      .default({ enabled: false }),
    callback_url: link.optional(),
    external_task_id: text.min(1, 'must not be empty').optional(),
  },
  'the request body must be a JSON object',
)

/** Checks a parsed body against every documented field; reports the first error. */
export function readSubmission(json: unknown, mark: string): OrRefusal<Submission> {
  const parsed = schema.safeParse(json, { reportInput: true })
  if (!parsed.success) return wrongField(parsed.error)
  const fields = parsed.data
  const misplaced = Object.entries(fields).find(([name, value]) => value === mark && name !== 'image_url')
  if (misplaced) return refusal(1201, `${misplaced[0]}: is too long`)
  if (!models.includes(fields.model_name))
    return refusal(1203, `model_name: ${fields.model_name} does not exist`)
  if (/^data:/i.test(fields.image_url)) {
    return refusal(1201, 'image_url: Base64 must be sent without the data: prefix')
  }
  if (fields.element_list.length > 0 && fields.character_orientation !== 'video') {
    return refusal(1201, 'character_orientation: must be video when element_list is used')
  }
  return accepted({
    model: fields.model_name,
    image: fields.image_url,
    clipUrl: fields.video_url,
    prompt: fields.prompt,
    keepSound: fields.keep_original_sound === 'yes',
    orientation: fields.character_orientation,
    mode: fields.mode,
    watermark: fields.watermark_info.enabled,
    callbackUrl: fields.callback_url ?? null,
    ownId: fields.external_task_id ?? null,
  })
}

function wrongField(error: z.ZodError): Refusal {
  const issue = error.issues[0]
  if (!issue || (issue.path.length === 0 && issue.code !== 'unrecognized_keys')) {
    return refusal(1200, issue?.message ?? 'Invalid request parameters')
  }
  if (issue.code === 'unrecognized_keys') {
    return refusal(1201, `${pathText([...issue.path, issue.keys[0] ?? ''])}: unknown field`)
  }
  return refusal(
    1201,
    `${pathText(issue.path)}: ${issue.input === undefined ? 'is required' : issue.message}`,
  )
}

/** `element_list[0].element_id` */
const pathText = (path: readonly PropertyKey[]) =>
  z.core.toDotPath(path.filter((step) => typeof step !== 'symbol'))
