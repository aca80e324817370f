import { basename } from 'node:path'
import { fail, type Failure } from '../../shared/outcome.ts'

export const errorCode = (error: unknown) =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** Why a new file could not be written, in the user's terms. */
export function writeProblem(error: unknown, target: string): Failure {
  const name = basename(target)
  const detail = error instanceof Error ? error.message : String(error)
  switch (errorCode(error)) {
    case 'EEXIST':
      return fail('file-exists', `${name} already exists and was left as it is.`, {
        advice: 'Choose another name.',
      })
    case 'ENOSPC':
    case 'EDQUOT':
      return fail('disk-full', `There is not enough room for ${name}.`, {
        advice: 'Free some space and save again.',
      })
    case 'ENOENT':
      return fail('folder-unwritable', `The folder for ${name} does not exist.`, {
        advice: 'Choose another folder.',
        detail,
      })
    default:
      return fail('folder-unwritable', `${name} cannot be written there.`, {
        advice: 'Choose another folder.',
        detail,
      })
  }
}
