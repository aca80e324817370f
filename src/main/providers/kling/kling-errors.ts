import type { Problem, ProblemCode } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'

type Row = { readonly code: ProblemCode; readonly message: string; readonly advice: string }

/** What a service code says: nothing was started for good, or for now, or nobody can tell. */
export type KlingMeaning =
  | (Row & { readonly kind: 'refused' })
  | (Row & { readonly kind: 'held'; readonly wait: Milliseconds })
  | (Row & { readonly kind: 'unknown' })

const refusal =
  (code: ProblemCode) =>
  (message: string, advice: string): KlingMeaning => ({ kind: 'refused', code, message, advice })
const key = refusal('account-key')
const money = refusal('account-money')
const rights = refusal('account-rights')
const input = refusal('provider-refused')
const held = (wait: Milliseconds, message: string): KlingMeaning => ({
  kind: 'held',
  code: 'provider-silent',
  message,
  advice: 'Understudy waits and sends it once more.',
  wait,
})
const trouble = (message: string): KlingMeaning => ({
  kind: 'unknown',
  code: 'provider-silent',
  message,
  advice: 'Try again in a few minutes.',
})

const namedInput = 'Change the input the provider names.'
const otherContent = 'Change the character, the clip or the prompt.'

/**
 * Kling's error table. A service code alone decides: HTTP status proves nothing, and 429 is not always "slow down".
 * A code that is not listed here leaves the outcome of a submit unknown.
 */
export const klingCodes: Readonly<Record<string, KlingMeaning>> = {
  '1000': key('The provider did not accept the key.', 'Check the key of this account.'),
  '1001': key('The provider saw no key.', 'Check the key of this account.'),
  '1002': key('The provider could not read the key.', 'Check the key of this account.'),
  '1003': key('The key is not valid yet.', 'Check the clock of this computer.'),
  '1004': key('The key has expired.', 'Make a new key or check the clock of this computer.'),
  '1100': rights('There is a problem with the account.', 'Look at the account settings at the provider.'),
  '1101': money('The account owes money.', 'Top up the account at the provider.'),
  '1102': money(
    'The resource pack is empty or has expired.',
    'Buy a pack for the API; credits of the website do not count.',
  ),
  '1103': rights('The account has no right to this model.', 'Check the plan at the provider.'),
  '1200': input('The provider found the request invalid.', namedInput),
  '1201': input('The provider refused one of the inputs.', namedInput),
  '1202': input('The provider does not know this kind of request.', 'Check the base URL of the account.'),
  '1203': input('The provider does not have this model.', 'Choose another model.'),
  '1300': input('The request breaks a policy of the platform.', otherContent),
  '1301': input('The content was refused by the safety check.', otherContent),
  '1302': held(5000, 'The provider asks for fewer requests.'),
  '1303': held(15_000, 'The account is at its limit of parallel tasks.'),
  '1304': rights('This network address is not on the account’s allow-list.', 'Add it at the provider.'),
  '5000': trouble('The provider had an error of its own.'),
  '5001': trouble('The provider is under maintenance.'),
  '5002': trouble('The provider took too long.'),
}

export const meaningOf = (code: string): KlingMeaning | undefined =>
  Object.hasOwn(klingCodes, code) ? klingCodes[code] : undefined

/** Kling's codes for a token that its own clock finds too young or too old. */
export const isClockCode = (code: string): boolean => code === '1003' || code === '1004'

/** A problem in our words with theirs beside it, verbatim. */
export function problemOf({ code, message, advice }: Row, theirs: string): Problem {
  return { code, message, advice, ...(theirs !== '' && { detail: theirs }) }
}
