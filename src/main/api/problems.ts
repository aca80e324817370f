import { fail } from '../../shared/outcome.ts'

export const inputsMissing = fail('usage', 'A take needs a character and a clip.')

export const unknownCall = fail('usage', 'This call doesn’t exist.')

export const badArguments = (call: string, why: string) =>
  fail('usage', `${call} was called with the wrong arguments.`, { detail: why })

export const badCallId = fail('usage', 'The call id isn’t valid.')

export const callStillRunning = fail('usage', 'A call with this id is still running.')

export const unexpectedError = fail('internal', 'Something went wrong inside Understudy.', {
  advice: 'Try again. If it happens again, restart Understudy. Submitted takes continue.',
})
