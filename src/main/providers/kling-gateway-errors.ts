import type { ProblemCode } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'
import type { GatewayAnswer } from './kling-gateway-answers.ts'

type Refusal = {
  /** The HTTP status that says it by itself, where an error envelope came with it. */
  readonly status: number
  /** Words that say it, where words count. */
  readonly words: RegExp | null
  readonly code: ProblemCode
  readonly message: string
  readonly advice: string
}

/** What a gateway refuses by itself. Words come first: quota is refused with 401, 402, 403 or 429, as it pleases. */
export const gatewayRefusals: readonly Refusal[] = [
  {
    status: 402,
    words: /quota|credit|balance|insufficient fund/i,
    code: 'account-money',
    message: 'The account at the gateway has no money left.',
    advice: 'Top up the account at the gateway.',
  },
  {
    status: 401,
    words:
      /token_(?:invalid|expired)|invalid[ _](?:token|api[ _]key)|(?:token|key)\b.{0,30}\bexpired|expired (?:token|key)/i,
    code: 'account-key',
    message: 'The gateway did not accept the key.',
    advice: 'Check the key of this account.',
  },
  {
    status: 403,
    words: null,
    code: 'account-rights',
    message: 'This key may not use the model at the gateway.',
    advice: 'Allow the model for this key at the gateway, or choose another one.',
  },
]

export const tooFast = {
  code: 'provider-silent',
  message: 'The gateway asks for fewer requests.',
  advice: 'Understudy waits and sends it once more.',
} as const

export const stillTooFast = {
  code: 'provider-refused',
  message: 'The gateway keeps asking for fewer requests and did not take this one.',
  advice: 'Submit it again later, or let fewer takes of this account run at a time.',
} as const

/** The waits after the first, second, third and fourth "slow down" to one submit; the next one is a refusal. */
export const waits: readonly Milliseconds[] = [2000, 4000, 8000, 16_000]

/** A request that arrived and was too slow, came twice or came too early may have been taken, whatever the words. */
const unproven: readonly number[] = [408, 409, 425]

const tooManyRequests = /too[ _-]many[ _-]requests/i
const rateLimit = /rate[ _-]?limit/i
/** Beside 429 only: elsewhere the same words are about a prompt, a clip or a frame rate. */
const speed = /too many|per (?:second|minute)|concurren/i

/**
 * What an error envelope refuses, or that it only asks for patience. Words of money and keys count beside the statuses
 * that are about them, or as the type or code of an error; nothing counts beside a failure of the server.
 */
export function ownRefusal(
  status: number,
  { words, names, openAiStyle }: Pick<GatewayAnswer, 'words' | 'names' | 'openAiStyle'>,
): Refusal | 'slow' | undefined {
  const listed = gatewayRefusals.find((row) => row.status === status)
  if (status >= 500 || unproven.includes(status) || (!listed && !openAiStyle)) return undefined
  const told = listed || status === 429 ? words : names
  // Speed comes before money: a rate has a quota too.
  const slow = tooManyRequests.test(words) || rateLimit.test(told) || (status === 429 && speed.test(words))
  if (slow) return 'slow'
  return gatewayRefusals.find((row) => row.words?.test(told)) ?? listed
}
