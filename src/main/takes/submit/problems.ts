import { fail, type Problem } from '../../../shared/outcome.ts'
import { displayName } from '../../media/source-file.ts'

// The cost

const dollars = (amount: number) => `${amount.toFixed(2)} USD`

export const limitsUnknown =
  'Your settings couldn’t be read, so Understudy doesn’t know your spending limits.'
export const costUnknown = 'The cost of this take is unknown, so it may exceed your limit.'
export const overTakeLimit = (amount: number, limit: number) =>
  `This take costs about ${dollars(amount)}. Your limit per take is ${dollars(limit)}.`
export const overDayLimit = (spent: number, limit: number) =>
  `With this take, you would spend about ${dollars(spent)} today. Your limit per day is ${dollars(limit)}.`

export const limitsExceeded = (sentences: readonly string[]) =>
  fail('guard-passed', sentences.join(' '), { advice: 'Agree to exceed your limit, or change the limit.' })

export const costChanged = fail('consent-needed', 'The cost of this take isn’t the one you agreed to.', {
  advice: 'Check the new cost and confirm it.',
})

// The files

export const changedSinceApproval = (path: string): Problem =>
  fail('input-refused', `“${displayName(path)}” has changed since you approved this take.`, {
    advice:
      'Nothing was sent. Make a new take with the changed file, or restore the original file and submit again.',
  }).problem

const unsent = (what: string, code: 'input-refused' | 'file-missing' = 'input-refused'): Problem =>
  fail(code, `The prepared ${what}, so nothing was sent.`, {
    advice: 'Submit the take again. Understudy then prepares both files again from your originals.',
  }).problem

type Role = 'clip' | 'character'

export const preparedMissing = unsent('files of this take are missing')
export const certificateMissing = unsent('files of this take have no certificate')
export const certifiedForOther = unsent(
  'files of this take were certified for another provider, model or orientation',
)
export const preparedChanged = (role: Role) => unsent(`${role} of this take isn’t the one that was certified`)
export const preparedGone = (role: Role) =>
  unsent(`${role} of this take is no longer in the library folder`, 'file-missing')
