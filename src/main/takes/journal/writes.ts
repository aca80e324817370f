import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
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

/** Disk space reserved for the one write that must not fail: the outcome of a paid request. */
type ReservedSpace = {
  /** Reserves the space again if it is missing and the disk has ample space; false if it can’t. */
  readonly ensure: () => boolean
  /** Frees the space; false if there is none. */
  readonly release: () => boolean
  /** Whether the disk is full, or this user’s quota is used up. */
  readonly isDiskFull: () => boolean
}

const size: Bytes = 4 * MiB

/** With less free space, reserving some would take it from others who need it. */
const ample: Bytes = 4 * size

/** Random bytes: zeros take no space on a file system that compresses or keeps sparse files. */
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
    try {
      if (free() < ample) return false
      write(path, size)
      return true
    } catch (error) {
      rmSync(path, { force: true })
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

/** A change is not on disk. `problem` says whether that is temporary. */
export class NotWritten extends Error {
  readonly problem: Problem
  /** The system’s code, for callers that only check whether the disk is full. */
  readonly code: 'ENOSPC' | 'EIO'

  constructor(problem: Problem, cause?: unknown) {
    super(problem.message, { cause })
    this.name = 'NotWritten'
    this.problem = problem
    this.code = problem.code === 'disk-full' ? 'ENOSPC' : 'EIO'
  }
}

/** Turns `NotWritten` into a failure with its reason. */
export async function unlessUnwritten<T>(run: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof NotWritten) return { ok: false, problem: error.problem }
    throw error
  }
}

/**
 * What a change needs. `sending` starts a paid request, and is refused unless space is reserved for its outcome;
 * `precious` may use the reserved space; `plain` may not.
 */
export type Need = 'plain' | 'precious' | 'sending'

export type Writes = {
  /** Why this process writes nothing any more; null if it does. */
  readonly broken: () => Problem | null
  /** Refuses every write with this reason, until null lets them through again. */
  readonly hold: (why: Problem | null) => void
  /**
   * Returns when the change is on disk.
   * @throws NotWritten if the disk refuses it
   */
  readonly run: <T>(write: () => T, need?: () => Need) => T
}

/** SQLite’s result codes: https://www.sqlite.org/rescode.html */
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
/** SQLITE_IOERR_WRITE: the disk refused a write, not a flush. A used-up quota looks like this. */
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

export const isFullDisk = (error: unknown): boolean => resultCode(error) === sqlite.full
export const isBusy = (error: unknown): boolean => resultCode(error) === sqlite.busy
export const isDamage = (error: unknown): boolean =>
  resultCode(error) === sqlite.corrupt || resultCode(error) === sqlite.notDatabase
export const isConstraintViolation = (error: unknown): boolean => resultCode(error) === sqlite.constraint

/**
 * Guards every write of the journal. A full disk is temporary. A failed flush is not: the kernel may have dropped the
 * pages, and the next flush would report success, so nothing is written after it.
 */
export function createWrites(ballast: ReservedSpace, log: Log, readOnly: Problem | null): Writes {
  let broken = readOnly
  let held: Problem | null = null

  const isFull = (error: unknown) =>
    isFullDisk(error) || (extendedCode(error) === refusedWrite && ballast.isDiskFull())

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
    broken: () => broken ?? held,
    hold: (why) => {
      held = why
    },
    run: (write, need = () => 'plain') => {
      const refused = broken ?? held
      if (refused !== null) throw new NotWritten(refused)
      const asked = need()
      if (asked === 'sending' && !ballast.ensure()) throw new NotWritten(noRoomToSend)
      const written = attempt(write, asked)
      // Reserve the space again as soon as the disk has ample space.
      if (asked === 'precious') ballast.ensure()
      return written
    },
  }
}

/** Why a list of takes can’t be opened, as the user reads it. */
export function whyNotOpened(path: string, error: unknown): Failure {
  if (isBusy(error)) return libraryInUse
  // SQLite and the file system throw nothing else.
  const detail = (error as Error).message
  return isDamage(error) ? listDamaged(path, detail) : libraryNotOpened(path, detail)
}
