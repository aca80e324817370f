import { z } from 'zod'
import { readAnswer, providerText, held, refused, type Verdict } from '../answers.ts'

const key = refused('account-key', 'The provider did not accept the key.', 'Check the key of this account.')

/**
 * The error names that prove a task was not started. HTTP 403 stands for a bad key, missing money and missing rights
 * alike: only the name tells them apart. SERVICE_NOT_AVAILABLE proves nothing.
 */
export const highwayNames: Readonly<Record<string, Verdict>> = {
  INVALID_REQUEST_BODY: refused(
    'provider-refused',
    'The provider found the request invalid.',
    'Change the input the provider names.',
  ),
  FAILED_TO_AUTH: key,
  INVALID_API_KEY: key,
  NOT_ENOUGH_BALANCE: refused(
    'account-money',
    'The account has not enough balance.',
    'Top up the account at the provider.',
  ),
  ACCESS_DENY: refused(
    'account-rights',
    'The account has no right to this model.',
    'Check the rights of the account at the provider.',
  ),
  MODEL_NOT_FOUND: refused(
    'provider-refused',
    'The provider does not have this model.',
    'Check the base URL of the account.',
  ),
  RATE_LIMIT_EXCEEDED: held('The provider asks for fewer requests.', 5000),
  TOKEN_LIMIT_EXCEEDED: held('The account has reached a limit of the provider.', 15_000),
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
