import type { ProblemCode } from '../../shared/outcome.ts'
import type { Milliseconds } from '../../shared/units.ts'

type Refusal = {
  readonly kind: 'refused'
  readonly code: ProblemCode
  readonly message: string
  readonly advice: string
}
type Hold = {
  readonly kind: 'held'
  readonly message: string
  readonly advice: string
  readonly wait: Milliseconds
}

const refused = (message: string, advice: string, code: ProblemCode = 'provider-refused'): Refusal => ({
  kind: 'refused',
  code,
  message,
  advice,
})
const key = (message: string, advice = 'Check the key of this account.') =>
  refused(message, advice, 'account-key')
const held = (message: string, wait: Milliseconds): Hold => ({
  kind: 'held',
  message,
  advice: 'Understudy waits and sends it once more.',
  wait,
})

/**
 * The service codes that prove a task was not started, from Kling's error table. HTTP status alone proves nothing,
 * and 429 is not always "slow down". A code that is not listed here leaves the outcome unknown.
 */
export const klingCodes: Readonly<Record<string, Refusal | Hold>> = {
  '1000': key('The provider did not accept the key.'),
  '1001': key('The provider saw no key.'),
  '1002': key('The provider could not read the key.'),
  '1003': key('The key is not valid yet.', 'Check the clock of this computer.'),
  '1004': key('The key has expired.', 'Make a new key or check the clock of this computer.'),
  '1100': refused('There is a problem with the account.', 'Look at the account settings at the provider.'),
  '1101': refused('The account owes money.', 'Top up the account at the provider.'),
  '1102': refused(
    'The resource pack is empty or has expired.',
    'Buy a pack for the API; credits of the website do not count.',
  ),
  '1103': refused('The account has no right to this model.', 'Check the plan at the provider.'),
  '1200': refused('The provider found the request invalid.', 'Change the input the provider names.'),
  '1201': refused('The provider refused one of the inputs.', 'Change the input the provider names.'),
  '1202': refused('The provider does not know this kind of request.', 'Check the base URL of the account.'),
  '1203': refused('The provider does not have this model.', 'Choose another model.'),
  '1300': refused(
    'The request breaks a policy of the platform.',
    'Change the character, the clip or the prompt.',
  ),
  '1301': refused(
    'The content was refused by the safety check.',
    'Change the character, the clip or the prompt.',
  ),
  '1302': held('The provider asks for fewer requests.', 5000),
  '1303': held('The account is at its limit of parallel tasks.', 15_000),
  '1304': refused('This network address is not on the account’s allow-list.', 'Add it at the provider.'),
}
