import { randomBytes } from 'node:crypto'
import { copyFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { fail, ok, type Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import { flushFile, flushFolder, publishNew } from '../files/durable.ts'
import { wrongEnding } from '../files/wrong-ending.ts'
import { writeProblem } from '../files/write-problem.ts'
import { exists } from '../media/put-in-place.ts'
import type { NoteFile } from '../processes/leftovers.ts'

const gone = (target: string) =>
  fail('file-missing', `The result for ${basename(target)} is no longer in the library folder.`, {
    advice: 'Put it back from a copy, or look whether the provider still keeps it under the id of the task.',
  })

/**
 * Copies a result to a new file. An existing file is never replaced and a half-written one never seen; a copy that is
 * noted and cut off by a kill is deleted at the next start.
 */
export async function exportResult(
  source: string,
  target: string,
  noteFile: NoteFile,
): Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>> {
  if (!(await exists(source))) return gone(target)
  const wrong = wrongEnding(target, extname(source))
  if (wrong) return wrong
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.part`)
  const strike = noteFile(temporary)
  try {
    await copyFile(source, temporary)
    await flushFile(temporary)
    await publishNew(temporary, target)
    await flushFolder(dirname(target))
    return ok({ path: target, bytes: (await stat(target)).size })
  } catch (error) {
    return writeProblem(error, target)
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined)
    strike()
  }
}
