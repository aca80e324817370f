import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Seconds } from '../../../shared/units.ts'
import { assumedMatrix, forJpeg } from '../clip/colours.ts'
import { canToneMap, joined, toSdr } from '../clip/filter-graph.ts'
import { atMost } from '../clip/output-format.ts'
import type { EvenStills, MediaTools } from '../media.ts'
import { fileUrl } from '../limits.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { everyFrameOnce } from './frame-range.ts'
import { createJpegSplitter } from './picture.ts'

/** The frames that are shown in the middles of `count` equal parts of a clip. Of few frames, some come more than once. */
export function evenFrames(times: readonly Seconds[], duration: Seconds, count: number): readonly number[] {
  const zero = times[0] ?? 0
  return Array.from({ length: count }, (_, nth) => {
    const middle = ((nth + 0.5) * duration) / count
    const next = times.findIndex((time) => time - zero > middle)
    return Math.max(0, (next === -1 ? times.length : next) - 1)
  })
}

type StillsOutput = {
  /** An output beside others, for a run that decodes every frame. */
  readonly output: readonly string[]
  /** Once the run has ended: the pictures, null if some are missing. */
  readonly read: () => Promise<readonly Uint8Array[] | null>
  readonly remove: () => Promise<void>
}

/** Pictures of a clip as one more output of a run that decodes it anyway. Throws as the file system does. */
export async function openStillsOutput(
  mediaTools: MediaTools,
  clip: MeasuredClip,
  { count, maxSide }: Pick<EvenStills, 'count' | 'maxSide'>,
): Promise<StillsOutput> {
  const { workFolder, trackFile } = mediaTools
  const { facts, videoStream, times } = clip
  const wanted = evenFrames(times, facts.duration, count)
  const frames = [...new Set(wanted)]
  const light = toSdr(clip, await canToneMap(mediaTools, facts))
  const { width, height } = atMost(facts, maxSide)
  const matrix = light.length > 0 ? '' : assumedMatrix(clip)
  const filters = [
    `select='${frames.map((frame) => `eq(n,${String(frame)})`).join('+')}'`,
    ...light,
    `scale=${String(width)}:${String(height)}:flags=area${matrix}${forJpeg}`,
    'setsar=1',
    'format=yuvj420p',
    ...everyFrameOnce.filters,
  ]
  await mkdir(workFolder, { recursive: true, mode: 0o700 })
  const file = join(workFolder, `${randomUUID()}.mjpeg`)
  const untrack = trackFile(file)
  return {
    output: [
      ...['-map', `0:${String(videoStream)}`, '-filter:v', joined(filters), ...everyFrameOnce.options],
      ...['-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe', fileUrl(file)],
    ],
    read: async () => {
      const jpegs: Uint8Array[] = []
      const splitter = createJpegSplitter((jpeg) => jpegs.push(jpeg))
      splitter.take(await readFile(file))
      splitter.close()
      return jpegs.length === frames.length
        ? wanted.flatMap((frame) => jpegs[frames.indexOf(frame)] ?? [])
        : null
    },
    remove: () => rm(file, { force: true }).then(untrack, () => undefined),
  }
}
