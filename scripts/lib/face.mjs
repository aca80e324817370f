/**
 * @typedef {object} Machine
 * @property {string} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {import('./attempt.mjs').Attempt} electron
 * @property {boolean} sandboxBlocked   the system keeps unprivileged programs from making a sandbox
 * @property {boolean} isRoot
 */

/** Whether a window can be shown at all. */
export function hasDisplay(/** @type {Pick<Machine, 'platform' | 'env'>} */ { platform, env }) {
  return platform !== 'linux' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY'])
}

/**
 * Which face `npm start` opens, and in one line why it is not Electron.
 *
 * @param {Machine} machine
 * @param {boolean} asked   the user asked for the browser face
 * @returns {{ face: 'electron' } | { face: 'browser', why: string | null }}
 */
export function chooseFace(machine, asked) {
  if (asked) return { face: 'browser', why: null }
  const { electron } = machine
  if (!electron.ok) {
    const when = electron.waiting
      ? `, tried on ${electron.on}; to try again now, run: npm start -- --retry`
      : ''
    return { face: 'browser', why: `Electron couldn’t be downloaded (${electron.reason}${when})` }
  }
  if (!hasDisplay(machine)) return { face: 'browser', why: 'there is no display for a window' }
  if (machine.isRoot && machine.platform === 'linux') {
    return { face: 'browser', why: 'Electron can’t run as root with its sandbox on' }
  }
  if (machine.sandboxBlocked) {
    return {
      face: 'browser',
      why:
        'this system doesn’t let Electron create its sandbox; to allow it, run: ' +
        'sudo chown root node_modules/electron/dist/chrome-sandbox && sudo chmod 4755 node_modules/electron/dist/chrome-sandbox',
    }
  }
  return { face: 'electron' }
}
