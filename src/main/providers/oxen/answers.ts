import { z } from 'zod'
import type { Timestamp } from '../../../shared/units.ts'
import { providerText } from '../provider-text.ts'
import { stateWord } from '../task-words.ts'

const maybeText = z.string().transform(providerText).nullish().catch(null)

/** `error` is an object with a type, an object with a message, or the bare words. */
const envelope = z.object({
  error: z.union([
    z.string().transform((message) => ({ type: null, message: providerText(message) })),
    z
      .object({ type: maybeText, title: maybeText, detail: maybeText, message: maybeText })
      .transform(({ type, title, detail, message }) => ({
        type: type ?? null,
        message: detail ?? message ?? title ?? '',
      })),
  ]),
})

/** An error as Oxen words it; the type is missing in two of its three forms. */
export const oxenError = envelope.transform(({ error }) => error)
export type OxenError = z.infer<typeof oxenError>

const id = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(200))

export const oxenAccepted = z.object({
  generations: z.tuple([z.object({ generation_id: id })], z.unknown()),
})

export const oxenTask = z.object({
  generation_id: id,
  status: z.string().transform((word) => stateWord(providerText(word))),
  result_url: z.string().min(1).max(8192).nullish().catch(null),
  error_message: maybeText,
})

export const oxenList = z.object({
  count: z.number().nullish().catch(null),
  generations: z.array(z.unknown()),
})

/** Documented as seconds since 1970; a date in words is understood too. */
const time = z.union([
  z
    .number()
    .min(0)
    .max(8e12)
    .transform((seconds): Timestamp => new Date(seconds * 1000).toISOString()),
  z.string().refine((text) => !Number.isNaN(Date.parse(text))),
])

export const oxenNamed = z.looseObject({ generation_id: id })
export const oxenListed = z.looseObject({ generation_id: id, enqueued_at: time })

/** A price is a number or null as documented; digits in quotes are understood too. */
const price = z
  .unknown()
  .transform((rate) => (typeof rate === 'number' || typeof rate === 'string' ? Number(rate) : 0))

export const oxenModel = z.object({
  pricing: z.object({
    method: z.string(),
    cost_per_second: price,
    cost_per_second_high_res: price,
    cost_per_second_with_audio: price,
  }),
})

export const oxenCompleted = z.object({ generation_id: id })
