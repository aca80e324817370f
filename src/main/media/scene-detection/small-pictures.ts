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

/** What is needed of each small picture: without colours it takes a twentieth less time. */
type Pixels = 'yuv420p' | 'gray'

/** Options of an output of small pictures, one after the other. */
export const smallPictures = (
  { videoStream }: Pick<MeasuredClip, 'videoStream'>,
  { width, height }: SignatureSize,
  pixels: Pixels,
  before: readonly string[] = [],
): readonly string[] => {
  // Averages all pixels, which removes noise and interlacing.
  const scale = `scale=${String(width)}:${String(height)}:flags=area:out_range=tv`
  const filters = joined([...before, scale, ...everyFrameOnce.filters])
  return [
    ...['-map', `0:${String(videoStream)}`, '-filter:v', filters, ...everyFrameOnce.options],
    ...['-pix_fmt', pixels, '-f', 'rawvideo'],
  ]
}

/** Every frame of a range as a small picture, on standard output. */
export function smallPicturesJob(
  path: string,
  clip: MeasuredClip,
  range: FrameRange,
  pixels: Pixels,
  seek = false,
): FfmpegJob {
  // Rotating large frames and deblocking take time and make no difference at this size.
  const cheaply = [
    ...withAlpha(clip.facts),
    '-noautorotate',
    '-skip_loop_filter',
    'all',
    ...withoutRebuilding,
  ]
  const before = [
    ...onlyFrames(clip, range),
    ...onBackground(clip.facts, defaultBackground, storedSize(clip.facts)),
  ]
  const pictures = smallPictures(clip, smallSize(clip.facts), pixels, before)
  return {
    inputs: [readFrom(path, clip, range, seek, cheaply)],
    options: [...pictures, '-frames:v', String(range.count)],
    target: 'pipe:1',
  }
}
