/** Which process is meant. Its number alone says nothing: the system gives it to another one after its end. */
export type Identity = {
  readonly pid: number
  /** Ticks since the boot that is named with them, or milliseconds since 1970. */
  readonly started: string
}

/** What the system says about a running process. */
export type Seen = { readonly started: string; readonly command: string }

/** Outside Linux the start is known to the second only, and noted a moment after it. */
const slack = 5000

export function isSameStart(one: string, other: string): boolean {
  const apart = Math.abs(Number(one) - Number(other))
  return Number.isNaN(apart) ? one === other : apart <= slack
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
  // The name stands in brackets and may hold anything, brackets and blanks included.
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
