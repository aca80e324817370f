import { resolve } from 'node:path'
import type { ClipFacts } from '../../shared/domain/media.ts'
import type { Failure } from '../../shared/outcome.ts'
import { beyondLimit, tooMuch } from './problems.ts'

/**
 * The codecs that may be decoded: those of cameras, phones, editors, screen recorders and web services. ffmpeg knows
 * five times as many, most of them from old games, and a crafted file can reach the code of each. These are names of
 * decoders; a build may lack some.
 */
const cameras = 'h264 hevc vp8 vp9 mpeg4 mpeg2video mpeg1video mjpeg h263 theora vp6 vp6a vp6f dvvideo'
const libraries = 'libdav1d libaom-av1 libgav1 av1 libvpx libvpx-vp9'
const stills = 'png apng gif webp bmp'
const windows = 'msmpeg4v1 msmpeg4v2 msmpeg4 wmv1 wmv2 wmv3 vc1 mss2 msvideo1 msrle flv flashsv flashsv2'
const editors = 'prores dnxhd cfhd hap qtrle rawvideo v210 v308 v408 v410 r210 r10k mjpegb'
const lossless = 'ffv1 huffyuv ffvhuff utvideo magicyuv lagarith cllc'
const screens = 'camtasia tscc2 camstudio zmbv fraps'
const older = 'rpza smc 8bps cinepak svq1 svq3 indeo3 indeo4 indeo5'

const music =
  'aac aac_latm mp3float mp3 mp2float mp2 mp1float mp1 opus libopus vorbis libvorbis alac flac wavpack'
const cinema = 'ac3 eac3 dca truehd mlp'
const speech = 'amrnb libopencore_amrnb amrwb libopencore_amrwb speex libspeex gsm_ms libgsm_ms nellymoser'
const olderSounds = 'wmav1 wmav2 wmapro wmalossless qdm2 qdmc'
const adpcm = 'adpcm_ms adpcm_swf adpcm_ima_wav adpcm_ima_qt adpcm_yamaha'
const integers =
  'pcm_u8 pcm_s8 pcm_s16le pcm_s16be pcm_s24le pcm_s24be pcm_s32le pcm_s32be pcm_u16le pcm_u16be'
const floats = 'pcm_f32le pcm_f32be pcm_f64le pcm_f64be'
const otherPcm = 'pcm_alaw pcm_mulaw pcm_bluray pcm_dvd pcm_s16le_planar pcm_s16be_planar pcm_s24le_planar'

const list = (...groups: readonly string[]) => groups.join(' ').replaceAll(' ', ',')

/**
 * Goes before an input, for ffmpeg and ffprobe alike. There is no list for subtitles: nothing decodes them, but ffprobe
 * opens a decoder for each stream and gives up on the whole file at the first that is not allowed.
 */
export const codecWhitelists: readonly string[] = [
  '-codec_whitelist:v',
  list(cameras, libraries, stills, windows, editors, lossless, screens, older),
  '-codec_whitelist:a',
  list(music, cinema, speech, olderSounds, adpcm, integers, floats, otherPcm),
]

/**
 * The decoder that a tool was not allowed to use, from its message: the file may be whole, but its codec is not
 * supported.
 */
export const refusedCodec = (stderr: string): string | null =>
  /Codec \(([^)]+)\) not on whitelist/.exec(stderr)?.[1] ?? null

/**
 * Names of demuxers. None of these opens another file or address, as playlists, file lists, session descriptions and
 * image sequences do.
 */
const formats = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mxf,gif,apng'

/**
 * ffmpeg opens whatever a file refers to: without these options a playlist renamed .mp4 copies other files of the user
 * into the output, and a crafted image takes all memory. Both tools know all of these options.
 */
export const inputGuards: readonly string[] = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  formats,
  ...codecWhitelists,
  '-max_pixels',
  String(7680 * 4320),
]
/** The limit of one allocation: a frame of the largest allowed size fits. */
export const allocationLimit: readonly string[] = ['-max_alloc', '1073741824']

export const limits = {
  imageBytes: 100_000_000,
  side: 8192,
  pixels: 7680 * 4320,
  /** Phones take pictures of up to 108 million pixels. */
  imagePixels: 120_000_000,
  streams: 16,
  duration: 4 * 3600,
  frameRate: 240,
} as const

/** `file:` and an absolute path make every name literal: a leading dash, `%03d`, `concat:`, a pipe. */
export const fileUrl = (path: string): string => `file:${resolve(path)}`

export const maxFrames = limits.duration * limits.frameRate

/** Packets of every kind: a sound track may have many small ones. */
export const maxEntries = 10 * maxFrames

export const tooManyFrames = (path: string): Failure => beyondLimit(path, tooMuch.frames)

/** Decoding more than this could take all of the computer’s memory and time. */
export function limitProblem(
  path: string,
  { facts, streams }: { readonly facts: ClipFacts; readonly streams: number },
): Failure | null {
  const { width, height, duration, frameRate } = facts
  if (Math.max(width, height) > limits.side || width * height > limits.pixels)
    return beyondLimit(path, tooMuch.pixels(width, height))
  if (duration > limits.duration) return beyondLimit(path, tooMuch.duration)
  if (frameRate > limits.frameRate) return beyondLimit(path, tooMuch.frameRate(frameRate))
  if (streams > limits.streams) return beyondLimit(path, tooMuch.tracks(streams))
  return null
}
