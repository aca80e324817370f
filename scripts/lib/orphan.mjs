import { readFileSync } from 'node:fs'

const EVERY = 250
const SHELLS = ['sh', 'dash', 'bash', 'ash', 'busybox']

/** Name and parent of a process, from Linux's /proc; null elsewhere and when it is gone. */
export function readStat(/** @type {number} */ pid, read = readProc) {
  try {
    // The name is in parentheses and may hold any character, so the last one closes it.
    const parts = /^\d+ \((.*)\) \S (\d+)/s.exec(read(pid))
    return parts === null ? null : { name: parts[1] ?? '', parent: Number(parts[2]) }
  } catch {
    return null
  }
}

function readProc(/** @type {number} */ pid) {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
}

/**
 * The process that must live for this one to be wanted: its parent, and where that is only the shell npm runs scripts
 * in, npm itself.
 */
export function guardians(/** @type {number} */ parent, stat = readStat) {
  const shell = stat(parent)
  return shell !== null && SHELLS.includes(shell.name) ? [parent, shell.parent] : [parent]
}

/**
 * A program started through npm ends when npm is killed, instead of holding the library in the background: npm dies
 * of SIGTERM and takes only its shell along, and nothing at all can be passed on from SIGKILL.
 */
export function endWithNpm(env = process.env, platform = process.platform) {
  if (env['npm_lifecycle_event'] === undefined || platform === 'win32') return
  const then = guardians(process.ppid).join()
  const timer = setInterval(() => {
    if (guardians(process.ppid).join() === then) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, EVERY)
  timer.unref()
}
