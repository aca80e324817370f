import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, open, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fail, ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import { syncFolder } from './take-folder.ts'

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

function refusalFor(error: unknown, target: string): Failure {
  const name = basename(target)
  const detail = error instanceof Error ? error.message : String(error)
  switch (codeOf(error)) {
    case 'EEXIST':
      return fail('file-exists', `${name} already exists and was left as it is.`, {
        advice: 'Choose another name.',
      })
    case 'ENOSPC':
    case 'EDQUOT':
      return fail('disk-full', `There is not enough room for ${name}.`, {
        advice: 'Free some space and save again.',
      })
    case 'ENOENT':
      return fail('file-missing', `The folder for ${name} does not exist.`, {
        advice: 'Choose another folder.',
        detail,
      })
    default:
      return fail('folder-unwritable', `${name} cannot be written there.`, {
        advice: 'Choose another folder.',
        detail,
      })
  }
}

/** Gives the finished copy its name; unlike a rename, this cannot replace a file that appeared meanwhile. */
async function publish(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    // Some file systems (FAT, network drives) have no hard links.
    await copyFile(temporary, target, constants.COPYFILE_EXCL)
  }
}

/** Copies a result to a new file. An existing file is never replaced and a half-written one never seen. */
export async function exportResult(
  source: string,
  target: string,
): Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>> {
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.part`)
  try {
    await copyFile(source, temporary)
    const file = await open(temporary, 'r+')
    await file.sync().finally(() => file.close())
    await publish(temporary, target)
    await syncFolder(dirname(target))
    return ok({ path: target, bytes: (await stat(target)).size })
  } catch (error) {
    return refusalFor(error, target)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}
