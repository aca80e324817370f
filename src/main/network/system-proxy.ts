import type { Milliseconds } from '../../shared/units.ts'
import type { Clock, RunTool } from '../system/ports.ts'
import type { Environment } from './proxies.ts'
import {
  noSystemProxy,
  readGnome,
  readScutil,
  readWindowsSettings,
  type SystemProxy,
} from './system-answers.ts'

/** A network may change while the studio runs; so old an answer is asked for again. */
const fresh: Milliseconds = 60_000
const maxCommandTime: Milliseconds = 3000

type Question = {
  readonly command: string
  readonly args: readonly string[]
  readonly read: (text: string) => SystemProxy
}

const internetSettings = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings'

/** Which program tells the proxy settings of this desktop; null where none is known. */
function questionFor(platform: NodeJS.Platform, env: Environment): Question | null {
  if (platform === 'darwin') return { command: '/usr/sbin/scutil', args: ['--proxy'], read: readScutil }
  if (platform === 'win32')
    return { command: 'reg', args: ['query', internetSettings], read: readWindowsSettings }
  if (/gnome|unity|cinnamon/i.test(env['XDG_CURRENT_DESKTOP'] ?? ''))
    return {
      command: 'gsettings',
      args: ['list-recursively', 'org.gnome.system.proxy'],
      read: readGnome,
    }
  return null
}

type Parts = {
  readonly platform: NodeJS.Platform
  readonly env: Environment
  readonly run: RunTool
  readonly monotonic: Clock['monotonic']
}

/** Asks the system for its proxy settings where no browser engine does; without an answer the way is direct. */
export function createSystemProxy({ platform, env, run, monotonic }: Parts): () => Promise<SystemProxy> {
  const question = questionFor(platform, env)
  let last: { readonly at: Milliseconds; readonly answer: Promise<SystemProxy> } | undefined

  const ask = async ({ command, args, read }: Question) => {
    const { ended, exitCode, stdout } = await run({ command, args, wallLimit: maxCommandTime })
    return ended === 'exit' && exitCode === 0 ? read(new TextDecoder().decode(stdout)) : noSystemProxy
  }
  return () => {
    if (question === null) return Promise.resolve(noSystemProxy)
    if (last === undefined || monotonic() - last.at > fresh) last = { at: monotonic(), answer: ask(question) }
    return last.answer
  }
}
