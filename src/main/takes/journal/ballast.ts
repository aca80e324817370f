import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { MiB, type Bytes } from '../../../shared/units.ts'
import { errorCode } from '../../files/write-problem.ts'
import type { Log } from '../../system/ports.ts'

/** Room that is kept for the one write that must not fail: what became of a paid request. */
export type Ballast = {
  /** Whether it stands; made anew where it is missing and the disk has ample room. */
  readonly stands: () => boolean
  /** Gives its room back; false where there is none to give. */
  readonly drop: () => boolean
  /** Whether the disk takes nothing more, or this user's share of it is used up. */
  readonly isDiskFull: () => boolean
}

const size: Bytes = 4 * MiB

/** Below this it would take the room that somebody else is about to need. */
const ample: Bytes = 4 * size

/** Noise: zeros may take no room at all on a disk that compresses, or leaves holes. */
function write(path: string, bytes: Bytes): void {
  const file = openSync(path, 'w', 0o600)
  try {
    let left = bytes
    while (left > 0) left -= writeSync(file, randomBytes(Math.min(left, MiB)))
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

const isWhole = (path: string) => statSync(path, { throwIfNoEntry: false })?.size === size

export function createBallast(path: string, log: Log): Ballast {
  let stands = isWhole(path)

  const free = () => {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize
  }

  const make = () => {
    const unfinished = `${path}.new`
    try {
      if (free() < ample) return false
      write(unfinished, size)
      renameSync(unfinished, path)
      return true
    } catch (error) {
      rmSync(unfinished, { force: true })
      log('the room for the last word of a paid take could not be kept', { error })
      return false
    }
  }

  return {
    stands: () => (stands ||= make()),
    drop: () => {
      if (!stands) return false
      stands = false
      rmSync(path, { force: true })
      return true
    },
    isDiskFull: () => {
      const probe = `${path}.probe`
      try {
        write(probe, 64 * 1024)
        return false
      } catch (error) {
        return errorCode(error) === 'ENOSPC' || errorCode(error) === 'EDQUOT'
      } finally {
        rmSync(probe, { force: true })
      }
    },
  }
}
