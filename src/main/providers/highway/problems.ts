import { held, refused } from '../problems.ts'

export const noBalance = refused(
  'account-money',
  'The account doesn’t have enough balance.',
  'Top up the account at the provider.',
)
export const noRights = refused(
  'account-rights',
  'The account can’t use this model.',
  'Check the account’s permissions at the provider.',
)
export const modelUnknownHere = refused(
  'provider-refused',
  'The provider doesn’t have this model.',
  'Check the account’s base URL.',
)
export const limitReached = held('The account has reached one of the provider’s limits.', 15_000)

export const noFreeTest = 'This provider has no free test, so the first take will show whether the key works.'
