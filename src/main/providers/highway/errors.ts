import { z } from 'zod'
import { readAnswer, providerText, held, refused, type Verdict } from '../answers.ts'

const key = refused('account-key', 'The provider didn’t accept the key.', 'Check this account’s key.')

/**
 * The error names that prove a task was not started. HTTP 403 stands for a bad key, missing money and missing rights
 * alike: only the name tells them apart. SERVICE_NOT_AVAILABLE proves nothing.
 */
export const highwayNames: Readonly<Record<string, Verdict>> = {
  INVALID_REQUEST_BODY: refused(
    'provider-refused',
    'The provider says the request is invalid.',
    'Change the input that the provider names.',
  ),
  FAILED_TO_AUTH: key,
  INVALID_API_KEY: key,
  NOT_ENOUGH_BALANCE: refused(
    'account-money',
    'The account doesn’t have enough balance.',
    'Top up the account at the provider.',
  ),
  ACCESS_DENY: refused(
    'account-rights',
    'The account can’t use this model.',
    'Check the account’s permissions at the provider.',
  ),
  MODEL_NOT_FOUND: refused(
    'provider-refused',
    'The provider doesn’t have this model.',
    'Check the account’s base URL.',
  ),
  RATE_LIMIT_EXCEEDED: held('The provider received too many requests.', 5000),
  TOKEN_LIMIT_EXCEEDED: held('The account has reached one of the provider’s limits.', 15_000),
}

const field = z
  .union([z.string(), z.number()])
  .transform((said) => providerText(String(said)))
  .nullish()
  .catch(null)
const fields = { code: field, reason: field, message: field }
// Where the name stands is not documented, so every usual place is looked at.
const envelope = z.object({
  ...fields,
  error: z
    .union([z.string().transform(providerText), z.object(fields)])
    .nullish()
    .catch(null),
})

type HighwayError = { readonly name: string | null; readonly words: string }

/** The error of an answer: its documented name, where one stands in a field by itself, and what it says. */
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
