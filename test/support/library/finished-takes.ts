import { copyFileSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { openJournal } from '../../../src/main/takes/journal/journal.ts'
import { fullAttempt } from './an-attempt.ts'
import { anOrder } from './an-order.ts'

export type FinishedTake = {
  readonly id: string
  readonly clipName: string
  /** Where the prepared clip and the result are copied from, whatever they are. */
  readonly clip: string
  readonly result: string
}

/** Puts finished takes into a studio's home before it is started. */
export function addFinishedTakes(home: string, takes: readonly FinishedTake[]): void {
  const opened = openJournal(join(home, 'studio.db'), () => undefined)
  if (!opened.ok) throw new Error(opened.problem.message)
  for (const { id, clipName, clip, result } of takes) {
    const folder = join(home, 'library', id)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    copyFileSync(clip, join(folder, 'clip.mp4'))
    const path = join(folder, 'result.mp4')
    copyFileSync(result, path)
    const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
    const full = fullAttempt({ take: id, number: 1, state: 'DONE', resultFolder: null, resume: null })
    const { preparedClip, result: made } = full
    if (!preparedClip || !made) throw new Error('a full attempt has both files')
    opened.value.add(anOrder({ id, clipName, clipPath: clip }), {
      ...full,
      problem: null,
      watermarkUrl: null,
      watermarked: null,
      markProblem: null,
      preparedClip: { ...preparedClip, sha256: hash(clip) },
      result: { ...made, bytes: statSync(path).size, sha256: hash(path) },
      resultTime: statSync(path).mtimeMs,
    })
  }
  opened.value.close()
}
