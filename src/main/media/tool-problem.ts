import { isProgress } from './tool-output.ts'
import { cancelled, type Failure } from '../../shared/outcome.ts'
import type { ToolExit } from '../system/ports.ts'
import { diskFull, toolCrashed, toolMissing, toolStalled } from './problems.ts'

/** From where an absolute path begins up to the last slash of it; a blank behind a colon ends it. */
const folders =
  /(?<![\w.])(?:file:)?(?:[A-Za-z]:)?[\\/](?:(?!: )[^\\/\n])+?[\\/](?:(?:(?!: )[^\\/\n])*?[\\/])*/g

/** The last line a tool wrote, with names of files but not where they lie: that is nobody's business. */
export function lastWords(stderr: string): string {
  const line = stderr
    .trim()
    .split('\n')
    .findLast((one) => !isProgress(one))
  if (line === undefined) return ''
  return line.replace(folders, '…/').slice(-500)
}

const fullDisk = /No space left on device|ENOSPC|There is not enough space on the disk/i

/** What ffmpeg answers when a signal ended it and it could still say so. */
const interrupted = 255

/**
 * What a shell, `setpriv` and the dynamic loader answer where a program cannot be started: without permission, or
 * without a library that it is linked with. Neither ffmpeg nor ffprobe ends so by itself.
 */
const notStarted: ReadonlySet<number | null> = new Set([126, 127])

/** Why a run did not do its work; `otherwise` is what a plain failure of this tool on this file means. */
export function toolProblem(
  exit: ToolExit,
  {
    tool,
    doing,
    otherwise,
  }: { tool: 'ffmpeg' | 'ffprobe'; doing: string; otherwise: (detail: string) => Failure },
): Failure | null {
  switch (exit.ended) {
    case 'cancelled':
      return cancelled(doing)
    case 'missing':
      return toolMissing(tool, exit.stderr)
    case 'wall-limit':
    case 'stalled':
      return toolStalled(tool, doing, lastWords(exit.stderr))
    case 'exit':
      if (exit.exitCode === 0) return null
      if (notStarted.has(exit.exitCode)) return toolMissing(tool, lastWords(exit.stderr))
      if (fullDisk.test(exit.stderr)) return diskFull(doing)
      // It did not come to a judgement about the file.
      if (exit.exitCode === null || exit.exitCode === interrupted)
        return toolCrashed(tool, doing, lastWords(exit.stderr))
      return otherwise(lastWords(exit.stderr))
  }
}
