import { basename, extname, join } from 'node:path'
import { fail, type Outcome } from '../../../shared/outcome.ts'
import type { Take } from '../../../shared/domain/take.ts'
import { safeName } from '../../files/names.ts'
import type { Takes } from '../../core/studio-types.ts'
import { openFolder } from '../out-folder.ts'

type Version = 'result' | 'marked'

/** `<clip name>-<end of the take id>.mp4`, with a number from the second try on. */
export function resultName(
  take: Pick<Take, 'id' | 'clipName'>,
  attempt: number,
  version: Version = 'result',
): string {
  const stem = safeName(basename(take.clipName, extname(take.clipName)))
  const tail = `${take.id.slice(-6)}${attempt > 1 ? `-${attempt}` : ''}`
  return `${stem}-${tail}${version === 'marked' ? '-watermarked' : ''}.mp4`
}

const mostNames = 100

/** Copies the result into a folder under the first free name; nothing is ever replaced. */
export async function saveResult(
  takes: Pick<Takes, 'exportResult'>,
  take: Take,
  folder: string,
  version: Version = 'result',
): Promise<Outcome<string>> {
  const made = openFolder(folder)
  if (!made.ok) return made
  for (let attempt = 1; attempt <= mostNames; attempt += 1) {
    const saved = await takes.exportResult(take.id, join(folder, resultName(take, attempt, version)), version)
    if (saved.ok) return { ok: true, value: saved.value.path }
    if (saved.problem.code !== 'file-exists') return saved
  }
  return fail('file-exists', `“${folder}” holds too many results of this name already.`, {
    advice: 'Choose another folder.',
  })
}
