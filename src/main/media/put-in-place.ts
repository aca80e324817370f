import { errorCode } from '../files/error-code.ts'
import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import { dirname, extname, join } from 'node:path'
import { ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import { flushFile, flushFolder, publishNew } from '../files/durable.ts'
import type { MediaTools } from './media.ts'
import { alreadyThere, diskFull, doing, folderUnwritable } from './problems.ts'

/** Why a file cannot be written there. An error without a file system code is a bug and thrown again. */
function unwritable(target: string, error: unknown): Failure {
  const code = errorCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(doing.saving(target))
  if (code === 'EEXIST') return alreadyThere(target)
  if (code === '') throw error
  return folderUnwritable(target, code)
}

/** Whether two names lead to one file: a source must never be the target. */
export async function isSameFile(left: string, right: string): Promise<boolean> {
  const [one, other] = await Promise.all(
    [left, right].map((path) => stat(path, { bigint: true }).catch(() => null)),
  )
  return !!one && !!other && one.ino === other.ino && one.dev === other.dev
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * Lets `make` write under a temporary name in the target’s folder, then moves the file into place once it is complete
 * and on the disk. If anything fails, nothing half-written is left and the target is unchanged.
 */
export async function putInPlace<T>(
  { trackFile }: Pick<MediaTools, 'trackFile'>,
  target: string,
  existing: 'keep' | 'replace',
  make: (temporary: string) => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const folder = dirname(target)
  const temporary = join(folder, `.${randomBytes(8).toString('hex')}.part${extname(target)}`)
  const untrack = trackFile(temporary)
  try {
    const probe = await open(temporary, 'wx')
    await probe.close()
    await rm(temporary)
    const made = await make(temporary)
    if (!made.ok) return made
    await flushFile(temporary)
    await (existing === 'replace' ? rename(temporary, target) : publishNew(temporary, target))
    await flushFolder(folder)
    return ok(made.value)
  } catch (error) {
    return unwritable(target, error)
  } finally {
    await rm(temporary, { force: true })
    untrack()
  }
}
