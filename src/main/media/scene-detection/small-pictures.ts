import type { ClipFacts } from '../../../shared/domain/media.ts'
import { defaultBackground, onBackground, withAlpha } from '../clip/colours.ts'
import { joined, storedSize } from '../clip/filter-graph.ts'
import type { FfmpegJob } from '../ffmpeg.ts'
import {
  everyFrameOnce,
  onlyFrames,
  readFrom,
  withoutRebuilding,
  type FrameRange,
} from '../previews/frame-range.ts'
import type { MeasuredClip } from '../probe/clip-facts.ts'
import { signatureSize, type SignatureSize } from './frame-signature.ts'

/** The stored orientation is enough, because neither cuts nor motion depend on rotation. */
export const smallSize = ({ width, height, rotation }: ClipFacts): SignatureSize =>
  signatureSize(rotation % 180 === 0 ? width / height : height / width)

/** Every frame of a range as a small picture in yuv420p, one after the other on standard output. */
export function smallPicturesJob(
  path: string,
  clip: MeasuredClip,
  range: FrameRange,
  seek: boolean,
): FfmpegJob {
  const { width, height } = smallSize(clip.facts)
  // Rotating large frames and deblocking take time and make no difference at this size.
  const cheaply = [
    ...withAlpha(clip.facts),
    '-noautorotate',
    '-skip_loop_filter',
    'all',
    ...withoutRebuilding,
  ]
  const filters = [
    ...onlyFrames(clip, range),
    ...onBackground(clip.facts, defaultBackground, storedSize(clip.facts)),
    // Averages all pixels, which removes noise and interlacing.
    `scale=${width}:${height}:flags=area:out_range=tv`,
    ...everyFrameOnce.filters,
  ]
  return {
    inputs: [readFrom(path, clip, range, seek, cheaply)],
    options: [
      ...['-map', `0:${clip.videoStream}`, '-filter:v', joined(filters), ...everyFrameOnce.options],
      ...['-frames:v', String(range.count), '-pix_fmt', 'yuv420p', '-f', 'rawvideo'],
    ],
    target: 'pipe:1',
  }
}
