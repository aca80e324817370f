import { ok, type Outcome } from '../../../shared/outcome.ts'
import type { Milliseconds } from '../../../shared/units.ts'
import { ffmpegArgs } from '../ffmpeg.ts'
import { limits } from '../limits.ts'
import type { ImageHeader } from './header.ts'
import { damagedImage, tooFewPixels, undecoded } from './problems.ts'
import { bytesOf, tiffHead, type PixelKind } from './tiff.ts'
import { commandLine, type MediaTools, type Running } from '../media.ts'
import { doing } from '../problems.ts'
import { toolProblem } from '../tool-problem.ts'

/** How long it may be silent: it prints nothing before the first rows, and a disk may be slow. */
const stallLimit: Milliseconds = 120_000

/** Overrides the usual limits: only this format and codec, and the size limit of images. */
const onlyBitmaps = [
  ...[
    '-format_whitelist',
    'bmp_pipe',
    '-codec_whitelist:v',
    'bmp',
    '-max_pixels',
    String(limits.imagePixels),
  ],
  ...['-f', 'bmp_pipe'],
]

/** Decodes a Windows bitmap, which sharp cannot read, to a TIFF in memory. */
export async function decodeBmp(
  mediaTools: Pick<MediaTools, 'run' | 'ffmpeg'>,
  path: string,
  { width, height, alpha }: Pick<ImageHeader, 'width' | 'height' | 'alpha'>,
  { signal, onCommand }: Running,
): Promise<Outcome<Uint8Array>> {
  const pixels: PixelKind = alpha ? 'rgba' : 'rgb'
  const head = tiffHead({ width, height }, pixels, null)
  const whole = new Uint8Array(head.length + width * height * bytesOf[pixels])
  whole.set(head)
  let filled = head.length
  const args = ffmpegArgs({
    inputs: [{ path, options: onlyBitmaps }],
    options: ['-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', pixels === 'rgba' ? 'rgba' : 'rgb24'],
    target: 'pipe:1',
    strict: true,
    threads: 1,
  })
  onCommand?.(commandLine(mediaTools.ffmpeg, args))
  const exit = await mediaTools.run({
    command: mediaTools.ffmpeg,
    args,
    signal,
    stallLimit,
    onOutput: (chunk) => {
      whole.set(chunk.subarray(0, whole.length - filled), filled)
      filled = Math.min(whole.length, filled + chunk.length)
    },
  })
  const problem = toolProblem(exit, {
    tool: 'ffmpeg',
    doing: doing.reading(path),
    otherwise: (detail) => undecoded(path, detail),
  })
  if (problem) return problem
  return filled === whole.length ? ok(whole) : damagedImage(path, tooFewPixels)
}
