import { type ClipFacts, guardedInput } from '../examine.ts'

export type Encoding = {
  readonly width: number
  readonly height: number
  readonly frames: number
  readonly frameRate: ClipFacts['frameRate']
  /** The clip whose sound is kept; null for silence. */
  readonly sound: string | null
  readonly target: string
}

/** The ffmpeg command that writes a video from the frames that come in, three bytes a pixel. */
export function encodeArguments({ width, height, frames, frameRate, sound, target }: Encoding): string[] {
  const rate = `${String(frameRate.num)}/${String(frameRate.den)}`
  const duration = ((frames * frameRate.den) / frameRate.num).toFixed(6)
  return [
    ...['-hide_banner', '-y', '-v', 'error', '-xerror'],
    ...['-protocol_whitelist', 'pipe', '-format_whitelist', 'rawvideo', '-f', 'rawvideo'],
    ...['-pixel_format', 'rgb24', '-video_size', `${String(width)}x${String(height)}`, '-framerate', rate],
    ...['-i', 'pipe:0'],
    ...(sound === null ? [] : [...guardedInput, '-i', `file:${sound}`]),
    ...['-map', '0:v:0', '-vf', 'scale=out_color_matrix=bt709:out_range=tv:flags=bilinear+accurate_rnd'],
    ...(sound === null
      ? ['-an']
      : ['-map', '1:a:0', '-c:a', 'aac', '-b:a', '160k', '-ac', '2', '-t', duration]),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '19', '-pix_fmt', 'yuv420p', '-r', rate],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-map_metadata', '-1', '-sn', '-dn', '-movflags', '+faststart', '-f', 'mp4', `file:${target}`],
  ]
}
