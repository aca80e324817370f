import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { promisify } from 'node:util'

const sh = promisify(execFile)

/** Why no disk of its own can be had here; null where one can. */
export const noSmallDisk =
  process.platform === 'linux' && process.getuid?.() === 0 ? null : 'a disk of its own needs root on Linux'

export type SmallDisk = {
  readonly makeReadOnly: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** Puts a real disk of this size at `folder`: what does not fit is refused by the system itself. */
export async function smallDisk(folder: string, size: string): Promise<SmallDisk> {
  mkdirSync(folder, { recursive: true })
  await sh('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder])
  return {
    makeReadOnly: async () => {
      await sh('mount', ['-o', 'remount,ro', folder])
    },
    remove: async () => {
      // Out of sight at once, and gone with the last file that somebody still has open.
      await sh('umount', ['--lazy', folder])
    },
  }
}
