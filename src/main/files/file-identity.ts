import { stat } from 'node:fs/promises'

/**
 * Tells a file from itself after a change, wherever it is moved to on its disk; rejects where it cannot be looked at.
 * It costs no reading, so it is for what is remembered of a file and not for what is proven about it.
 */
export async function fileIdentity(path: string): Promise<string> {
  const { dev, ino, size, mtimeNs } = await stat(path, { bigint: true })
  return [dev, ino, size, mtimeNs].join('-')
}

/** The same, null where it cannot be looked at. */
export const fileIdentityIfAny = (path: string): Promise<string | null> =>
  fileIdentity(path).catch(() => null)
