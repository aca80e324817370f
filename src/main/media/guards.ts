import { resolve } from 'node:path'
import { codecWhitelists } from './codecs.ts'

/**
 * Names of demuxers. None of these opens another file or address: playlists, lists of files, descriptions of sessions and
 * rows of pictures are of others.
 */
const formats = 'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg,mxf,gif,apng'

/**
 * ffmpeg opens whatever a file asks it to: without these a playlist renamed .mp4 copies other files of the user into
 * the output, and a crafted picture takes all memory. Both tools know all of these options.
 */
export const guards: readonly string[] = [
  '-protocol_whitelist',
  'file',
  '-format_whitelist',
  formats,
  ...codecWhitelists,
  '-max_pixels',
  String(7680 * 4320),
]
/** One allocation; whole frames of the largest allowed size fit. */
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
