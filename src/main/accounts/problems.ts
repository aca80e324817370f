import type { HostId } from '../../shared/domain/delivery.ts'
import { fail } from '../../shared/outcome.ts'
import type { Pixels } from '../../shared/units.ts'

// Accounts

export const accountRemoved = (advice?: string) =>
  fail('not-found', 'This account was removed from Understudy.', advice === undefined ? {} : { advice })

export const takesAccountRemoved = (provider: string) =>
  fail('account-key', `This take’s ${provider} account was removed from Understudy.`, {
    advice: 'Add the account again and submit the take again, or give it up.',
  })

export const badAddress = (origin: string) =>
  fail('usage', 'An address can only have a scheme, host and port.', {
    advice: `Enter ${origin} with nothing after it.`,
  })

/** `what`: what the user is about to do. */
export const takesStillOpen = (open: number, account: string, what: string) =>
  open === 1
    ? fail('usage', `One take of ${account} isn’t finished yet.`, {
        advice: `Wait for it, or give it up, before you ${what}.`,
      })
    : fail('usage', `${String(open)} takes of ${account} aren’t finished yet.`, {
        advice: `Wait for them, or give them up, before you ${what}.`,
      })

export const comesFromEnvironment = (variables: readonly string[]) =>
  fail('usage', 'This account comes from the environment.', {
    advice: `Unset ${variables.join(', ')} to remove it.`,
  })

// Keys

export const noKeyForProvider = (provider: string, variable: string) =>
  fail('account-key', `There is no key for ${provider}.`, {
    advice: `Add an account in the window, or set ${variable} to the key of your account.`,
  })

export const noKeyForAccount = (account: string) =>
  fail('account-key', `There is no key for ${account}.`, { advice: 'Enter this account’s key again.' })

export const keyNotInEnvironment = (provider: string, variable: string) =>
  fail('account-key', `The key for ${provider} isn’t in the environment.`, {
    advice: `Set ${variable} to the key this take was paid with, then restart Understudy.`,
  })

export const pairOnlyForKling = fail('usage', 'Only Kling uses an access key and a secret key.')

export const pairIncomplete = fail('account-key', 'Enter both the access key and its secret key.')

export const newAccountNeedsKey = fail('account-key', 'A new account needs its key.', {
  advice: 'Enter the key.',
})

export const newerApiNeedsKey = fail('account-key', 'The newer Kling API needs an API key, not a key pair.', {
  advice: 'Enter an API key, or choose the classic API.',
})

export const newerApiHasNoKey = fail(
  'account-key',
  'The newer Kling API takes an API key, and this account has none.',
  { advice: 'Enter an API key, or choose the classic API for this account.' },
)

export const badKeyCharacters = (account: string) =>
  fail('account-key', `The key for ${account} contains characters that keys can’t have.`, {
    advice: 'Copy the key again, without spaces or line breaks.',
  })

export const environmentKeyElsewhere = fail(
  'usage',
  'A key from the environment is only sent to the documented address.',
  { advice: 'Add a separate account for another address.' },
)

export const environmentKeyFixed = fail('usage', 'The key of this account comes from the environment.', {
  advice: 'Change the variable, or add a separate account.',
})

export const keyForNewAddress = fail('account-key', 'The key will now go to a different address.', {
  advice: 'Enter it again.',
})

export const keysForNewBucket = fail('account-key', 'The keys will now go to a different address.', {
  advice: 'Enter both again.',
})

export const keyNotTested = (why: string) => `The key wasn’t tested. ${why}`

// What a provider can do

export const practiceIsLocal = fail(
  'usage',
  'The practice provider uses files from this computer and has no other address.',
  { advice: 'Leave the address and the clip host out.' },
)

export const characterLinkNeeded = fail('usage', 'This provider also downloads the character.', {
  advice: 'Enter a link to the character too, or choose another clip host.',
})

export const elementsUndocumented = fail(
  'usage',
  'The newer Kling API documents elements only for Kling 3.0.',
  { advice: 'Choose Kling 3.0, remove the element, or use an account with the classic API.' },
)

export const noElementLibrary = fail('usage', 'Understudy can’t reach an element library at this provider.')

export const elementIsVideo = fail(
  'not-an-image',
  'An element needs images, and one of these files is a video.',
)

export const elementTooSmall = (minSide: Pixels) =>
  fail('input-refused', `Each image needs at least ${String(minSide)} px on its shorter side.`)

export const elementNeedsFront = fail('usage', 'An element needs a frontal image.')

export const pricesUnpublished = fail('usage', 'This provider doesn’t publish prices.')

export const priceMissing = fail('provider-silent', 'The provider gave no price for this model.')

// Clip hosts

export const hostNames: Readonly<Record<HostId, string>> = {
  given: 'Your own link',
  provider: 'The provider’s own storage',
  s3: 'Your S3 bucket',
  tunnel: 'A Cloudflare tunnel to this computer',
  loopback: 'This computer',
}

export const noTunnel = 'cloudflared isn’t installed on this computer. Install it and try again.'

export const noBucket = fail('usage', 'You haven’t set up a bucket yet.', {
  advice: 'Set up a bucket, or choose another clip host.',
})

export const noBucketKeys = (bucket: string) =>
  fail('usage', `There are no keys for the bucket ${bucket}.`, {
    advice: 'Enter its access key and secret key.',
  })

export const noOwnStorage = fail('usage', 'This account has no storage at the provider.', {
  advice: 'Choose another clip host. For Oxen, enter a repository in the account’s settings.',
})

export const noLinkToClip = fail('usage', 'There is no link to the clip.', {
  advice: 'Enter a link where the provider can download it.',
})

export const thisComputerUnreachable = fail(
  'usage',
  'The provider can’t download a file from this computer.',
  { advice: 'Choose another clip host.' },
)

export const hostNeeded = (hasOwnStorage: boolean) =>
  fail('usage', 'The provider can’t download a clip from this computer.', {
    advice: `Choose a clip host: your own bucket, a tunnel, ${hasOwnStorage ? 'a repository at Oxen, ' : ''}or a link where the prepared clip is already hosted.`,
  })
