import { ok, type Failure, type Outcome } from '../../../shared/outcome.ts'
import { mostEntries, mostFrames, tooManyFrames } from '../limits.ts'
import { allocationLimit, fileUrl, guards } from '../guards.ts'
import { commandLine, type Kit } from '../kit.ts'
import type { Running } from '../media.ts'
import { nameOf } from '../naming.ts'
import { toolProblem } from '../tool-problem.ts'
import { asItems, createItemReader, type ProbeItem } from './probe-items.ts'
import { unreadAs } from './unsupported.ts'

export type Question = {
  /** What is to be told, as `-show_entries` takes it. */
  readonly entries: string
  readonly options?: readonly string[]
  readonly onItem: (list: string, item: ProbeItem) => void
  /** For the sentence when it is stopped; reading the file, where nothing is said. */
  readonly doing?: string
  /** What a plain failure means, where it says nothing about the user's file. */
  readonly otherwise?: (detail: string) => Failure
}

/** It tells of dozens of packets at a time, and a slow disk may take long to bring as many large ones. */
const patience = 4

/** One run of ffprobe on a file that nobody has vouched for; it takes as long as it takes while something comes. */
export async function askFfprobe(
  kit: Kit,
  path: string,
  { entries, options = [], onItem, doing = `Reading “${nameOf(path)}”`, otherwise }: Question,
  { signal, onCommand }: Running,
): Promise<Outcome<{ readonly complaints: string }>> {
  let told = 0
  let pictures = 0
  const enough = new AbortController()
  const items = createItemReader((list, item) => {
    told += 1
    if (item['codec_type'] === 'video' || list === 'frames') pictures += 1
    onItem(list, item)
  })
  const args = [
    ...['-v', 'error', ...allocationLimit, ...guards, ...options],
    ...['-show_entries', entries, ...asItems, fileUrl(path)],
  ]
  onCommand?.(commandLine(kit.ffprobe, args))
  const exit = await kit.run({
    command: kit.ffprobe,
    args,
    signal: AbortSignal.any([enough.signal, ...(signal ? [signal] : [])]),
    stallLimit: patience * kit.stallLimit,
    onOutput: (chunk) => {
      items.take(chunk)
      // A file can name the same few bytes as endlessly many pictures, and each would be remembered.
      if (pictures > mostFrames || told > mostEntries) enough.abort()
    },
  })
  if (enough.signal.aborted) return tooManyFrames(path)
  items.close()
  const problem = toolProblem(exit, {
    tool: 'ffprobe',
    doing,
    otherwise: otherwise ?? unreadAs(path, exit.stderr),
  })
  return problem ?? ok({ complaints: exit.stderr })
}
