import { readFileSync } from 'node:fs'
import type { RunTool } from '../system/ports.ts'
import type { Milliseconds } from '../../shared/units.ts'
import { linuxStart, readCim, readPs, readStat, type Seen } from './identity.ts'

/** `unknown`: it may run, but the system does not say what it is. */
export type Sight = Seen | 'gone' | 'unknown'

export type Processes = {
  readonly look: (pid: number) => Promise<Sight>
  /** When a child of ours started that runs right now; at once, because it may be all we get to write down. */
  readonly startOf: (pid: number, now: Milliseconds) => string
}

const bootId = () => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')

function lookInProc(pid: number): Sight {
  try {
    const ticks = readStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    if (ticks === null) return 'gone'
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return { started: linuxStart(bootId(), ticks), command }
  } catch {
    return 'gone'
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** English names and UTC, but file names as they are. */
const psArgs = (pid: number) => [
  ...['LC_ALL=', 'LC_TIME=C', 'LC_CTYPE=en_US.UTF-8', 'TZ=UTC'],
  ...['ps', '-ww', '-o', 'lstart=,command=', '-p', String(pid)],
]

const cimLine = (pid: number) =>
  `[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}' | ` +
  `ForEach-Object { $_.CreationDate.ToUniversalTime().ToString('o'); $_.CommandLine }`

const lookLimit: Milliseconds = 10_000

/** How this system tells one process from another. */
export function createProcesses(run: RunTool, platform: NodeJS.Platform = process.platform): Processes {
  if (platform === 'linux')
    return {
      look: (pid) => Promise.resolve(lookInProc(pid)),
      startOf: (pid, now) => {
        const sight = lookInProc(pid)
        return typeof sight === 'string' ? String(now) : sight.started
      },
    }
  const windows = platform === 'win32'
  return {
    look: async (pid) => {
      if (!exists(pid)) return 'gone'
      const exit = await run({
        command: windows ? 'powershell' : 'env',
        args: windows ? ['-NoProfile', '-NonInteractive', '-Command', cimLine(pid)] : psArgs(pid),
        wallLimit: lookLimit,
      })
      const output = new TextDecoder().decode(exit.stdout)
      return (windows ? readCim(output) : readPs(output)) ?? 'unknown'
    },
    startOf: (_pid, now) => String(now),
  }
}
