import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

type Surroundings = {
  readonly searchPath?: string | undefined
  readonly platform?: NodeJS.Platform
}

/** Where a program started from the Finder does not look, though Homebrew and MacPorts install there. */
const macFolders = ['/opt/homebrew/bin', '/usr/local/bin', '/opt/local/bin']

/** Every program of that name that can be started, as a shell would look; each only once, by whatever way it is found. */
export function findPrograms(
  name: string,
  { searchPath = process.env['PATH'], platform = process.platform }: Surroundings = {},
): readonly string[] {
  const endings = platform === 'win32' ? ['.exe', ''] : ['']
  // A relative entry would depend on the current folder, which may hold anything the user downloaded.
  const folders = (searchPath ?? '').split(delimiter).filter(isAbsolute)
  const places = [...folders, ...(platform === 'darwin' ? macFolders : [])]
  const programs = places
    .flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
    .filter(runnable)
  return [...new Map(programs.toReversed().map((path) => [realpathSync(path), path])).values()].toReversed()
}

/** The absolute path of a program that can be started, or null. A bare name is looked up as a shell would. */
export function findProgram(name: string, surroundings: Surroundings = {}): string | null {
  if (isAbsolute(name)) return runnable(name) ? name : null
  return findPrograms(name, surroundings)[0] ?? null
}
