import type { ClipContainer } from '../../../shared/domain/media.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { askFfprobe, createReportReader, frameEntries, type DecodedFrame, type Timeline } from './ffprobe.ts'
import type { Look } from './clip-facts.ts'
import type { MediaTools, Running } from '../media.ts'
import { numberIn, textIn, type ProbeItem } from './probe-items.ts'

/** Two minutes of 1080p at 30 a second, ten to twenty seconds of work; of anything longer the packets are believed. */
const mostPixels = 1920 * 1080 * 30 * 120

/** Their pictures are always whole, fields or not, so that there is nothing to weave together. */
const neverInterlaced = ['hevc', 'vp8', 'vp9', 'av1', 'gif', 'png', 'webp']

/**
 * Every packet of theirs is a frame, but for what is said below. Recordings of screens have packets that mean “nothing
 * changed” and make none, and nobody knows what the rarer codecs do.
 */
const framePerPacket = new Set([
  ...['h264', 'hevc', 'vp8', 'vp9', 'av1', 'vvc', 'mpeg1video', 'mpeg2video', 'mpeg4', 'msmpeg4v3', 'h263'],
  ...['flv1', 'wmv1', 'wmv2', 'wmv3', 'vc1', 'svq3', 'theora', 'gif', 'png', 'jpeg2000'],
  ...[
    'prores',
    'dnxhd',
    'cfhd',
    'mjpeg',
    'dvvideo',
    'ffv1',
    'huffyuv',
    'ffvhuff',
    'utvideo',
    'rawvideo',
    'v210',
  ],
])

/** Some packets give no frame, or one at another time than their own. */
function packetsMislead(video: ProbeItem, { times, firstKey, headless, undated }: Timeline): boolean {
  const [first = 0] = times
  // Nothing can be shown from a stream that starts in the middle, nor what comes before its first keyframe.
  if (headless || firstKey === null || first < firstKey) return true
  // Only their order of decoding is known, and the decoder is told to change it.
  if (undated > 0 && numberIn(video, 'has_b_frames') > 0) return true
  // One of two at the same time is there for others to refer to and never shown, as VP8 has it.
  return times.some((time, index) => time === times[index - 1])
}

/** In a stream, each of the two fields of a picture may come in a packet of its own, as camcorders write H.264. */
const mayComeInFields = (video: ProbeItem, container: ClipContainer) =>
  (container === 'mpegts' || container === 'mpeg') &&
  textIn(video, 'codec_name') === 'h264' &&
  textIn(video, 'field_order') !== 'progressive'

export function lookNeeded(video: ProbeItem, timeline: Timeline, container: ClipContainer): Look {
  const pixels = numberIn(video, 'width') * numberIn(video, 'height') * timeline.times.length
  // Believing the packets would make a clip that cannot be prepared; most of them cost a decoder nothing.
  if (!framePerPacket.has(textIn(video, 'codec_name') ?? '') && pixels <= 10 * mostPixels) return 'all'
  if (mayComeInFields(video, container) && pixels <= 10 * mostPixels) return 'all'
  if (packetsMislead(video, timeline) && pixels <= mostPixels) return 'all'
  const known =
    textIn(video, 'field_order') !== undefined || neverInterlaced.includes(textIn(video, 'codec_name') ?? '')
  return known ? 'none' : 'few'
}

/** Past the first pictures of a fade from black, and quickly decoded. */
const fewFrames = 12

/** The frames a decoder makes of a stream, in the order in which they are shown. */
export async function lookAtFrames(
  mediaTools: MediaTools,
  path: string,
  { stream, look }: { readonly stream: number; readonly look: 'few' | 'all' },
  running: Running,
): Promise<Outcome<readonly DecodedFrame[]>> {
  const interval = look === 'few' ? ['-read_intervals', `%+#${fewFrames}`] : []
  const reader = createReportReader()
  const answer = await askFfprobe(
    mediaTools,
    path,
    {
      entries: frameEntries,
      options: ['-threads', '4', '-select_streams', String(stream), ...interval],
      onItem: reader.take,
    },
    running,
  )
  return answer.ok ? ok(reader.close().frames) : answer
}
