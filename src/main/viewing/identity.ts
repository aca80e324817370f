import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { nameOf } from '../media/naming.ts'
import { unreadable } from '../media/read-head.ts'

/** Tells a file from itself after a change; a problem where it cannot be read. */
export async function identityOf(path: string): Promise<Outcome<string>> {
  try {
    const { dev, ino, size, mtimeMs } = await stat(path)
    return ok([resolve(path), dev, ino, size, mtimeMs].join('\0'))
  } catch (error) {
    return unreadable(path, error)
  }
}

export const lookingAt = (path: string): string => `Looking at “${nameOf(path)}”`
