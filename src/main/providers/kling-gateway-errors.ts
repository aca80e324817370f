import type { ProblemCode } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'

type Refusal = {
  /** The HTTP status that says it by itself, where an error envelope came with it. */
  readonly status: number
  /** Words that say it in an error of the OpenAI kind, whatever 4xx it came with. */
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
      /token_invalid|invalid[ _](?:token|api[ _]key)|(?:token|key)\b.{0,30}\bexpired|expired (?:token|key)/i,
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

/** Words of speed, which count before words of money: a rate has a quota too. */
const speed = /rate[ _-]?limit|too many|per (?:second|minute)|concurren/i

/** The waits after the first, second, third and every later "slow down" to one submit. */
export const waits: readonly Milliseconds[] = [2000, 4000, 8000, 16_000]

/**
 * What an error envelope with this status and these words refuses, or that it only asks for patience. Words count in an
 * error of the OpenAI kind, and beside a status that is listed; nothing counts beside a failure of the server.
 */
export function ownRefusal(
  status: number,
  words: string,
  openAiStyle: boolean,
): Refusal | 'slow' | undefined {
  const listed = gatewayRefusals.find((row) => row.status === status)
  if (status >= 500 || (!listed && !openAiStyle)) return undefined
  if (speed.test(words)) return 'slow'
  return gatewayRefusals.find((row) => row.words?.test(words)) ?? listed
}
