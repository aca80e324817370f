import { inputsNotDownloaded, noCredits, notInPlan, queueFull } from './problems.ts'
import { keyRefused, modelUnknown, requestInvalid, type Verdict } from '../problems.ts'
import { mayHaveBeenTaken, providerText } from '../answers.ts'
import { z } from 'zod'
import { stateWord } from '../task-words.ts'

const text = z.union([z.string(), z.number()]).transform(String)
const words = z.string().transform(providerText).nullish().catch(null)
const oneLink = z.string().min(1).max(8192)
const links = z
  .union([z.array(z.unknown()), z.string().transform((link) => [link])])
  .catch([])
  .transform((all) => all.flatMap((link) => oneLink.safeParse(link).data ?? []))

/**
 * Every answer, of submits and questions alike. `future_links` are left out on purpose: they are written before a file
 * is there. So is `fetch_result`: a task is asked for at the documented path, which its id is enough for.
 */
export const modelsLabAnswer = z
  .object({
    status: z.string().transform((word) => stateWord(providerText(word))),
    id: text.pipe(z.string().min(1).max(200)).nullish().catch(null),
    eta: z.coerce.number().positive().max(86_400).nullish().catch(null),
    output: links,
    message: words,
    /** Old endpoints spell it so. */
    messege: words,
    retry_after: z.coerce.number().positive().nullish().catch(null),
  })
  .transform(({ message, messege, retry_after, ...rest }) => ({
    ...rest,
    words: message ?? messege ?? '',
    retryAfter: retry_after ?? null,
  }))

const ourFields = [
  'key',
  'model_id',
  'init_image',
  'init_video',
  'character_orientation',
  'prompt',
  'mode',
  'keep_original_sound',
  'webhook',
  'track_id',
  'base64_string',
]
/** One of them as a sentence may name it: “The init image field is required.” */
const field = `["'\`]?(?:${ourFields.join('|').replaceAll('_', '[_ ]')})["'\`]?`

/**
 * Documented texts, by how they read. Other statuses prove nothing without one of them: a text that is not listed may
 * be about a task that runs. An error may come with HTTP 200, and then too only its text tells what it is.
 */
export const modelsLabWords: readonly (readonly [says: RegExp, verdict: Verdict])[] = [
  [/^(?:invalid|(?:invalid or )?revoked|expired|missing) api[ _]key\b/i, keyRefused],
  [/^insufficient credits\b/i, noCredits],
  [/^your subscription (?:has |is )?(?:expired|ended)\b/i, noCredits],
  [/^this feature (?:requires|is not available on) .{0,60}\b(?:plan|subscription)\b/i, notInPlan],
  [/^rate limit exceeded\b/i, queueFull],
  [/^model not found\b/i, modelUnknown],
  [/^unable to fetch (?:image|video) from (?:the )?provided url\b/i, inputsNotDownloaded],
  [
    new RegExp(`^(?:the )?${field}(?: field| parameter)? (?:is required|must be|must have)\\b`, 'i'),
    requestInvalid,
  ],
  [
    new RegExp(`^(?:missing|invalid)(?: required)?(?: parameter| field)?:? ${field}(?=$|[\\s.,:;])`, 'i'),
    requestInvalid,
  ],
]

/**
 * What an error envelope proves about a submit; null when it proves nothing. `asksToWait`: it has the field
 * `retry_after`, which is documented for a full queue and nothing else.
 */
export function modelsLabVerdict(status: number, words: string, asksToWait: boolean): Verdict | null {
  if (status >= 500 || mayHaveBeenTaken(status)) return null
  const byWords = modelsLabWords.find(([says]) => says.test(words))?.[1]
  return byWords ?? (status === 429 && asksToWait ? queueFull : null)
}

/** Is this error about the account or the question, and not about the task that was asked for? */
export function aboutTheQuestion(words: string): boolean {
  const verdict = modelsLabWords.find(([says]) => says.test(words))?.[1]
  return verdict !== undefined && (verdict.kind === 'held' || verdict.code.startsWith('account-'))
}
