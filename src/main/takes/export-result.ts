import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, open, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import { errorCode, writeProblem } from '../files/write-problem.ts'
import { syncFolder } from './take-folder.ts'

/** Gives the finished copy its name; unlike a rename, this cannot replace a file that appeared meanwhile. */
async function publish(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target)
  } catch (error) {
    if (errorCode(error) === 'EEXIST') throw error
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
    return writeProblem(error, target)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}
