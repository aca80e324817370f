import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { root } from './paths.mjs'
import { say } from './say.mjs'

const lock = join(root, '.cache', 'set-up.lock')

/** Whether the process that wrote the lock is gone. */
export function isStale(/** @type {string} */ text, isAlive = alive) {
  const pid = Number(text)
  return !Number.isInteger(pid) || pid <= 0 || !isAlive(pid)
}

function alive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function take(/** @type {string} */ file) {
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

function read(/** @type {string} */ file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/**
 * Waits until no other process holds the lock, then holds it until `release` or the end of this process.
 *
 * @returns {Promise<() => void>} release
 */
export async function acquire(/** @type {string} */ file, onWait = () => {}) {
  let told = false
  while (!take(file)) {
    const holder = read(file)
    // An empty file is a lock whose owner has not yet written its number.
    if (holder !== null && holder !== '' && isStale(holder)) rmSync(file, { force: true })
    if (!told) onWait()
    told = true
    await wait(100)
  }
  const release = () => rmSync(file, { force: true })
  process.once('exit', release)
  return () => {
    process.off('exit', release)
    release()
  }
}

/**
 * Two starts in the same checkout must not install or build at once: the second waits for the first.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(work, file = lock, tell = say) {
  const release = await acquire(file, () => {
    tell('set-up: another start is already setting up this folder; waiting for it …')
  })
  try {
    return await work()
  } finally {
    release()
  }
}
