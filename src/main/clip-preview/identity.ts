import { resolve } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import { fileIdentity } from '../files/file-identity.ts'
import { nameOf } from '../media/naming.ts'
import { unreadable } from '../media/probe/read-head.ts'

/** A file as it stands, under this name; a problem where it cannot be read. */
export async function identityOf(path: string): Promise<Outcome<string>> {
  try {
    return ok(`${resolve(path)}\0${await fileIdentity(path)}`)
  } catch (error) {
    return unreadable(path, error)
  }
}

export const lookingAt = (path: string): string => `Looking at “${nameOf(path)}”`
