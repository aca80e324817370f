import { spawn, type ChildProcess } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import type { RunTool, ToolExit, ToolRun } from '../system/ports.ts'
import type { TrackTool } from './leftovers.ts'
import { forTool } from '../system/environment.ts'
import { limitAwake, type AwakeLimit } from '../system/awake.ts'
import { findProgram } from './find-program.ts'

/** Signals a whole process group, whose number is that of its first process: a plain kill reaches only that one. */
export function signalGroup(
  pid: number,
  signal: NodeJS.Signals,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform === 'win32') {
    // Windows knows no polite signal for a program without a window.
    spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true }).on(
      'error',
      () => signalOne(pid, signal),
    )
    return
  }
  signalOne(-pid, signal)
}

function signalOne(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // ESRCH: no process is left.
  }
}

/**
 * Between asking a process group to end and ending it. Short, because ffmpeg answers by finishing its file, which
 * is no longer wanted, and 200 ms after a cancel nothing may be left running.
 */
const killDelay = 100
/** Collected standard output beyond this is a tool gone wild, not an answer. */
const outputLimit = 64 * 1024 * 1024
const stderrLimit = 8 * 1024

export type RunToolOptions = {
  readonly platform?: NodeJS.Platform
  /** Linux's `setpriv`, which lets a tool die with us even after SIGKILL; null to go without. */
  readonly setpriv?: string | null
  /** Where setpriv is missing, the next start ends what it finds noted. */
  readonly trackTool?: TrackTool
}

type Ended = ToolExit['ended']

const missing = (command: string): ToolExit => ({
  ended: 'missing',
  exitCode: null,
  stdout: new Uint8Array(),
  stderr: `${command} wasn’t found or isn’t allowed to run.`,
})

type Meal = { hungry: boolean }

/** Sets `hungry` while the tool could be given more than there is. */
async function feed(child: ChildProcess, input: AsyncIterable<Uint8Array>, meal: Meal): Promise<void> {
  const { stdin } = child
  if (!stdin) return
  // EPIPE when the tool ends before it has read everything; its exit tells the rest.
  stdin.on('error', () => undefined)
  try {
    meal.hungry = true
    for await (const chunk of input) {
      if (stdin.destroyed) return
      meal.hungry = false
      if (!stdin.write(chunk)) {
        await new Promise<void>((resolve) => {
          const resume = () => {
            stdin.off('drain', resume)
            stdin.off('close', resume)
            resolve()
          }
          stdin.on('drain', resume)
          stdin.on('close', resume)
        })
      }
      meal.hungry = true
    }
    stdin.end()
  } catch {
    // The source of the input failed: without its end the tool must not take what came for the whole.
    stdin.destroy()
  } finally {
    meal.hungry = false
  }
}

function watch(
  child: ChildProcess,
  run: ToolRun,
  meal: Readonly<Meal>,
  platform: NodeJS.Platform,
): Promise<ToolExit> {
  const signal = (kind: NodeJS.Signals) => {
    if (child.pid !== undefined) signalGroup(child.pid, kind, platform)
  }
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = []
    let collected = 0
    let tail = Buffer.alloc(0)
    let ended: Ended = 'exit'
    let overflow = false
    let stopping: NodeJS.Timeout | undefined

    const stop = (why: Ended) => {
      if (stopping !== undefined) return
      ended = why
      signal('SIGTERM')
      stopping = setTimeout(() => {
        signal('SIGKILL')
      }, killDelay)
    }
    const onAbort = () => {
      stop('cancelled')
    }
    const wall =
      run.wallLimit === undefined
        ? undefined
        : limitAwake(run.wallLimit, () => {
            stop('wall-limit')
          })
    const { stallLimit } = run
    let stall: AwakeLimit | undefined
    const watchStall = () => {
      if (stallLimit === undefined) return
      stall = limitAwake(stallLimit, () => {
        if (meal.hungry) watchStall()
        else stop('stalled')
      })
    }
    watchStall()

    child.stdout?.on('data', (chunk: Buffer) => {
      stall?.again()
      if (run.onOutput) {
        run.onOutput(chunk)
        return
      }
      collected += chunk.length
      if (collected <= outputLimit) chunks.push(chunk)
      else {
        overflow = true
        stop('exit')
      }
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      if (run.onComplaint?.(chunk) === true) stall?.again()
      tail = Buffer.concat([tail, chunk])
      if (tail.length > stderrLimit) tail = tail.subarray(tail.length - stderrLimit)
    })
    run.signal?.addEventListener('abort', onAbort, { once: true })

    const finish = (exit: ToolExit) => {
      wall?.stop()
      stall?.stop()
      clearTimeout(stopping)
      run.signal?.removeEventListener('abort', onAbort)
      resolve(exit)
    }
    child.on('error', () => {
      if (child.pid === undefined) finish(missing(run.command))
    })
    // Children the tool left behind hold its pipes open and would outlive it.
    child.on('exit', () => {
      if (platform !== 'win32') signal('SIGKILL')
    })
    child.on('close', (exitCode) => {
      finish({
        ended,
        exitCode: overflow ? null : exitCode,
        stdout: Buffer.concat(chunks),
        stderr: overflow ? 'It wrote far more than expected.' : tail.toString('utf8').trim(),
      })
    })
    if (run.signal?.aborted) onAbort()
  })
}

/** A tenth of what others get: at the lowest priority, a busy machine would leave it nothing for minutes. */
const standsBack = constants.priority.PRIORITY_BELOW_NORMAL

/**
 * Where the system does not allow it, the program runs like any other. Linux shares its cores out among sessions first,
 * and every program has a session of its own: there, only what is written to `autogroup` counts (sched(7)).
 */
function yieldTo({ pid }: ChildProcess, platform: NodeJS.Platform): void {
  if (pid === undefined) return
  try {
    setPriority(pid, standsBack)
    if (platform === 'linux') writeFileSync(`/proc/${String(pid)}/autogroup`, String(standsBack))
  } catch {
    // It has ended already, or may not be asked.
  }
}

/** The one place that starts programs: no shell, own process group, limits, and no survivors. */
export function createRunTool(options: RunToolOptions = {}): RunTool {
  const platform = options.platform ?? process.platform
  const setpriv =
    options.setpriv !== undefined ? options.setpriv : platform === 'linux' ? findProgram('setpriv') : null

  return async (run) => {
    const program = findProgram(run.command)
    if (program === null) return missing(run.command)
    if (run.signal?.aborted)
      return { ended: 'cancelled', exitCode: null, stdout: new Uint8Array(), stderr: '' }
    const [command, args] =
      setpriv === null ? [program, run.args] : [setpriv, ['--pdeathsig', 'KILL', '--', program, ...run.args]]
    let child: ChildProcess
    try {
      child = spawn(command, args, {
        env: forTool(process.env),
        detached: platform !== 'win32',
        windowsHide: true,
        stdio: [run.input ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      })
    } catch {
      // Node throws for arguments it cannot pass on, such as a NUL byte in a name.
      return missing(run.command)
    }
    if (run.yields === true) yieldTo(child, platform)
    const untrack =
      child.pid === undefined ? undefined : options.trackTool?.(child.pid, [program, ...run.args])
    const meal: Meal = { hungry: false }
    if (run.input) void feed(child, run.input, meal)
    const exit = await watch(child, run, meal, platform)
    untrack?.()
    return exit
  }
}
