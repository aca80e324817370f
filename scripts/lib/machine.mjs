import { electronPath } from './binaries.mjs'
import { sandboxBlocked } from './sandbox.mjs'

/** What decides which face can run here. @returns {import('./face.mjs').Machine} */
export function thisMachine(/** @type {import('./attempt.mjs').Attempt} */ electron) {
  const program = electronPath()
  return {
    platform: process.platform,
    env: process.env,
    electron,
    sandboxBlocked: program !== null && process.platform === 'linux' && sandboxBlocked(program),
    isRoot: process.getuid?.() === 0,
  }
}
