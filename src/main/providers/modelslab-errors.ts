import { held, refused, type Verdict } from './verdict.ts'

const key = refused('account-key', 'The provider did not accept the key.', 'Check the key of this account.')
const money = refused(
  'account-money',
  'The account has no credits left, or its subscription has ended.',
  'Add credits or renew the subscription at ModelsLab.',
)
const rights = refused(
  'account-rights',
  'The plan of this account does not include this model.',
  'Change the plan at ModelsLab, or choose another provider.',
)
const parameters = refused(
  'provider-refused',
  'The provider found the request invalid.',
  'Change the input the provider names.',
)
const model = refused('provider-refused', 'The provider does not have this model.', 'Choose another model.')
const unreachable = refused(
  'clip-unreachable',
  'The provider could not fetch the character or the clip.',
  'Choose another place for the files and submit again.',
)
const full = held('The account is at its limit of queued tasks.', 5000)

/** What an HTTP status proves together with the envelope `{"status":"error"}`; 500 and 503 prove nothing. */
export const modelsLabStatuses: Readonly<Record<number, Verdict>> = {
  400: parameters,
  401: key,
  402: money,
  403: rights,
  429: full,
}

/** Documented texts, by how they read. An error may come with HTTP 200, and then only its text tells what it is. */
export const modelsLabWords: readonly (readonly [says: RegExp, verdict: Verdict])[] = [
  [/^invalid api key/i, key],
  [/^insufficient credits/i, money],
  [/^this feature requires /i, rights],
  [/^rate limit exceeded/i, full],
  [/^model not found/i, model],
  [/^unable to fetch \w+ from provided url/i, unreachable],
  [/^\w+ is required$/i, parameters],
  [/^\w+ must be /i, parameters],
]

/** What an error envelope proves about a submit; null when it proves nothing. */
export function modelsLabVerdict(status: number, words: string): Verdict | null {
  if (status >= 500) return null
  return modelsLabWords.find(([says]) => says.test(words))?.[1] ?? modelsLabStatuses[status] ?? null
}

/** Is this error about the account or the question, and not about the task that was asked for? */
export function aboutTheQuestion(words: string): boolean {
  const verdict = modelsLabWords.find(([says]) => says.test(words))?.[1]
  return verdict !== undefined && (verdict.kind === 'held' || verdict.code.startsWith('account-'))
}
