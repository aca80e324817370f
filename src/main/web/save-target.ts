import { constants } from 'node:fs'
import { access, lstat, realpath, stat } from 'node:fs/promises'
import { join, basename, dirname } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { nameProblem, safeName } from '../files/names.ts'
import { withExtension } from '../files/with-extension.ts'
import type { SaveTarget } from '../../shared/domain/views.ts'
import { hasDisplay, type Machine, type StartProgram } from './browser-window.ts'
import { noSuchFolder, folderUnwritable, fileExists, fileGone } from './problems.ts'

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
  if (real !== choice.folder) return noSuchFolder
  const writable = await access(real, constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!writable) return folderUnwritable
  const path = join(real, name)
  if (!(await isFree(path))) return fileExists(name)
  return ok(path)
}

export function fileManager(platform: NodeJS.Platform, path: string): readonly [string, readonly string[]] {
  if (platform === 'darwin') return ['open', ['-R', path]]
  if (platform === 'win32') return ['explorer.exe', [`/select,${path}`]]
  return ['xdg-open', [dirname(path)]]
}

/** Shows a file in the file manager where there is a display, and says where it is in any case. */
export async function reveal(
  machine: Machine,
  start: StartProgram,
  path: string,
): Promise<Outcome<SaveTarget>> {
  const name = basename(path)
  const there = await stat(path).catch(() => null)
  if (there === null) return fileGone(name)
  const [command, args] = fileManager(machine.platform, path)
  if (hasDisplay(machine)) start(command, args, { outlives: true })
  return ok({ name, folder: dirname(path) })
}
