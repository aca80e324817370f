import { resolve } from 'node:path'
import { codecWhitelists } from './codecs.ts'
import type { ClipFacts } from '../../shared/domain/media.ts'
import type { Failure } from '../../shared/outcome.ts'
import { refused } from './source-file.ts'

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

export const mostFrames = limits.duration * limits.frameRate

/** Packets of every kind: sound may come in many small ones. */
export const mostEntries = 10 * mostFrames

export const tooManyFrames = (path: string): Failure =>
  refused(path, 'has more frames than four hours at 240 frames per second.')

/** Beyond these, decoding could take the whole machine. */
export function beyondLimits(
  path: string,
  { facts, streams }: { readonly facts: ClipFacts; readonly streams: number },
): Failure | null {
  const { width, height, duration, frameRate } = facts
  if (Math.max(width, height) > limits.side || width * height > limits.pixels)
    return refused(
      path,
      `is ${width} × ${height} pixels. Understudy reads up to 8192 per side and 33 million in total.`,
    )
  if (duration > limits.duration) return refused(path, 'is longer than four hours.')
  if (frameRate > limits.frameRate)
    return refused(path, `has ${Math.round(frameRate)} frames per second. Understudy reads up to 240.`)
  if (streams > limits.streams) return refused(path, `has ${streams} tracks. Understudy reads up to 16.`)
  return null
}
