import { posix, win32 } from 'node:path'
import type { Machine } from './machine.ts'

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
  const folders = (env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'))
  return commands.flatMap((command) => folders.map((folder) => posix.join(folder, command)))
}

/** Where a browser of the Chromium family may be, the user's own choice first. */
export function browserCandidates(machine: Machine): readonly string[] {
  const chosen = machine.env['UNDERSTUDY_BROWSER']
  return chosen === undefined || chosen === '' ? wellKnown(machine) : [chosen]
}

/** The first that `runs`; null when none does. */
export async function findBrowser(
  machine: Machine,
  runs: (path: string) => Promise<boolean>,
): Promise<string | null> {
  for (const candidate of browserCandidates(machine)) if (await runs(candidate)) return candidate
  return null
}
