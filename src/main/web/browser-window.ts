import { join, posix, resolve, win32 } from 'node:path'
import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { childEnvironment } from '../system/environment.ts'
import { findProgram } from '../processes/find-program.ts'
import { privateFolder } from '../files/private.ts'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'

/** What the browser face has to know about the machine it runs on. */
export type Machine = {
  readonly platform: NodeJS.Platform
  readonly env: NodeJS.ProcessEnv
  readonly home: string
  /** Whether this process has every right, as in a container. */
  readonly root: boolean
}

/** macOS and Windows always have one; elsewhere a display server says so. */
export const hasDisplay = ({ platform, env }: Pick<Machine, 'platform' | 'env'>): boolean =>
  platform === 'darwin' || platform === 'win32' || [env['WAYLAND_DISPLAY'], env['DISPLAY']].some(Boolean)

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
  'vivaldi-stable',
]

const applications = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser', 'Vivaldi']

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
  'Chromium\\Application\\chrome.exe',
  'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
  'Vivaldi\\Application\\vivaldi.exe',
]

function wellKnown({ platform, env, home }: Machine): readonly string[] {
  if (platform === 'win32') {
    const folders = [env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']]
    return folders.flatMap((folder) =>
      folder === undefined ? [] : windowsPrograms.map((program) => win32.join(folder, program)),
    )
  }
  if (platform === 'darwin')
    return ['/Applications', posix.join(home, 'Applications')].flatMap((folder) =>
      applications.map((name) => posix.join(folder, `${name}.app/Contents/MacOS/${name}`)),
    )
  return commands
}

/** Browsers of the Chromium family, as names on the PATH or as paths; the user's own choice is the only one. */
export function browserCandidates(machine: Machine): readonly string[] {
  const chosen = machine.env['UNDERSTUDY_BROWSER']
  if (chosen === undefined || chosen === '') return wellKnown(machine)
  // A path is one from here; a bare name is looked up as a shell would.
  return [/[\\/]/.test(chosen) ? resolve(chosen) : chosen]
}

type FindProgram = typeof findProgram

/** The first that can be started; null when there is none. */
export function findBrowser(machine: Machine, find: FindProgram = findProgram): string | null {
  const { platform, env } = machine
  for (const candidate of browserCandidates(machine)) {
    const path = find(candidate, { searchPath: env['PATH'], platform })
    if (path !== null) return path
  }
  return null
}

/** A program that has a window of its own. */
export type Program = {
  /** False when it could not be started at all. */
  readonly ended: Promise<boolean>
  readonly stop: () => void
}

export type StartProgram = (
  command: string,
  args: readonly string[],
  /** Whether it keeps running when this process is interrupted. */
  options: { readonly outlives: boolean },
) => Program

export const startProgram: StartProgram = (command, args, { outlives }) => {
  const env = childEnvironment(process.env)
  const child = spawn(command, args, { stdio: 'ignore', detached: outlives, env })
  if (outlives) child.unref()
  const ended = new Promise<boolean>((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', () => resolve(true))
  })
  return { ended, stop: () => void child.kill() }
}

type Parts = {
  readonly machine: Machine
  /** With a ticket that nothing but the window may see. */
  readonly address: string
  /** A folder for the browser's own files, so that neither the user's tabs nor extensions meet the studio. */
  readonly profile: string
  readonly find?: FindProgram
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
  const advice = 'Open the address in Chrome, Edge or another Chromium browser.'
  if (!hasDisplay(parts.machine)) return fail('tool-missing', 'There is no display for a window.', { advice })
  const browser = findBrowser(parts.machine, parts.find)
  if (browser === null)
    return fail('tool-missing', 'No Chromium browser was found to open a window.', {
      advice: `${advice} You can set UNDERSTUDY_BROWSER to its program.`,
    })
  const page = await writeWindowFile(parts).catch(() => null)
  if (page === null)
    return fail('folder-unwritable', 'The folder for the window can’t be created.', {
      advice: `${advice} You can set UNDERSTUDY_HOME to another folder.`,
    })
  return ok(parts.start(browser, windowArguments(parts, page), { outlives: false }))
}
