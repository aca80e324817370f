import { z } from 'zod'
import { providerText } from '../provider-text.ts'
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
