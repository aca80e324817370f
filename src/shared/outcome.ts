/** Expected failures, as data: they cross processes and faces without losing their code or their words. */
export const problemCodes = [
  // this call
  'usage',
  'cancelled',
  'not-found',
  // the user's files
  'file-missing',
  'file-unreadable',
  'file-is-folder',
  'file-empty',
  'file-too-large',
  'file-damaged',
  'file-exists',
  'not-a-video',
  'not-an-image',
  'input-refused',
  // the user's decision is needed first
  'fix-needed',
  'consent-needed',
  'guard-passed',
  // the provider
  'account-key',
  'account-money',
  'account-rights',
  'provider-refused',
  'provider-failed',
  'provider-silent',
  'answer-unclear',
  'outcome-unknown',
  'clip-unreachable',
  'result-unusable',
  'result-expired',
  // this machine
  'disk-full',
  'folder-unwritable',
  'tool-missing',
  'tool-failed',
  'library-in-use',
  'library-newer',
  'library-damaged',
  'internal',
] as const

export type ProblemCode = (typeof problemCodes)[number]

export type Problem = {
  readonly code: ProblemCode
  /** One plain sentence for the user: what happened, to which file or take. */
  readonly message: string
  /** One plain sentence: what to do next. */
  readonly advice?: string
  /** Words from outside, verbatim: a provider's message, the last lines of a tool. Never secret, never markup. */
  readonly detail?: string
}

export type Ok<T> = { readonly ok: true; readonly value: T }
export type Failure = { readonly ok: false; readonly problem: Problem }
export type Outcome<T> = Ok<T> | Failure

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value })

/** The values of all; the first failure where there is one. */
export function allOk<T>(outcomes: readonly Outcome<T>[]): Outcome<readonly T[]> {
  const failed = outcomes.find((outcome) => !outcome.ok)
  return failed ?? ok(outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value] : [])))
}

export const fail = (
  code: ProblemCode,
  message: string,
  more: { readonly advice?: string; readonly detail?: string } = {},
): Failure => ({ ok: false, problem: { code, message, ...more } })

export const cancelled = (what: string): Failure => fail('cancelled', `${what} was cancelled.`)
