import { fail, ok, type Failure, type Outcome } from '../../shared/outcome.ts'
import type { ClipContainer } from '../../shared/media.ts'
import type { Bytes } from '../../shared/units.ts'
import { formatBytes } from '../../shared/units.ts'
import { isWhole, walkBoxes } from './boxes.ts'
import { measureClip, type MeasuredClip } from './clip-facts.ts'
import { allocationLimit, fileUrl, guards, limits } from './guards.ts'
import { commandLine, type Kit } from './kit.ts'
import { lastWords } from './last-words.ts'
import type { Running } from './media.ts'
import { nameOf } from './naming.ts'
import { acceptedClips, readHead } from './read-head.ts'
import { createReportReader, reportEntries } from './report.ts'
import { toolProblem } from './tool-problem.ts'

type Found = { readonly container: ClipContainer; readonly bytes: Bytes }

const damaged = (path: string, detail?: string): Failure =>
  fail('file-damaged', `“${nameOf(path)}” is damaged or not complete.`, {
    advice: 'Copy or export it again, and choose the new file.',
    ...(detail === undefined ? {} : { detail }),
  })

const refused = (path: string, why: string): Failure =>
  fail('input-refused', `“${nameOf(path)}” ${why}`, {
    advice: 'Export a smaller version of it and choose that.',
  })

/** Beyond these, decoding could take the whole machine. */
function beyondLimits(path: string, { facts, streams }: MeasuredClip): Failure | null {
  const { width, height, duration, frameRate } = facts
  if (Math.max(width, height) > limits.side || width * height > limits.pixels)
    return refused(
      path,
      `is ${width} × ${height} pixels; the studio reads up to 8192 on a side and 33 million in all.`,
    )
  if (duration > limits.duration) return refused(path, 'is longer than four hours.')
  if (frameRate > limits.frameRate)
    return refused(path, `has ${Math.round(frameRate)} frames per second; the studio reads up to 240.`)
  if (streams > limits.streams) return refused(path, `holds ${streams} tracks; the studio reads up to 16.`)
  return null
}

/** Demuxing reads the file once; a slow disk gets the time for that on top. */
const probeLimit = (bytes: Bytes) => 15_000 + bytes / 20_000

/** Everything ffprobe knows about a clip, in one run that decodes nothing but the first pictures. */
export async function measure(
  kit: Kit,
  path: string,
  { container, bytes }: Found,
  { signal, onCommand }: Running = {},
): Promise<Outcome<MeasuredClip>> {
  if (bytes > limits.clipBytes)
    return fail(
      'file-too-large',
      `“${nameOf(path)}” is ${formatBytes(bytes)}; the studio reads up to 4.29 GB.`,
      {
        advice: 'Cut out the part you need and choose that.',
      },
    )
  if ((container === 'mp4' || container === 'mov') && !isWhole(await walkBoxes(path))) return damaged(path)

  const reader = createReportReader()
  const args = [
    ...['-v', 'error', ...allocationLimit, ...guards],
    ...['-show_entries', reportEntries, '-of', 'compact', fileUrl(path)],
  ]
  onCommand?.(commandLine(kit.ffprobe, args))
  const exit = await kit.run({
    command: kit.ffprobe,
    args,
    signal,
    wallLimit: probeLimit(bytes),
    stallLimit: kit.stallLimit,
    onOutput: reader.take,
  })
  const problem = toolProblem(exit, {
    tool: 'ffprobe',
    doing: `Reading “${nameOf(path)}”`,
    otherwise: (detail) => damaged(path, detail),
  })
  if (problem) return problem

  const report = reader.close()
  const clip = measureClip(report, { container, bytes })
  if (clip) return beyondLimits(path, clip) ?? ok(clip)
  if (report.streams.some((stream) => stream.get('codec_type') === 'video' && stream.has('codec_name')))
    return damaged(path, lastWords(exit.stderr))
  return fail('not-a-video', `“${nameOf(path)}” holds no moving picture the studio can read.`, {
    advice: acceptedClips,
    detail: lastWords(exit.stderr),
  })
}

/** Any file, from its first bytes on; whatever is not a clip is refused. */
export async function measureFile(
  kit: Kit,
  path: string,
  running: Running = {},
): Promise<Outcome<MeasuredClip>> {
  const head = await readHead(path)
  if (!head.ok) return head
  const { sniffed, bytes } = head.value
  if (sniffed.kind === 'clip') return measure(kit, path, { container: sniffed.container, bytes }, running)
  return fail('not-a-video', `“${nameOf(path)}” is a picture, not a video.`, { advice: acceptedClips })
}
