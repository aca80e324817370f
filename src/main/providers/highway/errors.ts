import { limitReached, modelUnknownHere, noBalance, noRights } from './problems.ts'
import { keyRefused, requestInvalid, tooManyRequests, type Verdict } from '../problems.ts'
import { z } from 'zod'
import { readAnswer, providerText } from '../answers.ts'

/**
 * The error names that prove a task was not started. HTTP 403 means a bad key, missing money or missing rights
 * alike: only the name tells them apart. SERVICE_NOT_AVAILABLE proves nothing.
 */
export const highwayNames: Readonly<Record<string, Verdict>> = {
  INVALID_REQUEST_BODY: requestInvalid,
  FAILED_TO_AUTH: keyRefused,
  INVALID_API_KEY: keyRefused,
  NOT_ENOUGH_BALANCE: noBalance,
  ACCESS_DENY: noRights,
  MODEL_NOT_FOUND: modelUnknownHere,
  RATE_LIMIT_EXCEEDED: tooManyRequests,
  TOKEN_LIMIT_EXCEEDED: limitReached,
}

const field = z
  .union([z.string(), z.number()])
  .transform((said) => providerText(String(said)))
  .nullish()
  .catch(null)
const fields = { code: field, reason: field, message: field }
// The place of the name is not documented, so every usual one is checked.
const envelope = z.object({
  ...fields,
  error: z
    .union([z.string().transform(providerText), z.object(fields)])
    .nullish()
    .catch(null),
})

type HighwayError = { readonly name: string | null; readonly words: string }

/** The error of an answer: its documented name, where a field contains only that, and its message. */
export function readHighwayError(body: string): HighwayError | null {
  const said = readAnswer(body, envelope)
  if (!said) return null
  const inner = typeof said.error === 'string' ? { message: said.error } : (said.error ?? {})
  const places = [said, inner].flatMap((place) => [
    'reason' in place ? place.reason : null,
    'code' in place ? place.code : null,
    place.message,
  ])
  const name = places.find((text) => typeof text === 'string' && Object.hasOwn(highwayNames, text)) ?? null
  const words = [said.message, inner.message, said.reason].find(
    (text) => typeof text === 'string' && text !== name,
  )
  return { name, words: words ?? '' }
}

/** What an error proves about a submit; null when it proves nothing. */
export function highwayVerdict(status: number, { name }: HighwayError): Verdict | null {
  if (name === null || status < 400 || status >= 500) return null
  return highwayNames[name] ?? null
}
