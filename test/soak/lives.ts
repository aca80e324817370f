import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked, Job, PaidTask, Said } from './said.ts'

const file = (name: string) => join(import.meta.dirname, name)

/** Every process in a group of its own, so that at the end nobody of it can be left unnoticed. */
function begin(name: string, argument: string): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file(name), argument], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  })
}

export type PaidProvider = {
  readonly pid: number
  readonly origin: string
  readonly told: () => Promise<{
    readonly tasks: readonly PaidTask[]
    readonly faults: Readonly<Record<string, number>>
  }>
  readonly end: () => Promise<void>
}

/** The provider outlives every client. */
export async function beginProvider(seed: number): Promise<PaidProvider> {
  const child = begin('provider.ts', String(seed))
  const ended = once(child, 'exit')
  const [line] = (await once(createInterface({ input: child.stdout! }), 'line')) as [string]
  return {
    pid: child.pid ?? 0,
    origin: line,
    told: async () => {
      const answer = await fetch(`${line}/told/tasks`)
      return (await answer.json()) as Awaited<ReturnType<PaidProvider['told']>>
    },
    end: async () => {
      child.stdin?.end()
      await ended
    },
  }
}

export type Life = {
  readonly pid: number
  readonly tell: (asked: Asked) => void
  readonly kill: () => void
  /** Resolves with the exit code when everything it said has been heard; null where it was killed. */
  readonly ended: Promise<number | null>
}

/** A line that was cut off by a kill says nothing. */
function readLine(line: string): Said | null {
  try {
    return JSON.parse(line) as Said
  } catch {
    return null
  }
}

export function beginLife(job: Job, heard: (said: Said) => void): Life {
  const child = begin('client.ts', JSON.stringify(job))
  const lines = createInterface({ input: child.stdout! })
  lines.on('line', (line) => {
    const said = readLine(line)
    if (said) heard(said)
  })
  // Who was killed in this moment does not read any more.
  child.stdin?.on('error', () => undefined)
  return {
    pid: child.pid ?? 0,
    tell: (asked) => child.stdin?.write(`${JSON.stringify(asked)}\n`),
    kill: () => child.kill('SIGKILL'),
    ended: Promise.all([once(child, 'close'), once(lines, 'close')]).then(
      ([[code]]) => code as number | null,
    ),
  }
}

/** Whether anybody of these groups still runs; who was killed a moment ago is given the time to be gone. */
export async function leftOf(groups: readonly number[]): Promise<readonly number[]> {
  const runs = (group: number) => {
    try {
      return process.kill(-group, 0)
    } catch {
      return false
    }
  }
  if (groups.some(runs)) await sleep(1000)
  return groups.filter(runs)
}
