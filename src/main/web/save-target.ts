import { constants } from 'node:fs'
import { access, lstat, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { nameProblem, safeName } from '../files/names.ts'
import { withExtension } from '../files/with-extension.ts'

async function isFree(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    () => true,
  )
}

/**
 * The path for a new file of the user's choice. `folder` comes from the file dialog, which hands out real paths
 * only: if it leads elsewhere by now, a link has taken its place.
 */
export async function saveTarget(choice: {
  readonly folder: string
  readonly name: string | null
  readonly suggestedName: string
}): Promise<Outcome<string>> {
  const name = withExtension(choice.name?.trim() ?? safeName(choice.suggestedName), choice.suggestedName)
  const problem = nameProblem(name)
  if (problem !== null) return fail('usage', problem, { advice: 'Choose another name.' })
  const real = await realpath(choice.folder).catch(() => null)
  if (real !== choice.folder)
    return fail('not-found', 'This folder is no longer there.', { advice: 'Choose another folder.' })
  const writable = await access(real, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!writable)
    return fail('folder-unwritable', 'You may not write into this folder.', {
      advice: 'Choose another folder.',
    })
  const path = join(real, name)
  if (!(await isFree(path)))
    return fail('file-exists', `“${name}” is already there.`, {
      advice: 'Choose another name: Understudy never replaces a file.',
    })
  return ok(path)
}
