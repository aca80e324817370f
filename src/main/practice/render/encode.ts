import type { ClipFacts } from '../clip-facts.ts'
import { guardedInput } from '../clip-facts.ts'
import type { Stage } from './scene.ts'
import type { WarpGrid } from './warp-map.ts'

export type Encode = {
  readonly stage: Stage
  readonly grid: WarpGrid
  /** The warp of every frame, one after the other. */
  readonly warps: string
  readonly mark: string
  readonly frames: number
  readonly frameRate: ClipFacts['frameRate']
  /** The clip whose sound is kept; null for silence. */
  readonly sound: string | null
  readonly target: string
}

/** The ffmpeg command that bends the stage frame by frame, marks it and writes the result. */
export function encodeArguments({
  stage,
  grid,
  warps,
  mark,
  frames,
  frameRate,
  sound,
  target,
}: Encode): string[] {
  const rate = `${String(frameRate.num)}/${String(frameRate.den)}`
  const duration = ((frames * frameRate.den) / frameRate.num).toFixed(6)
  const still = (path: string) => [...ownInput, '-f', 'image2', '-pattern_type', 'none', '-i', `file:${path}`]
  return [
    ...['-hide_banner', '-nostdin', '-y', '-v', 'error', '-xerror'],
    ...still(stage.path),
    ...[...ownInput, '-f', 'rawvideo', '-pixel_format', 'gray16le'],
    ...[
      '-video_size',
      `${String(grid.columns)}x${String(grid.rows * 2)}`,
      '-framerate',
      rate,
      '-i',
      `file:${warps}`,
    ],
    ...still(mark),
    ...(sound === null ? [] : [...guardedInput, '-i', `file:${sound}`]),
    ...['-filter_complex', filterGraph({ stage, grid, frames }, rate), '-map', '[out]'],
    ...(sound === null
      ? ['-an']
      : ['-map', '3:a:0', '-c:a', 'aac', '-b:a', '160k', '-ac', '2', '-t', duration]),
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '19', '-pix_fmt', 'yuv420p', '-r', rate],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709', '-color_range', 'tv'],
    ...['-map_metadata', '-1', '-sn', '-dn', '-movflags', '+faststart', '-f', 'mp4', `file:${target}`],
  ]
}

/** Files this server wrote itself. */
const ownInput: readonly string[] = ['-protocol_whitelist', 'file', '-format_whitelist', 'image2,rawvideo']

function filterGraph(
  { stage, grid, frames }: Pick<Encode, 'stage' | 'grid' | 'frames'>,
  rate: string,
): string {
  const { scaled, view } = grid
  const size = ({ width, height }: { readonly width: number; readonly height: number }) =>
    `${String(width)}:${String(height)}`
  const half = (top: number) =>
    [
      `crop=${String(grid.columns)}:${String(grid.rows)}:0:${String(top)}`,
      `scale=${size(scaled)}:flags=bilinear`,
      `crop=${size(view)}:${String(view.x)}:${String(view.y)}`,
    ].join(',')
  const edge = Math.round(stage.width * 0.03)
  return [
    '[0:v]scale=out_color_matrix=bt709:out_range=tv:flags=bilinear+accurate_rnd,format=yuv444p,' +
      `loop=loop=${String(frames - 1)}:size=1:start=0,setpts=N/(${rate}*TB),fps=${rate}[stage]`,
    '[1:v]split[x][y]',
    `[x]${half(0)}[columns]`,
    `[y]${half(grid.rows)}[rows]`,
    `[stage][columns][rows]remap,scale=${size(stage)}:flags=area[bent]`,
    `[bent][2:v]overlay=x=W-w-${String(edge)}:y=${String(edge)},format=yuv420p[out]`,
  ].join(';')
}
