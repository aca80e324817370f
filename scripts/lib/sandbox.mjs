import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Switches of Linux kernels that keep an unprivileged program from making a sandbox, and the value that does so. */
const SWITCHES = /** @type {const} */ ([
  ['/proc/sys/kernel/apparmor_restrict_unprivileged_userns', '1'],
  ['/proc/sys/kernel/unprivileged_userns_clone', '0'],
])

const SET_UID = 0o4000

/** @returns {boolean} */
export function sandboxBlocked(
  /** @type {string} */ electron,
  read = (/** @type {string} */ path) => readFileSync(path, 'utf8'),
  /** @type {(path: string) => { readonly uid: number, readonly mode: number }} */ stat = (path) =>
    statSync(path),
) {
  const isBlocked = SWITCHES.some(([path, value]) => {
    try {
      return read(path).trim() === value
    } catch {
      return false
    }
  })
  if (!isBlocked) return false
  try {
    const helper = stat(join(dirname(electron), 'chrome-sandbox'))
    return helper.uid !== 0 || (helper.mode & SET_UID) === 0
  } catch {
    return true
  }
}
