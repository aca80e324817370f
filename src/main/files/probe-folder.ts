import { constants } from 'node:fs'
import { access, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fail, ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import { errorCode } from './error-code.ts'

export const diskFull = (folder: string): Failure =>
  fail('disk-full', `The disk of “${folder}” is full.`, {
    advice: 'Free some space and try again.',
  })

const notAFolder = (folder: string): Failure =>
  fail('folder-unwritable', `“${folder}” isn’t a folder.`, { advice: 'Choose another folder.' })

const folderUnwritable = (folder: string, error: unknown): Failure =>
  fail('folder-unwritable', `Understudy can’t write to “${folder}”.`, {
    advice: 'Choose another folder, or give yourself permission to write there.',
    detail: String(error),
  })

/** Why a folder can't be written to, in the user's terms; a bug is thrown on. */
export function writingProblem(folder: string, error: unknown): Failure {
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(folder)
    case 'ENOTDIR':
    case 'EEXIST':
      return notAFolder(folder)
    case '':
      throw error
    default:
      return folderUnwritable(folder, error)
  }
}

/** Can this folder be written to, or be made? Looks only, so that a refused input leaves nothing behind. */
export async function probeFolder(folder: string): Promise<Outcome<null>> {
  try {
    const facts = await stat(folder)
    if (!facts.isDirectory()) return notAFolder(folder)
    await access(folder, constants.W_OK)
    return ok(null)
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && dirname(folder) !== folder) return probeFolder(dirname(folder))
    return writingProblem(folder, error)
  }
}

/** What is free on the disk of a folder that may not be there yet; null where nobody says. */
export async function freeBytes(folder: string): Promise<Bytes | null> {
  const space = await statfs(folder).catch(() => null)
  if (space !== null) return space.bavail * space.bsize
  return dirname(folder) === folder ? null : freeBytes(dirname(folder))
}
