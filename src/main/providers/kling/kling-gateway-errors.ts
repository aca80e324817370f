import { meaningOf, type KlingMeaning } from './kling-errors.ts'
import type { GatewayAnswer } from './gateway-answers.ts'

const refusal = (
  code: Extract<KlingMeaning, { kind: 'refused' }>['code'],
  message: string,
  advice: string,
): KlingMeaning => ({ kind: 'refused', code, message, advice })

const money = refusal(
  'account-money',
  'The account at the gateway has no money left.',
  'Top up the account at the gateway.',
)
const key = refusal('account-key', 'The gateway did not accept the key.', 'Check the key of this account.')
const rights = refusal(
  'account-rights',
  'This key may not use the model at the gateway.',
  'Allow the model for this key at the gateway, or choose another one.',
)
const request = refusal(
  'provider-refused',
  'The gateway found the request invalid.',
  'Change what it names, or choose another model.',
)
const refusedBehind = refusal(
  'provider-refused',
  'The provider behind the gateway refused the request.',
  'Change what it names, then submit again.',
)

/**
 * The codes and types under which a gateway refuses before it sends anything on, in lower case. They are those of
 * new-api (relay/relay_task.go, types/error.go) and of OpenAI's error page, read in November 2026. Whatever is not
 * listed here, or in Kling's own table, proves nothing, whichever words and HTTP status come with it.
 */
export const gatewayNames: Readonly<Record<string, KlingMeaning>> = {
  insufficient_user_quota: money,
  pre_consume_token_quota_failed: money,
  insufficient_quota: money,
  insufficient_balance: money,
  billing_hard_limit_reached: money,
  token_invalid: key,
  token_expired: key,
  invalid_api_key: key,
  access_denied: rights,
  invalid_api_platform: request,
  invalid_request: request,
  missing_model: request,
  model_mapping_failed: request,
  model_price_error: request,
}

/** The doorkeeper of new-api and its ancestor names itself and leaves the code empty: the status says what it minded. */
const doorkeepers: readonly string[] = ['new_api_error', 'one_api_error']
const minded: Readonly<Record<number, KlingMeaning>> = { 401: key, 403: rights }

/**
 * `task_failed` is what new-api makes of a code of Kling's inside HTTP 200: the code is lost, the words are Kling's. They
 * may be those of a failure at Kling, after which a task may exist, and relays of other services say so of a lost id.
 */
const mayHaveBegun =
  /server|internal|time[sd]?[ -]?out|unavailable|maintenance|busy|try again|empty|task.?id|uuid|exist/i

const ofKlingsWords = (message: string): KlingMeaning | undefined =>
  message.trim() === '' || mayHaveBegun.test(message) ? undefined : refusedBehind

/** A request that arrived and was too slow, came twice or came too early may have been taken, whatever the name. */
const unproven: readonly number[] = [408, 409, 425]

/** What the error of a gateway proves about a submit; undefined when it proves nothing. */
export function gatewayMeaning(
  status: number,
  { code, names, message }: Pick<GatewayAnswer, 'code' | 'names' | 'message'>,
): KlingMeaning | undefined {
  // A server that fails may have failed after it had sent the request on.
  if (status >= 500) return undefined
  const official = code === null ? undefined : meaningOf(code)
  if (official || unproven.includes(status)) return official
  const listed = names.find((name) => Object.hasOwn(gatewayNames, name))
  if (listed !== undefined) return gatewayNames[listed]
  if (names.includes('task_failed')) return ofKlingsWords(message)
  return names.some((name) => doorkeepers.includes(name)) ? minded[status] : undefined
}
