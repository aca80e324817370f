import { isProgress } from './tool-output.ts'
import { cancelled, type Failure } from '../../shared/outcome.ts'
import type { ToolExit } from '../system/ports.ts'
import { diskFull, toolCrashed, toolMissing, toolStalled } from './problems.ts'

/** The folders of an absolute path, up to its last slash; a space behind a colon ends it. */
const folders =
  /(?<![\w.])(?:file:)?(?:[A-Za-z]:)?[\\/](?:(?!: )[^\\/\n])+?[\\/](?:(?:(?!: )[^\\/\n])*?[\\/])*/g

/** The last line a tool wrote, without the folders of files, which are private. */
export function lastWords(stderr: string): string {
  const line = stderr
    .trim()
    .split('\n')
    .findLast((one) => !isProgress(one))
  if (line === undefined) return ''
  return line.replace(folders, '…/').slice(-500)
}

const fullDisk = /No space left on device|ENOSPC|There is not enough space on the disk/i

/** ffmpeg’s exit code when a signal ended it cleanly. */
const interrupted = 255

/**
 * Exit codes of a shell, `setpriv` and the dynamic loader when a program cannot be started, for lack of permission or
 * of a library. Neither ffmpeg nor ffprobe exits with them.
 */
const notStarted: ReadonlySet<number | null> = new Set([126, 127])

/** Why a run failed; `otherwise` says what an ordinary failure of this tool on this file means. */
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
      // The tool did not judge the file.
      if (exit.exitCode === null || exit.exitCode === interrupted)
        return toolCrashed(tool, doing, lastWords(exit.stderr))
      return otherwise(lastWords(exit.stderr))
  }
}
