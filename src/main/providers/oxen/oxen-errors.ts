import type { Problem } from '../../../shared/outcome.ts'
import { readAnswer } from '../answers.ts'
import { oxenError, type OxenError } from './answers.ts'
import { problemOf, refused, type Verdict } from '../verdict.ts'

const key = refused('account-key', 'The provider did not accept the key.', 'Check the key of this account.')
const money = refused('account-money', 'The account has no credits left.', 'Add credits at Oxen.ai.')
const model = refused('provider-refused', 'The provider does not have this model.', 'Choose another model.')
const parameters = refused(
  'provider-refused',
  'The provider found the request invalid.',
  'Change the input the provider names.',
)

/** The error types that prove a task was not started. `unknown_error` proves nothing, whatever its HTTP status. */
export const oxenTypes: Readonly<Record<string, Verdict>> = {
  unauthenticated: key,
  invalid_params: parameters,
  resource_not_found: model,
}

/** Documented refusals that come without a type; they are known by how their text begins. */
export const oxenWords: readonly (readonly [begins: string, verdict: Verdict])[] = [
  ['unauthenticated', key],
  ['insufficient credits', money],
  ['model not found', model],
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
  [
    /^insufficient credits/i,
    refused(
      'account-money',
      'The account had no credits left when the provider came to this take.',
      'Add credits at Oxen.ai and make a new take.',
    ),
  ],
  [
    /client error: \w+ for url/i,
    refused(
      'clip-unreachable',
      'The provider could not fetch the character or the clip of this take.',
      'Choose another place for the files and make a new take.',
    ),
  ],
]
const failure = refused(
  'provider-failed',
  'The provider could not make this take.',
  'Change the input and make a new take.',
)

export const oxenFailure = (words: string): Problem =>
  problemOf(failures.find(([says]) => says.test(words))?.[1] ?? failure, words)

export const oxenCancelled = (words: string): Problem =>
  problemOf(
    refused(
      'provider-failed',
      'This take was cancelled at the provider.',
      'Make a new take if you still want it.',
    ),
    words,
  )
