import { fail, type Failure, type ProblemCode } from '../../../shared/outcome.ts'
import { keyRefused, modelUnknown, refused, requestInvalid, waitsThenSends } from '../problems.ts'
import type { Milliseconds } from '../../../shared/units.ts'

export type Row = { readonly code: ProblemCode; readonly message: string; readonly advice: string }

/** What a service code says: nothing was started and won't be, nothing was started yet, or it is unknown. */
export type KlingMeaning =
  | (Row & { readonly kind: 'refused' })
  | (Row & { readonly kind: 'held'; readonly wait: Milliseconds })
  | (Row & { readonly kind: 'unknown' })

const key = (message: string, advice: string) => refused('account-key', message, advice)

const money = (message: string, advice: string) => refused('account-money', message, advice)

const rights = (message: string, advice: string) => refused('account-rights', message, advice)

const input = (message: string, advice: string) => refused('provider-refused', message, advice)

const held = (wait: Milliseconds, message: string): KlingMeaning => ({
  kind: 'held',
  code: 'provider-silent',
  message,
  advice: waitsThenSends,
  wait,
})

const trouble = (message: string): KlingMeaning => ({
  kind: 'unknown',
  code: 'provider-silent',
  message,
  advice: 'Try again in a few minutes.',
})

const namedInput = 'Change the input that the provider names.'

const otherContent = 'Change the character, the clip or the prompt.'

/**
 * Kling's error table. A service code alone decides: HTTP status proves nothing, and 429 is not always "slow down".
 * A code that is not listed here leaves the outcome of a submit unknown.
 */
export const klingCodes: Readonly<Record<string, KlingMeaning>> = {
  '1000': keyRefused,
  '1001': key('The provider received no key.', 'Check this account’s key.'),
  '1002': key('The provider couldn’t read the key.', 'Check this account’s key.'),
  '1003': key('The key isn’t valid yet.', 'Check this computer’s clock.'),
  '1004': key('The key has expired.', 'Make a new key, or check this computer’s clock.'),
  '1100': rights('There is a problem with the account.', 'Check the account settings at the provider.'),
  '1101': money('The account owes money.', 'Top up the account at the provider.'),
  '1102': money(
    'The resource pack is empty or has expired.',
    'Buy a pack for the API. Website credits don’t count.',
  ),
  '1103': rights('The account can’t use this model.', 'Check the plan at the provider.'),
  '1200': requestInvalid,
  '1201': input('The provider refused one of the inputs.', namedInput),
  '1202': input('The provider doesn’t know this kind of request.', 'Check the account’s base URL.'),
  '1203': modelUnknown,
  '1300': input('The request breaks one of the platform’s policies.', otherContent),
  '1301': input('The safety check refused the content.', otherContent),
  '1302': held(5000, 'The provider received too many requests.'),
  '1303': held(15_000, 'The account is at its limit for parallel tasks.'),
  '1304': rights('This network address isn’t on the account’s allow-list.', 'Add it at the provider.'),
  '5000': trouble('The provider had an internal error.'),
  '5001': trouble('The provider is down for maintenance.'),
  '5002': trouble('The provider took too long.'),
}

export const clockProblem = {
  code: 'provider-silent',
  message: 'This computer’s clock differs from the provider’s.',
  advice: 'Understudy signs again with the provider’s time. Set the clock to avoid this.',
} as const

export const acceptedWithoutId = 'The provider accepted the request but gave no task id.'
export const acceptedWithStatus = (status: number, taskId: string): string =>
  `HTTP ${String(status)} although the provider accepted the request as task ${taskId}.`

const mayCost =
  'Change the input and make a new take. The provider’s terms decide whether this one costs anything.'

export const klingTakeFailed = refused('provider-failed', 'The provider couldn’t make this take.', mayCost)

export const noElement = refused(
  'provider-refused',
  'In the newer API, only Kling 3.0 supports an element.',
  'Choose Kling 3.0, remove the element, or use the classic API for this account.',
)

export const gatewayNoBalance = refused(
  'account-money',
  'The account at the gateway has no balance left.',
  'Top up the account at the gateway.',
)
export const gatewayKeyRefused = refused(
  'account-key',
  'The gateway didn’t accept the key.',
  'Check this account’s key.',
)
export const gatewayNoRights = refused(
  'account-rights',
  'This key isn’t allowed to use the model at the gateway.',
  'Allow the model for this key at the gateway, or choose another model.',
)
export const gatewayRequestInvalid = refused(
  'provider-refused',
  'The gateway says the request is invalid.',
  'Fix what it reports, or choose another model.',
)
export const refusedBehindGateway = refused(
  'provider-refused',
  'The provider behind the gateway refused the request.',
  'Fix what it reports, then submit again.',
)

/** What a free test of the key found. */
export const tested = {
  noPack: (days: number) =>
    `The key works. The provider lists no resource pack bought in the last ${String(days)} days.`,
  works: 'The key works. The pack balance can be up to 12 hours old.',
  unreached: 'The provider couldn’t be reached, so the key wasn’t tested.',
  unreadable: (status: number) =>
    `The provider gave no readable answer (HTTP ${String(status)}), so the key wasn’t tested.`,
  otherCode: (code: string) => `The provider answered with code ${code}, which says nothing about the key.`,
  later: (message: string) => `${message} Test the account again in a minute.`,
  gatewayUnreached: 'The gateway couldn’t be reached, so the key wasn’t tested.',
  gatewayWorks: 'The key works at this gateway.',
  gatewayOther: (status: number) =>
    `The gateway answered with HTTP ${String(status)}, which says nothing about the key.`,
} as const

export const tasksNotListed = (detail: string): Failure =>
  fail('provider-silent', 'The provider didn’t list your tasks.', { advice: 'Try again.', detail })
export const listUnreadable = 'Understudy can’t read the format of the list.'

const inAMinute = 'Try again in a minute.'

export const unreached = (detail: string): Failure =>
  fail('provider-silent', 'The provider couldn’t be reached.', { advice: inAMinute, detail })

export const answerUnreadable = (status: number): Failure =>
  fail('provider-silent', `The provider gave no readable answer (HTTP ${String(status)}).`, {
    advice: inAMinute,
  })

export const unlistedCode = ({
  code,
  message,
}: {
  readonly code: string
  readonly message: string
}): Failure =>
  fail('provider-refused', 'The provider refused this and gave a reason.', {
    advice: 'Read the reason, then try again.',
    detail: `code ${code}: ${message}`,
  })

/** A free question may be asked again soon; only a refusal needs something else. */
export const adviceFor = (meaning: KlingMeaning): string =>
  meaning.kind === 'refused' ? meaning.advice : inAMinute

export const elementImages = (name: string): Failure =>
  fail('input-refused', `The element ${name} needs one to three images besides the frontal one.`, {
    advice: 'Add or remove images.',
  })

export const elementImageTooLarge = (name: string): Failure =>
  fail('file-too-large', `An image of the element ${name} is larger than 10 MB.`, {
    advice: 'Make the image smaller.',
  })

export const elementUnclear = (name: string, detail: string): Failure =>
  fail('outcome-unknown', `It’s unclear whether the element ${name} is being made.`, {
    advice: 'Check your own elements in a few minutes before you make it again.',
    detail,
  })
