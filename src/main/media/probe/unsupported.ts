import type { Failure } from '../../../shared/outcome.ts'
import { findBox, tracksOf } from './mp4-boxes.ts'
import { refusedCodec } from '../limits.ts'
import { unsupportedCodec } from './problems.ts'
import type { MediaTools, Running } from '../media.ts'
import { runJob } from '../ffmpeg.ts'
import { itemIn, numberIn, textIn, type ProbeItem } from './probe-items.ts'

/** The messages of ffmpeg up to 6, and of 7 and newer. */
const noDecoder = /Decoder \(codec .*\) not found|no decoder found/i

/** Sample entries of encrypted tracks in MP4 and MOV: `encv`, `enca`, and Apple’s `drmi`, `drms`. */
const scrambled = /^(?:enc[vat]|drm[is])$/

/** The first sample entry comes after version, flags and count. */
const entryType = (moov: Buffer, from: number, to: number) =>
  from + 16 <= to ? moov.toString('latin1', from + 12, from + 16) : ''

function isScrambled(moov: Buffer): boolean {
  return tracksOf(moov).some((track) => {
    const stsd = findBox(moov, track, 'mdia', 'minf', 'stbl', 'stsd')
    return stsd !== null && scrambled.test(entryType(moov, stsd.from, stsd.to))
  })
}

/** Whether a key is needed to read any track; ffprobe reports the key of a Matroska file as a tag. */
export const isProtected = (moov: Buffer | null, streams: readonly ProbeItem[]): boolean =>
  (moov !== null && isScrambled(moov)) || streams.some((stream) => 'enc_key_id' in itemIn(stream, 'tags'))

/**
 * Why a video stream cannot be decoded although its packets can be read; null where a decoder exists. ffprobe does not
 * distinguish a missing decoder from one that fails, so ffmpeg is asked where ffprobe reports no pixel format.
 */
export async function withoutDecoder(
  mediaTools: MediaTools,
  path: string,
  video: ProbeItem,
  complaints: string,
  { signal, onCommand }: Running,
): Promise<Failure | null> {
  if (textIn(video, 'pix_fmt') !== undefined) return null
  const codec = textIn(video, 'codec_name')
  const failure = unsupportedCodec(path, codec ?? textIn(video, 'codec_tag_string') ?? 'unknown')
  if (codec === undefined || refusedCodec(complaints) !== null) return failure
  const job = {
    inputs: [{ path }],
    options: ['-map', `0:${String(numberIn(video, 'index'))}`, '-frames:v', '1', '-f', 'null'],
    target: null,
  }
  const exit = await runJob(mediaTools, { job, duration: 0 }, { signal, onCommand })
  return noDecoder.test(exit.stderr) ? failure : null
}
