import { type ProblemCode, type Problem, type Failure, fail } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'

/** What a status asks the user to do. None of them proves anything about a submit (decision 4). */
export const statusAdvice: Readonly<Record<number, string>> = {
  401: 'Check this account’s key.',
  403: 'Check the key’s permissions. The service may also block this network. Try without a VPN or proxy.',
  404: 'Check the account’s base URL.',
  405: 'Check the account’s base URL.',
  407: 'Sign in to this network’s proxy.',
  413: 'The service, or a server in front of it, refuses requests of this size. Use a smaller character, or send it as a link.',
  429: 'Wait a few minutes. There were too many requests.',
}

export const redirectAdvice =
  'Check the account’s base URL. Understudy doesn’t follow redirects when it sends a key.'

export const serverErrorAdvice = 'Wait a few minutes. The service, or a server in front of it, has an error.'

export const webPageAdvice =
  'Check the account’s base URL. A hotel or company network may have answered instead of the service.'

export const stateUnclear = (word: string): string =>
  word === '' ? 'The answer doesn’t give the task’s state.' : `The provider calls the task “${word}”.`

const busy = new Set([408, 425, 429])

/** Would the same file be taken later? Not by a service that has no room for it, and not where it said no. */
const mayPass = (status: number) => (status < 500 ? status < 400 || busy.has(status) : status !== 507)

/** A file that a service did not take, for a reason that is none of its listed ones; `status` is null without an answer. */
export const fileNotAccepted = (service: string, status: number | null, detail: string): Failure =>
  status === null || mayPass(status)
    ? fail('provider-silent', `${service} didn’t accept the file.`, {
        advice: 'Try again, or choose another clip host.',
        detail,
      })
    : fail('clip-unreachable', `${service} refused the file.`, {
        advice: `Check your account and its storage at ${service}, or choose another clip host.`,
        detail,
      })

export const waitsThenSends = 'Understudy waits, then sends it again.'

/** What one listed error proves, and the two sentences the user reads. */
export type Verdict =
  | {
      readonly kind: 'refused'
      readonly code: ProblemCode
      readonly message: string
      readonly advice: string
    }
  | {
      readonly kind: 'held'
      readonly message: string
      readonly advice: string
      /** At least this long, however soon the provider would like to be asked. */
      readonly wait: Milliseconds
    }

type Refusal = Extract<Verdict, { kind: 'refused' }>

export const refused = (code: ProblemCode, message: string, advice: string): Refusal => ({
  kind: 'refused',
  code,
  message,
  advice,
})

export const held = (message: string, wait: Milliseconds): Verdict => ({
  kind: 'held',
  message,
  advice: waitsThenSends,
  wait,
})

/** A verdict as a problem, with the provider's own words beside it. */
export function problemOf(verdict: Verdict, theirWords: string): Problem {
  const code = verdict.kind === 'held' ? 'provider-silent' : verdict.code
  const { message, advice } = verdict
  return { code, message, advice, ...(theirWords !== '' && { detail: theirWords }) }
}

export const keyRefused = refused(
  'account-key',
  'The provider didn’t accept the key.',
  'Check this account’s key.',
)
export const requestInvalid = refused(
  'provider-refused',
  'The provider says the request is invalid.',
  'Change the input that the provider names.',
)
export const modelUnknown = refused(
  'provider-refused',
  'The provider doesn’t have this model.',
  'Choose another model.',
)
export const tooManyRequests = held('The provider received too many requests.', 5000)

export const takeFailed = refused(
  'provider-failed',
  'The provider couldn’t make this take.',
  'Change the input and make a new take.',
)

/** What is wrong with an answer about a task. */
export const otherTask = 'The answer is about a different task.'
export const noTask = 'The answer has no task.'

export const repeatedlySilent = 'The service repeatedly didn’t answer.'
export const redirectedTooOften = 'The link was redirected too often.'
