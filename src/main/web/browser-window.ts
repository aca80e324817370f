import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { privateFolder } from '../files/private.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import { findBrowser } from './find-browser.ts'
import { hasDisplay, type Machine } from './machine.ts'
import type { Program, StartProgram } from './programs.ts'

type Parts = {
  readonly machine: Machine
  /** With a ticket that nothing but the window may see. */
  readonly address: string
  /** A folder for the browser's own files, so that neither the user's tabs nor extensions meet the studio. */
  readonly profile: string
  readonly runs: (path: string) => Promise<boolean>
  readonly start: StartProgram
}

/** The file that leads the window to its address. */
export const windowFile = (profile: string) => join(profile, 'open.html')

const leadTo = (address: string) =>
  `<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Understudy</title><meta http-equiv="refresh" content="0;url=${address}">\n`

/**
 * Every user of the machine can read a command line, so the address is in a file that only this user can read. The
 * file is new each time: what was there before may be open to others.
 */
async function writeWindowFile({ profile, address }: Parts): Promise<string> {
  privateFolder(profile)
  const path = windowFile(profile)
  await rm(path, { force: true })
  await writeFile(path, leadTo(address), { mode: 0o600, flag: 'wx' })
  return pathToFileURL(path).href
}

const windowArguments = ({ machine, profile }: Parts, page: string): readonly string[] => [
  `--app=${page}`,
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
  const page = await writeWindowFile(parts).catch(() => null)
  if (page === null)
    return fail('folder-unwritable', 'The folder for the window cannot be made.', {
      advice: `${advice} UNDERSTUDY_HOME can name another folder.`,
    })
  return ok(parts.start(browser, windowArguments(parts, page), { outlives: false }))
}
