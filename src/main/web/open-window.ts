import { mkdir } from 'node:fs/promises'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { findBrowser } from './find-browser.ts'
import { hasDisplay, type Machine } from './machine.ts'
import type { Program, StartProgram } from './programs.ts'

type Parts = {
  readonly machine: Machine
  readonly address: string
  /** A folder for the browser's own files, so that neither the user's tabs nor extensions meet the studio. */
  readonly profile: string
  readonly runs: (path: string) => Promise<boolean>
  readonly start: StartProgram
}

const windowArguments = ({ machine, address, profile }: Parts): readonly string[] => [
  `--app=${address}`,
  `--user-data-dir=${profile}`,
  '--window-size=1360,880',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium refuses to run as root with its sandbox.
  ...(machine.root ? ['--no-sandbox'] : []),
]

/** Opens the studio in a window of its own; a problem says why the user has to open the address. */
export async function openWindow(parts: Parts): Promise<Outcome<Program>> {
  const advice = 'Open the address in a browser of the Chromium family.'
  if (!hasDisplay(parts.machine))
    return fail('tool-missing', 'There is no display to open a window on.', { advice })
  const browser = await findBrowser(parts.machine, parts.runs)
  if (browser === null)
    return fail('tool-missing', 'No browser of the Chromium family was found to open a window with.', {
      advice: `${advice} UNDERSTUDY_BROWSER can name its program.`,
    })
  const made = await mkdir(parts.profile, { recursive: true, mode: 0o700 }).then(
    () => true,
    () => false,
  )
  if (!made)
    return fail('folder-unwritable', 'The folder for the window cannot be made.', {
      advice: `${advice} UNDERSTUDY_HOME can name another folder.`,
    })
  return ok(parts.start(browser, windowArguments(parts), { outlives: false }))
}
