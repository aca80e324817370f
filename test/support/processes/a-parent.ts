import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../../src/main/system/clock.ts'
import { signalGroup } from '../../../src/main/processes/run-tool.ts'
import { readNote, createLeftovers, type Leftovers } from '../../../src/main/processes/leftovers.ts'
import { createProcesses } from '../../../src/main/processes/find-process.ts'
import { realTools, runTool } from './tools.ts'
import { waitUntil } from './wait-until.ts'

/** Running and not merely waiting to be reaped. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  if (process.platform !== 'linux') return true
  const state = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => 'gone) X')
  return !/\) [ZX]/.test(state)
}

/** Traces in `work`, seen as the given system sees processes; `ps` is the same on macOS and here. */
export const tracesIn = (work: string, platform: 'linux' | 'darwin' = 'linux'): Leftovers =>
  createLeftovers({
    folder: work,
    processes: createProcesses(runTool, platform),
    clock: systemClock,
    log: () => undefined,
    end: (pid) => {
      signalGroup(pid, 'SIGKILL')
    },
  })

const source = (name: string) => JSON.stringify(join(import.meta.dirname, '../../..', name))

/** Every tool that is noted below `work` now. */
export function notedTools(work: string): readonly number[] {
  return readdirSync(work, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => readNote(readFileSync(join(work, name), 'utf8')))
    .flatMap((note) => (note?.kind === 'tool' ? [note.pid] : []))
}

/**
 * A process of its own, without setpriv, in which an ffmpeg writes for hours to a temporary file at `target`. Resolves
 * once there is something in that file.
 */
export async function parentOfFfmpeg(work: string, target: string, platform: 'linux' | 'darwin' = 'linux') {
  const { ffmpeg } = await realTools()
  const film = [
    '-re',
    '-f',
    'lavfi',
    '-i',
    'testsrc',
    '-t',
    '36000',
    '-flush_packets',
    '1',
    '-f',
    'mpegts',
    `file:${target}`,
  ]
  const script = `
    import { systemClock } from ${source('src/main/system/clock.ts')}
    import { createRunTool } from ${source('src/main/processes/run-tool.ts')}
    import { createProcesses } from ${source('src/main/processes/find-process.ts')}
    import { createLeftovers } from ${source('src/main/processes/leftovers.ts')}
    const { trackTool, trackFile } = createLeftovers({
      folder: ${JSON.stringify(work)},
      processes: createProcesses(createRunTool({ setpriv: null }), '${platform}'),
      clock: systemClock, log: console.error, end: () => {},
    })
    trackFile(${JSON.stringify(target)})
    const args = ['-v', 'error', '-nostdin', ...${JSON.stringify(film)}]
    await createRunTool({ setpriv: null, trackTool })({ command: ${JSON.stringify(ffmpeg)}, args, wallLimit: 600000 })`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const kill = async () => {
    if (parent.exitCode !== null || parent.signalCode !== null) return
    parent.kill('SIGKILL')
    await once(parent, 'exit')
  }
  onTestFinished(kill)
  await waitUntil(() => Promise.resolve(statSync(target, { throwIfNoEntry: false })?.size ? true : null))
  const [pid = 0] = notedTools(work)
  onTestFinished(() => {
    signalGroup(pid, 'SIGKILL')
  })
  return { pid, kill }
}
