import { fail, type Failure } from '../../../shared/outcome.ts'
import { refused } from '../problems.ts'

export const noCredits = refused(
  'account-money',
  'The account has no credits left.',
  'Add credits at Oxen.ai.',
)
export const noCreditsAtStart = refused(
  'account-money',
  'The account had no credits left when the provider started this take.',
  'Add credits at Oxen.ai and make a new take.',
)
export const inputsNotDownloaded = refused(
  'clip-unreachable',
  'The provider couldn’t download the character or the clip of this take.',
  'Choose another clip host and make a new take.',
)
export const cancelledThere = refused(
  'provider-failed',
  'This take was cancelled at the provider.',
  'Make a new take if you still want it.',
)

/** What a free test of the key found. */
export const tested = {
  unreached: (why: string) => `Oxen.ai didn’t answer (${why}).`,
  works: 'Oxen.ai accepts the key.',
  refused: 'Oxen.ai didn’t accept the key.',
  unclear: (status: number) => `Oxen.ai gave no clear answer (HTTP ${String(status)}).`,
} as const

export const noSuchTask = fail('provider-refused', 'Oxen.ai doesn’t know this task.', {
  advice: 'Look for it in your account at Oxen.ai.',
})

const silent =
  (what: string) =>
  (detail: string): Failure =>
    fail('provider-silent', what, { advice: 'Try again.', detail })

export const notCancelled = silent('Oxen.ai didn’t confirm that it cancelled this take.')
export const noPrice = silent('Oxen.ai didn’t say what this model costs.')
export const tasksNotListed = silent('Oxen.ai didn’t list your tasks.')
export const listRefused = (httpStatus: number, status: string): string =>
  `HTTP ${String(httpStatus)} for the ${status} tasks`
export const listUnreadable = (status: string): string => `the list of ${status} tasks isn’t readable`

export const notARepository = (repository: string): Failure =>
  fail('usage', `“${repository}” isn’t an Oxen.ai repository.`, {
    advice: 'Enter it as namespace/repository in the account.',
  })

export const noSuchRepository = (repository: string, detail: string): Failure =>
  fail('usage', `Oxen.ai has no repository “${repository}” that this account can write to.`, {
    advice: 'Create it at Oxen.ai, or enter another one in the account.',
    detail,
  })

export const whoCanSee = (repository: string): string =>
  `Anyone who can read the repository ${repository} can see the file. If it’s public, that’s everyone. Its history keeps the file forever.`
