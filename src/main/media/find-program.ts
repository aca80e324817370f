import { accessSync, constants, statSync } from 'node:fs'
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

/** The absolute path of a program that can be started, or null. A bare name is looked up as a shell would. */
export function findProgram(
  name: string,
  { searchPath = process.env['PATH'], platform = process.platform }: Surroundings = {},
): string | null {
  if (isAbsolute(name)) return runnable(name) ? name : null
  const endings = platform === 'win32' ? ['.exe', ''] : ['']
  for (const folder of (searchPath ?? '').split(delimiter)) {
    // A relative entry would depend on the current folder, which may hold anything the user downloaded.
    if (!isAbsolute(folder)) continue
    for (const ending of endings) {
      const candidate = join(folder, name + ending)
      if (runnable(candidate)) return candidate
    }
  }
  return null
}
