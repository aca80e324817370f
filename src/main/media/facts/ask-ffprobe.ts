import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Bytes, Milliseconds } from '../../../shared/units.ts'
import { mostFrames, tooManyFrames } from '../clip-limits.ts'
import { keptFrom } from '../codecs.ts'
import { damaged, unsupportedCodec } from '../file-problems.ts'
import { allocationLimit, fileUrl, guards } from '../guards.ts'
import { commandLine, type Kit } from '../kit.ts'
import { lastWords } from '../last-words.ts'
import type { Running } from '../media.ts'
import { nameOf } from '../naming.ts'
import { createReportReader, type Report } from './report.ts'
import { toolProblem } from '../tool-problem.ts'

export type Question = {
  /** What is to be told, as `-show_entries` takes it. */
  readonly entries: string
  readonly options?: readonly string[]
  readonly wallLimit: Milliseconds
}

/** Demuxing reads the file once; a slow disk gets the time for that on top. */
export const readingLimit = (bytes: Bytes): Milliseconds => 15_000 + bytes / 20_000

/** One run of ffprobe on a file that nobody has vouched for. */
export async function askFfprobe(
  kit: Kit,
  path: string,
  { entries, options = [], wallLimit }: Question,
  { signal, onCommand }: Running,
): Promise<Outcome<{ readonly report: Report; readonly words: string }>> {
  const reader = createReportReader()
  const enough = new AbortController()
  const args = [
    ...['-v', 'error', ...allocationLimit, ...guards, ...options],
    ...['-show_entries', entries, '-of', 'compact', fileUrl(path)],
  ]
  onCommand?.(commandLine(kit.ffprobe, args))
  const exit = await kit.run({
    command: kit.ffprobe,
    args,
    signal: AbortSignal.any([enough.signal, ...(signal ? [signal] : [])]),
    wallLimit,
    stallLimit: kit.stallLimit,
    onOutput: (chunk) => {
      reader.take(chunk)
      // A file can name the same few bytes as endlessly many pictures, and each would be remembered.
      if (reader.count() > mostFrames) enough.abort()
    },
  })
  if (enough.signal.aborted) return tooManyFrames(path)
  const problem = toolProblem(exit, {
    tool: 'ffprobe',
    doing: `Reading “${nameOf(path)}”`,
    otherwise: (detail) => {
      const codec = keptFrom(exit.stderr)
      return codec === null ? damaged(path, detail) : unsupportedCodec(path, codec)
    },
  })
  return problem ?? ok({ report: reader.close(), words: lastWords(exit.stderr) })
}
