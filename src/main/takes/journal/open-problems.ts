import { fail, type Failure } from '../../../shared/outcome.ts'
import { isBusy, isDamage } from './writes.ts'

export const madeByNewer = fail('library-newer', 'This library was written by a newer Understudy.', {
  advice:
    'Its takes can be looked at and nothing is changed. Install the newest Understudy to go on with them.',
}).problem

/** What the user is told about a list of takes that cannot be opened. */
export function whyNotOpened(path: string, error: unknown): Failure {
  if (isBusy(error)) {
    return fail('library-in-use', 'Another Understudy already has this library open.', {
      advice: 'Use that one, or close it first.',
    })
  }
  // Nothing else is thrown here.
  const detail = (error as Error).message
  if (isDamage(error)) {
    return fail('library-damaged', `The list of takes at ${path} is damaged.`, {
      advice: 'The takes themselves lie in its library folder, in plain files.',
      detail,
    })
  }
  return fail('folder-unwritable', `The library at ${path} cannot be opened.`, {
    advice:
      'Check that the folder is writable and that the disk has room. The takes themselves lie in its library folder, in plain files.',
    detail,
  })
}
