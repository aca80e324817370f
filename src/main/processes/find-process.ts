import { errorCode } from '../files/error-code.ts'
import { readFileSync } from 'node:fs'
import type { RunTool } from '../system/ports.ts'
import type { Milliseconds } from '../../shared/units.ts'

/** Which process is meant. Its number alone says nothing: the system gives it to another one after its end. */
export type Identity = {
  readonly pid: number
  /** Ticks since the boot that is named with them, or milliseconds since 1970. */
  readonly started: string
}

/** What the system says about a running process. */
type Seen = { readonly started: string; readonly command: string }

/** Outside Linux the start is known to the second only, and noted a moment after it. */
const startTolerance = 5000

export function isSameStart(one: string, other: string): boolean {
  const apart = Math.abs(Number(one) - Number(other))
  return Number.isNaN(apart) ? one === other : apart <= startTolerance
}

/** Each system shows a command line with blanks and quotes of its own; the rest has to be the same. */
const compact = (text: string) => text.replace(/[\s"\\\0]/g, '')

/** Whether this is the command that was asked for, perhaps behind the program that started it. */
export function isSameCommand(asked: readonly string[], seen: string): boolean {
  const wanted = compact(asked.join(''))
  return wanted !== '' && compact(seen).endsWith(wanted)
}

/** `/proc/PID/stat`: the start in ticks; null for a process that has ended and only waits to be reaped. */
export function readStat(stat: string): string | null {
  // The name is in brackets and may contain anything, brackets and blanks included.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state = 'X'] = fields
  return /^[ZXx]/.test(state) ? null : (fields[19] ?? null)
}

export const linuxStart = (boot: string, ticks: string): string =>
  `boot${boot.replace(/[^0-9a-f]/gi, '')}.${ticks}`

/** `ps -ww -o lstart=,command=` with the English names of days and months, in UTC. */
export function readPs(output: string): Seen | null {
  const [, start, command] = /^\s*(\w{3} +\w{3} +\d+ +\d\d:\d\d:\d\d +\d{4}) +([^]+?)\s*$/.exec(output) ?? []
  const time = Date.parse(`${start ?? ''} UTC`)
  return command === undefined || Number.isNaN(time) ? null : { started: String(time), command }
}

/** The two facts our own PowerShell line prints. */
export function readCim(output: string): Seen | null {
  const [start, ...command] = output.trim().split('\n')
  const time = Date.parse((start ?? '').trim())
  return command.length === 0 || Number.isNaN(time)
    ? null
    : { started: String(time), command: command.join('\n').trim() }
}

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
    // EPERM: it exists and belongs to another user.
    return errorCode(error) === 'EPERM'
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
