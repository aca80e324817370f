import { randomBytes } from 'node:crypto'
import { copyFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ok, type Outcome } from '../../shared/outcome.ts'
import type { Bytes } from '../../shared/units.ts'
import { flushFile, flushFolder, publishNew } from '../files/durable.ts'
import { writeProblem } from '../files/write-problem.ts'

/** Copies a result to a new file. An existing file is never replaced and a half-written one never seen. */
export async function exportResult(
  source: string,
  target: string,
): Promise<Outcome<{ readonly path: string; readonly bytes: Bytes }>> {
  const temporary = join(dirname(target), `.${randomBytes(6).toString('hex')}.part`)
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
  }
}
