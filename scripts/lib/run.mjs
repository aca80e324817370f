import { spawn } from 'node:child_process'
import { root } from './paths.mjs'

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {number} [limit]    milliseconds after which the program and its children are killed
 * @property {boolean} [show]    let it write to standard error instead of collecting what it writes
 * @property {boolean} [shell]   only for npm on Windows, which is a .cmd file; never with anything from outside
 *
 * @typedef {object} RunResult
 * @property {boolean} ok
 * @property {number | null} code
 * @property {boolean} timedOut
 * @property {string} output     standard output and standard error as they came, empty when shown
 */

/** Runs one program to its end without standard input. Never rejects; a missing program is a result that is not ok. */
export function run(
  /** @type {string} */ command,
  /** @type {readonly string[]} */ args,
  /** @type {RunOptions} */ { cwd = root, env = process.env, limit, show = false, shell = false } = {},
) {
  return new Promise((/** @type {(result: RunResult) => void} */ resolve) => {
    // With a limit the program leads its own group, so that what it started is killed along with it.
    const ownGroup = limit !== undefined && process.platform !== 'win32'
    const child = spawn(command, [...args], {
      cwd,
      env,
      shell,
      detached: ownGroup,
      stdio: show ? ['ignore', process.stderr, process.stderr] : ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    let timedOut = false
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString('utf8'))
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    const timer = limit === undefined ? undefined : setTimeout(() => end(true), limit)
    const end = (/** @type {boolean} */ late) => {
      timedOut ||= late
      kill(child, ownGroup)
    }
    const onExit = () => end(false)
    process.once('exit', onExit)
    const finish = (/** @type {number | null} */ code) => {
      clearTimeout(timer)
      process.off('exit', onExit)
      resolve({ ok: code === 0 && !timedOut, code, timedOut, output })
    }
    child.once('error', (error) => {
      output += error.message
      finish(null)
    })
    child.once('close', finish)
  })
}

function kill(
  /** @type {import('node:child_process').ChildProcess} */ child,
  /** @type {boolean} */ ownGroup,
) {
  if (child.pid === undefined || child.exitCode !== null) return
  try {
    if (ownGroup) process.kill(-child.pid, 'SIGKILL')
    else child.kill('SIGKILL')
  } catch {
    // It has already ended.
  }
}

/** npm as it was started, under the Node it was started with: ours may be among the files it replaces. */
export function npm(/** @type {readonly string[]} */ args, /** @type {RunOptions} */ options = {}) {
  const script = process.env['npm_execpath']
  const node = process.env['npm_node_execpath'] ?? process.execPath
  if (script?.endsWith('.js')) return run(node, [script, ...args], options)
  return run('npm', args, { ...options, shell: process.platform === 'win32' })
}
