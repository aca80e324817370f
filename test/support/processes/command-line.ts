import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { ensureBuilt } from '../../../scripts/lib/build.mjs'
import { entries } from '../../../scripts/lib/paths.mjs'

/** Builds the command line where its sources are newer than what was built; free where they are not. */
export const buildCommandLine = () => ensureBuilt({ path: process.execPath, version: process.versions.node })

export type Line = { readonly event: string } & Readonly<Record<string, unknown>>

/** A library and a folder for results that do not exist yet, below a folder that the test removes. */
export function workplace(parent: string) {
  const root = mkdtempSync(join(parent, 'workplace-'))
  return { root, home: join(root, 'home'), out: join(root, 'out') }
}

/** Every file below a folder, from that folder; empty where it does not exist. */
export function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort()
  } catch {
    return []
  }
}

/** Starts the built command line as a process of its own, in a group of its own. */
export const start = (home: string, ...args: string[]) => startWith({}, home, ...args)

type Environment = Readonly<Record<string, string>>

/** The same with keys and other variables of a user. */
export function startWith(own: Environment, home: string, ...args: string[]) {
  const env = { ...process.env, ...own, UNDERSTUDY_HOME: home, FORCE_COLOR: undefined }
  const child = spawn(process.execPath, [entries.cli, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  })
  const lines: Line[] = []
  const heard = new Set<() => void>()
  const reader = createInterface({ input: child.stdout })
  let stdout = ''
  reader.on('line', (line) => {
    stdout += `${line}\n`
    if (line.startsWith('{"event"')) lines.push(JSON.parse(line) as Line)
    for (const listener of heard) listener()
  })
  const stderr = text(child.stderr)
  const ended = Promise.all([once(child, 'close'), once(reader, 'close'), stderr]).then(
    ([[code, signal], , said]) => ({
      code: code as number | null,
      signal: signal as NodeJS.Signals | null,
      stdout,
      stderr: said,
      lines,
    }),
  )
  return {
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    ended,
    /** Resolves as soon as a state is announced, or when the process ends without it. */
    reaches: (state: string) =>
      Promise.race([
        ended,
        new Promise<void>((resolve) => {
          const look = () => {
            if (!lines.some((line) => line['state'] === state)) return
            heard.delete(look)
            resolve()
          }
          heard.add(look)
          look()
        }),
      ]),
  }
}

export const understudy = (home: string, ...args: string[]) => start(home, ...args).ended
export const understudyWith = (own: Environment, home: string, ...args: string[]) =>
  startWith(own, home, ...args).ended

/** The states of a take in the order in which they were announced. */
export const statesIn = (lines: readonly Line[]) =>
  lines.filter((line) => line.event === 'state').map((line) => String(line['state']))

/** The tasks the practice provider keeps on disk: what would have been paid for. */
export function practiceTasks(home: string): readonly string[] {
  try {
    return readdirSync(join(home, 'practice', 'tasks'))
  } catch {
    return []
  }
}
