import { fail, type Failure } from '../../../shared/outcome.ts'
import { type Bytes, formatBytes } from '../../../shared/units.ts'
import { held, refused } from '../problems.ts'

export const noCredits = refused(
  'account-money',
  'The account has no credits left, or its subscription has ended.',
  'Add credits or renew the subscription at ModelsLab.',
)
export const notInPlan = refused(
  'account-rights',
  'This account’s plan doesn’t include this model.',
  'Change the plan at ModelsLab, or choose another provider.',
)
export const inputsNotDownloaded = refused(
  'clip-unreachable',
  'The provider couldn’t download the character or the clip.',
  'Choose another clip host and submit again.',
)
export const queueFull = held('The account is at its limit for queued tasks.', 5000)

export const noFreeTest = 'ModelsLab has no free test, so the first take will show whether the key works.'

export const whoCanSee = 'Anyone with the random link can see the file for 24 hours.'

export const fileTooLarge = (size: Bytes, limit: Bytes): Failure =>
  fail(
    'file-too-large',
    `ModelsLab accepts files up to ${formatBytes(limit)}. This one is ${formatBytes(size)}.`,
    { advice: 'Choose another clip host, or a shorter clip.' },
  )
