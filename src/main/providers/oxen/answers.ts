import { cancelledThere, inputsNotDownloaded, noCredits, noCreditsAtStart } from './problems.ts'
import { keyRefused, modelUnknown, requestInvalid, takeFailed, problemOf, type Verdict } from '../problems.ts'
import { z } from 'zod'
import type { Timestamp } from '../../../shared/units.ts'
import { providerText, readAnswer } from '../answers.ts'
import { stateWord } from '../task-words.ts'
import type { Problem } from '../../../shared/outcome.ts'

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
const oxenError = envelope.transform(({ error }) => error)
type OxenError = z.infer<typeof oxenError>

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

/** The error types that prove a task was not started. `unknown_error` proves nothing, whatever its HTTP status. */
export const oxenTypes: Readonly<Record<string, Verdict>> = {
  unauthenticated: keyRefused,
  invalid_params: requestInvalid,
  resource_not_found: modelUnknown,
}

/** Documented refusals that come without a type; they are known by how their text begins. */
export const oxenWords: readonly (readonly [begins: string, verdict: Verdict])[] = [
  ['unauthenticated', keyRefused],
  ['insufficient credits', noCredits],
  ['model not found', modelUnknown],
]

export const readOxenError = (body: string): OxenError | null => readAnswer(body, oxenError)

/**
 * What an error proves about a submit; null when it proves nothing. A limit of requests is not documented, so nothing
 * that comes with HTTP 429 is taken for one.
 */
export function oxenVerdict(status: number, error: OxenError): Verdict | null {
  if (status >= 500) return null
  const byType = error.type !== null && Object.hasOwn(oxenTypes, error.type) ? oxenTypes[error.type] : null
  const words = error.message.toLowerCase()
  const byWords = oxenWords.find(([begins]) => words.startsWith(begins))?.[1]
  return byWords ?? byType ?? null
}

/** Why a task failed, where its text is a documented one. */
const failures: readonly (readonly [says: RegExp, problem: Verdict])[] = [
  [/^insufficient credits/i, noCreditsAtStart],
  [/client error: \w+ for url/i, inputsNotDownloaded],
]

export const oxenFailure = (words: string): Problem =>
  problemOf(failures.find(([says]) => says.test(words))?.[1] ?? takeFailed, words)

export const oxenCancelled = (words: string): Problem => problemOf(cancelledThere, words)
