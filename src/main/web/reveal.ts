import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { SaveTarget } from '../../shared/domain/views.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { hasDisplay, type Machine } from './machine.ts'
import type { StartProgram } from './programs.ts'

export function fileManager(platform: NodeJS.Platform, path: string): readonly [string, readonly string[]] {
  if (platform === 'darwin') return ['open', ['-R', path]]
  if (platform === 'win32') return ['explorer.exe', [`/select,${path}`]]
  return ['xdg-open', [dirname(path)]]
}

/** Shows a file in the file manager where there is a display, and says where it lies in any case. */
export async function reveal(
  machine: Machine,
  start: StartProgram,
  path: string,
): Promise<Outcome<SaveTarget>> {
  const name = basename(path)
  const there = await stat(path).catch(() => null)
  if (there === null)
    return fail('file-missing', `“${name}” is no longer where it was saved.`, {
      advice: 'It was moved or deleted outside Understudy.',
    })
  const [command, args] = fileManager(machine.platform, path)
  if (hasDisplay(machine)) start(command, args, { outlives: true })
  return ok({ name, folder: dirname(path) })
}
