import type { ClipContainer } from '../../../shared/domain/media.ts'
import { ok, type Outcome } from '../../../shared/outcome.ts'
import { askFfprobe, createReportReader, frameEntries, type DecodedFrame, type Timeline } from './ffprobe.ts'
import type { FramesNeeded } from './clip-facts.ts'
import type { MediaTools, Running } from '../media.ts'
import { numberIn, textIn, type ProbeItem } from './probe-items.ts'

/**
 * Two minutes of 1080p at 30 frames per second take ten to twenty seconds; for anything longer the packets are trusted.
 */
const maxDecodedPixels = 1920 * 1080 * 30 * 120

/** Codecs whose frames are always complete, so that there are no fields to combine. */
const neverInterlaced = ['hevc', 'vp8', 'vp9', 'av1', 'gif', 'png', 'webp']

/**
 * Codecs with one frame per packet, apart from the exceptions below. Screen recordings have packets that mean “nothing
 * changed” and give no frame; rarer codecs are not trusted.
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

/** Some packets give no frame, or a frame at another time. */
function packetsMislead(video: ProbeItem, { times, firstKey, headless, undated }: Timeline): boolean {
  const [first = 0] = times
  // Nothing can be shown before the first keyframe, nor from a stream that starts in the middle.
  if (headless || firstKey === null || first < firstKey) return true
  // Only the decoding order is known, and the decoder reorders.
  if (undated > 0 && numberIn(video, 'has_b_frames') > 0) return true
  // Of two at the same time, one is a reference frame that is never shown, as in VP8.
  return times.some((time, index) => time === times[index - 1])
}

/** In MPEG streams each field of a frame may have a packet of its own, as in H.264 from camcorders. */
const mayComeInFields = (video: ProbeItem, container: ClipContainer) =>
  (container === 'mpegts' || container === 'mpeg') &&
  textIn(video, 'codec_name') === 'h264' &&
  textIn(video, 'field_order') !== 'progressive'

export function framesNeeded(video: ProbeItem, timeline: Timeline, container: ClipContainer): FramesNeeded {
  const pixels = numberIn(video, 'width') * numberIn(video, 'height') * timeline.times.length
  // Trusting the packets would give a clip that cannot be prepared; most of these are cheap to decode.
  if (!framePerPacket.has(textIn(video, 'codec_name') ?? '') && pixels <= 10 * maxDecodedPixels) return 'all'
  if (mayComeInFields(video, container) && pixels <= 10 * maxDecodedPixels) return 'all'
  if (packetsMislead(video, timeline) && pixels <= maxDecodedPixels) return 'all'
  const known =
    textIn(video, 'field_order') !== undefined || neverInterlaced.includes(textIn(video, 'codec_name') ?? '')
  return known ? 'none' : 'few'
}

/** Enough to get past a fade from black, and quick to decode. */
const fewFrames = 12

/** The decoded frames of a stream, in display order. */
export async function decodeFrames(
  mediaTools: MediaTools,
  path: string,
  { stream, needed }: { readonly stream: number; readonly needed: 'few' | 'all' },
  running: Running,
): Promise<Outcome<readonly DecodedFrame[]>> {
  const interval = needed === 'few' ? ['-read_intervals', `%+#${fewFrames}`] : []
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
