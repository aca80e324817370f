import { spawn } from 'node:child_process'
import { realpathSync } from 'node:fs'
import module from 'node:module'
import { constants } from 'node:os'
import { pathToFileURL } from 'node:url'
import { compiledCode, root } from './paths.mjs'

/** @typedef {import('./node-runtime.mjs').Runtime} Runtime */

/** Whether this process already runs under that Node; then a program needs no second process. */
export function isThisNode(/** @type {Runtime} */ runtime, execPath = process.execPath) {
  try {
    return realpathSync(runtime.path) === realpathSync(execPath)
  } catch {
    return false
  }
}

/** Exit code by shell convention: a program ended by a signal counts as 128 and the signal's number. */
export function exitCode(/** @type {number | null} */ code, /** @type {NodeJS.Signals | null} */ signal) {
  if (code !== null) return code
  return signal === null ? 1 : 128 + constants.signals[signal]
}

/**
 * Becomes the program: its input, output, signals and exit code are this process's own.
 *
 * @returns {Promise<number | undefined>} undefined when the program decides
 */
export async function launchNode(
  /** @type {Runtime} */ runtime,
  /** @type {string} */ entry,
  /** @type {readonly string[]} */ args,
) {
  if (!isThisNode(runtime)) return launch(runtime.path, [entry, ...args])
  // Read and compiled once; a Node before 22 has no such store and compiles each time.
  if ('enableCompileCache' in module) module.enableCompileCache(compiledCode)
  process.argv = [process.execPath, entry, ...args]
  await import(pathToFileURL(entry).href)
  return undefined
}

/**
 * Runs a program in the foreground and answers its exit code. A signal is passed on, except where the terminal has
 * sent it to the whole group already: twice would mean "at once" to many programs.
 *
 * @returns {Promise<number>}
 */
export function launch(
  /** @type {string} */ command,
  /** @type {readonly string[]} */ args,
  /** @type {NodeJS.ProcessEnv} */ env = process.env,
) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { cwd: root, env, stdio: 'inherit' })
    /** @type {readonly NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    const relays = signals.map((signal) => {
      const relay = () => {
        if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
      }
      process.on(signal, relay)
      return { signal, relay }
    })
    child.once('error', reject)
    child.once('close', (code, signal) => {
      for (const { signal: name, relay } of relays) process.off(name, relay)
      resolve(exitCode(code, signal))
    })
  })
}
