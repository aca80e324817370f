import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { MiB, type Bytes } from '../../../shared/units.ts'
import { errorCode } from '../../files/error-code.ts'
import type { Log } from '../../system/ports.ts'
import {
  diskFailed,
  diskFull,
  libraryInUse,
  libraryNotOpened,
  listDamaged,
  noRoomToSend,
} from './problems.ts'
import type { Failure, Outcome, Problem } from '../../../shared/outcome.ts'

/** Room that is kept for the one write that must not fail: what became of a paid request. */
type ReservedSpace = {
  /** Whether it stands; made anew where it is missing and the disk has ample room. */
  readonly ensure: () => boolean
  /** Gives its room back; false where there is none to give. */
  readonly release: () => boolean
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

export function createReservedSpace(path: string, log: Log): ReservedSpace {
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
      log('the disk space reserved for paid takes couldn’t be kept', { error })
      return false
    }
  }

  return {
    ensure: () => (stands ||= make()),
    release: () => {
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

/** A change that is not on disk. `problem` says whether that can still become better. */
export class NotWritten extends Error {
  readonly problem: Problem
  /** As the system calls it where a disk is full, for those who only ask that. */
  readonly code: 'ENOSPC' | 'EIO'

  constructor(problem: Problem, cause?: unknown) {
    super(problem.message, { cause })
    this.name = 'NotWritten'
    this.problem = problem
    this.code = problem.code === 'disk-full' ? 'ENOSPC' : 'EIO'
  }
}

/** A wish that cannot be noted down is answered with the reason. */
export async function unlessUnwritten<T>(run: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof NotWritten) return { ok: false, problem: error.problem }
    throw error
  }
}

/**
 * What a change may cost: `sending` begins a paid request and is refused unless room is kept for its end; `precious`
 * may use up that room; `plain` may not.
 */
export type Need = 'plain' | 'precious' | 'sending'

export type Writes = {
  /** Why nothing is written any more by this process; null while all is well. */
  readonly broken: () => Problem | null
  /** Does a change and answers when it is on disk; throws `NotWritten` where the disk refuses it. */
  readonly run: <T>(write: () => T, need?: () => Need) => T
}

/** SQLite's result codes. */
const sqlite = {
  busy: 5,
  readonly: 8,
  io: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  constraint: 19,
  notDatabase: 26,
} as const
/** A write, not a flush, that the disk refused; this is how a used-up quota looks. */
const refusedWrite = 778
const damaging: ReadonlySet<number> = new Set([
  sqlite.readonly,
  sqlite.io,
  sqlite.corrupt,
  sqlite.cannotOpen,
  sqlite.notDatabase,
])

const extendedCode = (error: unknown) =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0
const resultCode = (error: unknown) => extendedCode(error) & 0xff

export const isBusy = (error: unknown): boolean => resultCode(error) === sqlite.busy
export const isDamage = (error: unknown): boolean =>
  resultCode(error) === sqlite.corrupt || resultCode(error) === sqlite.notDatabase
/** What the rules of the database do not allow. */
export const isConstraintViolation = (error: unknown): boolean => resultCode(error) === sqlite.constraint

/**
 * Stands before every write of the journal. A full disk is a matter of time. A flush that failed is not: the kernel may
 * have dropped the pages, and the next flush would say that all is well, so nothing is written after it.
 */
export function createWrites(ballast: ReservedSpace, log: Log, readOnly: Problem | null): Writes {
  let broken = readOnly

  const isFull = (error: unknown) =>
    resultCode(error) === sqlite.full || (extendedCode(error) === refusedWrite && ballast.isDiskFull())

  const attempt = <T>(write: () => T, need: Need): T => {
    try {
      return write()
    } catch (error) {
      if (isFull(error)) {
        if (need !== 'precious' || !ballast.release())
          throw new NotWritten(need === 'sending' ? noRoomToSend : diskFull, error)
        log('the disk is full, so the reserved space is used', { error })
        return attempt(write, 'plain')
      }
      if (!damaging.has(resultCode(error))) throw error
      broken = diskFailed((error as Error).message)
      log('the library is no longer written', { error })
      throw new NotWritten(broken, error)
    }
  }

  return {
    broken: () => broken,
    run: (write, need = () => 'plain') => {
      if (broken !== null) throw new NotWritten(broken)
      const asked = need()
      if (asked === 'sending' && !ballast.ensure()) throw new NotWritten(noRoomToSend)
      const written = attempt(write, asked)
      // Made anew as soon as there is ample room again.
      if (asked === 'precious') ballast.ensure()
      return written
    },
  }
}

/** What the user is told about a list of takes that cannot be opened. */
export function whyNotOpened(path: string, error: unknown): Failure {
  if (isBusy(error)) return libraryInUse
  // Nothing else is thrown here.
  const detail = (error as Error).message
  return isDamage(error) ? listDamaged(path, detail) : libraryNotOpened(path, detail)
}
