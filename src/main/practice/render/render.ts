import { rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ClipFacts, guardedInput } from '../examine.ts'
import type { Stage } from './scene.ts'
import { type WarpGrid, warpFrames, warpGrid, fitPoses } from './puppet.ts'
import { doPictureWork } from '../../pictures/do-picture-work.ts'
import type { Clock, RunTool } from '../../system/ports.ts'
import { characterFile, clipFile } from '../inputs.ts'
import type { TaskRecord } from '../store.ts'
import type { Render } from '../work.ts'
import { readGrayFrames } from './silhouette.ts'
import { measurePoses, type Pose } from './poses.ts'

type Encode = {
  readonly stage: Stage
  readonly grid: WarpGrid
  /** The warp maps of all frames in one file. */
  readonly warps: string
  readonly mark: string
  readonly frames: number
  readonly frameRate: ClipFacts['frameRate']
  /** The clip whose sound is kept; null for silence. */
  readonly sound: string | null
  readonly target: string
}

/** The ffmpeg command that warps the stage frame by frame, adds the watermark and writes the result. */
function encodeArguments({ stage, grid, warps, mark, frames, frameRate, sound, target }: Encode): string[] {
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

/** For files that this server wrote. */
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

type Means = { readonly run: RunTool; readonly ffmpeg: string | null; readonly clock: Clock }

/** Makes the character image perform the motion measured in the clip. */
export function createRender({ run, ffmpeg, clock }: Means): Render {
  return async ({ folder, record, target }, signal) => {
    if (ffmpeg === null) return { rendered: false, why: 'ffmpeg is missing on this computer' }
    const tool = { run, ffmpeg }
    const frames = await readGrayFrames(join(folder, clipFile), record.clip, tool, signal)
    if (!frames) return { rendered: false, why: 'Video cannot be decoded' }
    const frameRate = record.clip.frameRate.num / record.clip.frameRate.den
    const poses = await measurePoses(frames, frameRate, () => clock.sleep(0, signal))
    const work = [join(folder, 'stage.png'), join(folder, 'warps.raw'), join(folder, 'mark.png')] as const
    try {
      return await encode({ folder, record, target }, poses, work, tool, signal)
    } finally {
      for (const path of [...work, `${target}.part`]) await rm(path, { force: true })
    }
  }
}

async function encode(
  {
    folder,
    record,
    target,
  }: { readonly folder: string; readonly record: TaskRecord; readonly target: string },
  poses: readonly Pose[],
  [stagePath, warps, mark]: readonly [string, string, string],
  tool: { readonly run: RunTool; readonly ffmpeg: string },
  signal: AbortSignal,
): ReturnType<Render> {
  const { request, clip } = record
  const { width, height } = clip
  const stage = await doPictureWork(
    'buildStage',
    [join(folder, characterFile), request.orientation, { width, height }, stagePath],
    { signal },
  ).catch(() => null)
  if (!stage) return { rendered: false, why: 'Image pixel is invalid' }
  const grid = warpGrid(stage)
  await writeFile(warps, warpFrames(fitPoses(poses, stage), stage, grid))
  await writeFile(mark, await doPictureWork('drawMark', [Math.round(stage.width * 0.3)], { signal }))
  const args = encodeArguments({
    ...{ stage, grid, warps, mark, frames: poses.length, frameRate: clip.frameRate },
    sound: request.keepSound && clip.hasSound ? join(folder, clipFile) : null,
    target: `${target}.part`,
  })
  const exit = await tool.run({ command: tool.ffmpeg, args, signal, wallLimit: 10 * 60_000 })
  if (exit.ended !== 'exit' || exit.exitCode !== 0) {
    return {
      rendered: false,
      why: `Rendering failed: ${exit.stderr.trim().split('\n').at(-1) ?? exit.ended}`,
    }
  }
  await rename(`${target}.part`, target)
  return { rendered: true }
}
