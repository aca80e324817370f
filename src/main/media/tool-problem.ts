import { isProgress } from './tool-output.ts'
import { cancelled, fail, type Failure } from '../../shared/outcome.ts'
import type { ToolExit } from '../system/ports.ts'

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

export const diskFull = (what: string): Failure =>
  fail('disk-full', `${what} failed: the disk is full.`, {
    advice: 'Free some space or choose a folder on another disk, then try again.',
  })

export const toolMissing = (tool: 'ffmpeg' | 'ffprobe', detail?: string): Failure =>
  fail('tool-missing', `This computer has no ${tool} that Understudy can use.`, {
    advice: `Run the set-up again or install ${tool} 5 or newer, then restart Understudy.`,
    ...(detail === undefined ? {} : { detail }),
  })

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
      return fail('tool-failed', `${doing} took too long: ${tool} made no progress and was stopped.`, {
        advice: 'Close other programs and try again, or export a smaller version and choose that.',
        detail: lastWords(exit.stderr),
      })
    case 'exit':
      if (exit.exitCode === 0) return null
      if (notStarted.has(exit.exitCode)) return toolMissing(tool, lastWords(exit.stderr))
      if (fullDisk.test(exit.stderr)) return diskFull(doing)
      // It did not come to a judgement about the file.
      if (exit.exitCode === null || exit.exitCode === interrupted)
        return fail('tool-failed', `${doing} failed: ${tool} stopped unexpectedly.`, {
          advice: 'Try again. If it happens again, export the file from another program and choose that.',
          detail: lastWords(exit.stderr),
        })
      return otherwise(lastWords(exit.stderr))
  }
}
